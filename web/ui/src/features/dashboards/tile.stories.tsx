import type { Stories } from '../../stories/story'
import { LONG_ZH } from '../../stories/world'
import type { Tile, TileKind } from './model'
import { TileBody } from './tile'

const tile = (kind: TileKind, over: Partial<Tile> = {}): Tile => ({
  id: 't',
  kind,
  title: '',
  object: 'opportunity',
  by: 'owner',
  measure: 'count',
  x: 0,
  y: 0,
  w: 6,
  h: 4,
  ...over,
})
const people = ['陈启明', 'Ava Lindgren', '林若溪', 'Noah Adeyemi']
const groups = (long = false) => ({
  json: {
    groups: people.flatMap((name, i) =>
      ['open', 'won', 'lost'].map((status, j) => ({
        owner: { id: name, name: long ? LONG_ZH + i : name },
        status,
        count: 3 + i * 2 + j,
      })),
    ),
  },
})
const of = (kind: TileKind, over: Partial<Tile> = {}, long = false) => ({
  width: 560,
  show: () => <TileBody tile={tile(kind, over)} scope={() => []} />,
  server: [[/aggregate/, groups(long)]] as [RegExp, { json: unknown }][],
})

const stories: Stories = {
  bars: of('bar', { by2: 'status' }),
  'lying bars, long Chinese': of('rows', { by2: 'status' }, true),
  pie: of('pie'),
  table: of('table', { by2: 'status' }),
  heat: of('heat', { by2: 'status' }),
  funnel: of('funnel', { by: 'status' }),
  figure: { ...of('number'), server: [[/aggregate/, { json: { groups: [{ count: 1234567 }] } }]] },
  scatter: {
    ...of('scatter', { object: 'account', across: 'employees', measure: 'annualRevenue' }),
    server: [
      [
        /query/,
        {
          json: {
            items: people.map((name, i) => ({
              id: name,
              version: 1,
              name,
              employees: 10 + i * 40,
              annualRevenue: { amount: String(1000 * (i + 1) ** 2), currency: 'CNY' },
            })),
            next: null,
            previous: null,
          },
        },
      ],
    ],
  },
  loading: { ...of('bar'), server: [[/aggregate/, 'pending']] },
  empty: { ...of('bar'), server: [[/aggregate/, { json: { groups: [] } }]] },
  failed: { ...of('bar'), server: [[/aggregate/, 'failed']] },
  'records one does not see': of('bar', { object: 'secret' }),
}
export default stories
