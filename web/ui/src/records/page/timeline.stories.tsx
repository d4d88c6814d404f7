import type { Stories } from '../../stories/story'
import { account, LONG_ZH, object } from '../../stories/world'
import { Timeline } from './timeline'

const entry = (i: number, over = {}) => ({
  object: ['note', 'call', 'visit', 'task'][i % 4],
  id: `e${i}`,
  at: new Date(Date.now() - i * 7_200_000).toISOString(),
  title: ['Budget agreed', 'Follow-up call', '现场演示', 'Send the annex'][i % 4],
  body: i % 2 ? 'Walked through the roll-out plan. Wants a reference customer in cold-chain.' : null,
  by: { id: 'u1', name: i % 2 ? 'Ava Lindgren' : '陈启明' },
  pinned: false,
  ...over,
})
const page = (items: unknown[]) => ({ json: { items, next: null } })
const show = () => <Timeline object={object('account')} item={account()} />

const stories: Stories = {
  loading: { width: 720, show, server: [[/timeline/, 'pending']] },
  empty: { width: 720, show },
  failed: { width: 720, show, server: [[/timeline/, 'failed']] },
  'with entries, one pinned, one planned': {
    width: 720,
    show,
    server: [
      [/pinned=true/, page([entry(0, { pinned: true })])],
      [/timeline/, page([0, 1, 2, 3, 4, 5].map(i => entry(i)))],
      [
        /task\/query/,
        {
          json: {
            items: [{ id: 't', version: 1, name: '准备报价单', dueOn: '2026-01-01' }],
            next: null,
            previous: null,
          },
        },
      ],
    ],
  },
  'long Chinese': {
    width: 390,
    show,
    server: [[/timeline/, page([entry(0, { title: LONG_ZH, body: LONG_ZH.repeat(3) })])]],
  },
}
export default stories
