import type { Stories } from '../../stories/story'
import { LONG_ZH } from '../../stories/world'
import { HomePage } from './home'

const items = (list: unknown[]) => ({ json: { items: list, next: null, previous: null } })
const show = () => <HomePage />

const stories: Stories = {
  loading: { tall: true, show, server: [[/query|aggregate/, 'pending']] },
  'a new company': { tall: true, show },
  'nothing due': {
    tall: true,
    show,
    server: [
      [
        /contact\/query/,
        items([1, 2, 3, 4, 5].map(i => ({ id: `c${i}`, version: 1, updatedAt: '2026-11-20T08:00:00Z' }))),
      ],
    ],
  },
  failed: { tall: true, show, server: [[/query|aggregate/, 'failed']] },
  'no network': { tall: true, show, server: [[/query|aggregate/, 'offline']] },
  'a full day': {
    tall: true,
    show,
    server: [
      [/sample-data/, { json: { present: true } }],
      [
        /task\/query/,
        items([
          {
            id: 't1',
            version: 1,
            name: '准备报价单',
            dueOn: '2026-01-01',
            updatedAt: '2026-11-20T08:00:00Z',
            account: { id: 'a', name: '云帆科技' },
          },
          {
            id: 't2',
            version: 1,
            name: LONG_ZH,
            dueOn: '2026-01-02',
            updatedAt: '2026-11-20T08:00:00Z',
            contact: { id: 'c', name: LONG_ZH },
          },
        ]),
      ],
      [/aggregate/, { json: { groups: [{ count: 12, 'sum(value)': { amount: '4290000', currency: 'CNY' } }] } }],
    ],
  },
  'a full day on a phone': {
    tall: true,
    width: 390,
    show,
    server: [
      [
        /task\/query/,
        items([
          {
            id: 't2',
            version: 1,
            name: LONG_ZH,
            dueOn: '2026-01-02',
            updatedAt: '2026-11-20T08:00:00Z',
            contact: { id: 'c', name: LONG_ZH },
          },
        ]),
      ],
    ],
  },
}
export default stories
