import { Route, Routes } from 'react-router'
import type { Stories } from '../stories/story'
import { account, contacts, LONG_EN, LONG_ZH, object, type Replies } from '../stories/world'
import GroupEditor from './filterEditor'
import { ListPage } from './list'
import { RecordPage } from './page/recordPage'
import Preview from './preview'

const list = () => (
  <Routes location="/o/contact">
    <Route path="/o/:object" element={<ListPage />} />
  </Routes>
)
const record = () => (
  <Routes location={`/o/account/${account().id}`}>
    <Route path="/o/:object/:id" element={<RecordPage />} />
  </Routes>
)
const preview = () => (
  <Preview object={object('account')} id={account().id} index={4} total={120} onMove={() => {}} onClose={() => {}} />
)

const rows = (items: unknown[]): Replies => [
  [
    /^POST \/records\/contact\/query/,
    { json: { items, next: null, previous: null, count: { value: items.length, exact: true } } },
  ],
]
const one = (over = {}): Replies => [[/^GET \/records\/account\/[\w-]+$/, { json: account(over) }]]
const long = {
  name: LONG_ZH,
  industry: LONG_EN,
  address: { province: LONG_ZH, street: LONG_ZH },
  owner: { id: 'u1', name: LONG_ZH },
}
const records = (reply: 'pending' | 'failed'): Replies => [[/\/records\//, reply]]

const stories: Stories = {
  'list, loading': { tall: true, show: list, server: records('pending') },
  'list, failed': { tall: true, show: list, server: records('failed') },
  'list, empty': { tall: true, show: list, server: rows([]) },
  'list, filled': { tall: true, show: list, server: rows(contacts) },
  'record, loading': { tall: true, show: record, server: records('pending') },
  'record, failed': { tall: true, show: record, server: records('failed') },
  'record, not there': { tall: true, show: record },
  'record, filled': { tall: true, show: record, server: one() },
  'record, long Chinese': { tall: true, show: record, server: one(long) },
  'preview, failed': { tall: true, show: preview, server: records('failed') },
  'preview, long Chinese': { tall: true, show: preview, server: one(long) },
  'filter of groups': {
    width: 620,
    show: () => (
      <GroupEditor
        object={object('contact')}
        group={{
          kind: 'group',
          join: 'and',
          items: [
            { kind: 'condition', field: 'lifecycle', op: 'in', value: ['customer'] },
            {
              kind: 'group',
              join: 'or',
              items: [
                { kind: 'condition', field: 'account.name', op: 'contains', value: LONG_ZH },
                { kind: 'condition', field: 'email', op: 'empty', value: null },
              ],
            },
          ],
        }}
        onChange={() => {}}
        depth={0}
      />
    ),
  },
}
export default stories
