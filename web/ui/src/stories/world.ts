import type { ObjectDef, RecordItem } from '../platform/types'
import meta from './objects.json'

/** An answer of the server, or a server that never answers, or one that fails. */
export type Reply = { json: unknown } | 'pending' | 'failed' | 'offline'

/** What the server answers to requests whose method and path match, the first match first. */
export type Replies = [RegExp, Reply | ((body: unknown) => Reply)][]

export const objects = new Map((meta.items as unknown as ObjectDef[]).map(object => [object.name, object]))

export const object = (name: string): ObjectDef => {
  const found = objects.get(name)
  if (!found) throw new Error(`The stories know no object ${name}`)
  return found
}

export const LONG_ZH =
  '中国（浙江）自由贸易试验区杭州片区滨江区块云帆供应链管理科技集团股份有限公司华东区域运营与客户服务中心'
export const LONG_EN = 'Regional Vice President of Supply Chain Operations, Cold-Chain Logistics and Customer Success'

export const account = (over: Partial<RecordItem> = {}): RecordItem => ({
  id: '01900000-0000-7000-8000-000000000001',
  version: 3,
  name: '云帆科技',
  type: 'customer',
  industry: 'logistics',
  phone: '+8657188886666',
  website: 'https://yunfan.example',
  address: { province: '浙江省', city: '杭州市', street: '文三路 90 号' },
  employees: 2018,
  annualRevenue: { amount: '279945234.00', currency: 'CNY' },
  owner: { id: 'u1', name: '陈启明' },
  createdAt: '2026-03-02T08:00:00Z',
  updatedAt: '2026-11-26T08:00:00Z',
  ...over,
})

export const contacts: RecordItem[] = Array.from({ length: 40 }, (_, i) => ({
  id: `01900000-0000-7000-8000-0000000001${String(i).padStart(2, '0')}`,
  version: 1,
  name:
    i % 2
      ? { family: 'Hoffmann', given: `Nadia ${i}`, full: `Nadia ${i} Hoffmann` }
      : { family: '张', given: `三${'一二三四五六七八九十'[i % 10]}`, full: `张三${'一二三四五六七八九十'[i % 10]}` },
  account: { id: 'a', name: i % 3 ? 'Ironbridge Steel' : '云帆科技' },
  title: i % 2 ? 'VP Operations' : '采购总监',
  lifecycle: ['customer', 'lead', 'advocate'][i % 3],
  email: `person${i}@example.com`,
  mobile: `+86138001380${String(i).padStart(2, '0')}`,
  owner: { id: 'u1', name: '赵雪' },
  updatedAt: '2026-11-26T08:00:00Z',
}))

const session = {
  user: { id: 'u1', name: '陈启明', roles: ['admin'], zone: 'Asia/Shanghai', email: null, mustEnrol: false },
  csrfToken: 'x',
}

const may = { update: true, delete: true, transfer: true, share: true, shareable: true }

/** What holds in every story unless it says otherwise. */
const USUAL: Replies = [
  [/^GET \/objects/, { json: meta }],
  [/^GET \/session/, { json: session }],
  [/^GET \/records\/\w+\/[\w-]+\/access/, { json: may }],
  [/presence/, { json: { others: [] } }],
  [/timeline/, { json: { items: [], next: null } }],
  [/history/, { json: { items: [] } }],
  [/aggregate/, { json: { groups: [] } }],
  [/query/, { json: { items: [], next: null, previous: null, count: { value: 0, exact: true, estimate: 0 } } }],
  [/^GET \/notifications/, { json: { unread: 0, items: [] } }],
  [/^GET \/sample-data/, { json: { present: false } }],
]

/** Lets `replies` stand for the server. */
export function answerWith(replies: Replies) {
  window.fetch = async (input, init) => {
    const path = String(input).replace(/^\/api/, '')
    const asked = `${init?.method ?? 'GET'} ${path}`
    const body = typeof init?.body === 'string' ? JSON.parse(init.body) : undefined
    const found = [...replies, ...USUAL].find(([pattern]) => pattern.test(asked))?.[1]
    const reply = typeof found === 'function' ? found(body) : found
    if (reply === 'pending') return new Promise(() => {})
    if (reply === 'offline') throw new TypeError('no network')
    const status = reply === 'failed' ? 503 : reply ? 200 : 404
    const json =
      reply === 'failed'
        ? { title: 'Away', status, detail: 'The database does not answer.', code: 'database-away' }
        : (reply?.json ?? { title: 'Not found', status, detail: 'Not found.', code: 'not-found' })
    return new Response(JSON.stringify(json), { status, headers: { 'Content-Type': 'application/json' } })
  }
}
