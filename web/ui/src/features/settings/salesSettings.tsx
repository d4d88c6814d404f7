import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { api } from '../../platform/api'
import { useDictionary } from '../../platform/i18n'
import { useObjects } from '../../platform/meta'
import type { Link as LinkValue, Page } from '../../platform/types'
import { ObjectIcon } from '../../ui/icon'
import { SettingsFrame } from './settings'

const en = {
  sales: 'Sales',
  people: 'People and teams',
  pipelines: 'How deals go',
  prices: 'Prices',
  leads: 'Leads',
  company: 'Company',
  companyHint: 'Letterhead, currency, fiscal year, discount limit',
  team: 'Team',
  none: 'None',
  newUser: 'New user',
  name: 'Name',
  username: 'Username',
  password: 'First password',
  role: 'Role',
  'role.admin': 'Administrator',
  'role.manager': 'Manager',
  'role.member': 'Member',
  'role.reader': 'Reader',
  create: 'Create',
  active: 'May sign in',
  saved: 'Saved',
  failed: 'That did not work.',
  formLink: 'Link of the form',
  formHint: 'A lead form’s page is at /f/ and this code; put it into a frame of your web site or link to it.',
}

const zh: Record<keyof typeof en, string> = {
  sales: '销售',
  people: '人员与团队',
  pipelines: '销售流程',
  prices: '价格',
  leads: '线索',
  company: '公司',
  companyHint: '抬头、本位币、财年、折扣上限',
  team: '团队',
  none: '无',
  newUser: '新建用户',
  name: '姓名',
  username: '用户名',
  password: '初始密码',
  role: '角色',
  'role.admin': '管理员',
  'role.manager': '主管',
  'role.member': '成员',
  'role.reader': '只读',
  create: '创建',
  active: '可登录',
  saved: '已保存',
  failed: '操作未成功。',
  formLink: '表单链接',
  formHint: '线索表单的页面地址为 /f/ 加上此代码，可嵌入网站或直接链接。',
}

const GROUPS = [
  { title: 'pipelines', objects: ['pipeline', 'stage', 'territory', 'sequence', 'commissionPlan'] },
  { title: 'prices', objects: ['priceBook', 'priceBookEntry', 'promotion', 'bundlePart', 'exchangeRate'] },
  { title: 'leads', objects: ['assignmentRule', 'scoreRule', 'leadForm'] },
] as const

/** Everything that says how this company sells, in one place. */
export function SalesSettingsPage() {
  const { w, label } = useDictionary(en, zh)
  const objects = useObjects().data
  const company = useQuery({
    queryKey: ['rows', 'company', 'only'],
    queryFn: () => api<Page>('POST', '/records/company/query', { body: { fields: ['name'], limit: 1 } }),
  })
  const only = company.data?.items[0]
  return (
    <SettingsFrame needs="sales">
      <div className="mx-auto flex max-w-[980px] flex-col gap-6">
        {only && (
          <Link
            to={`/o/company/${only.id}`}
            className="rounded-xl border border-line bg-surface p-4 shadow-1 hover:border-line-2 hover:shadow-2"
          >
            <span className="block font-semibold">
              {w('company')}: {String(only.name)}
            </span>
            <span className="text-sm text-ink-2">{w('companyHint')}</span>
          </Link>
        )}
        {GROUPS.map(group => (
          <section key={group.title}>
            <h2 className="mb-2 text-sm font-semibold text-ink-2">{w(group.title)}</h2>
            <ul className="grid grid-cols-4 gap-2 max-lg:grid-cols-2">
              {group.objects.map(name => {
                const object = objects?.get(name)
                return (
                  object && (
                    <li key={name}>
                      <Link
                        to={`/o/${name}`}
                        className="flex items-center gap-2 rounded-lg border border-line bg-surface px-3 py-2.5 text-sm font-medium shadow-1 hover:border-line-2 max-md:min-h-11"
                      >
                        <span className="text-ink-3">
                          <ObjectIcon name={object.icon} />
                        </span>
                        {label(object.plural)}
                      </Link>
                    </li>
                  )
                )
              })}
            </ul>
          </section>
        ))}
        <Forms />
      </div>
    </SettingsFrame>
  )
}

function Forms() {
  const { w } = useDictionary(en, zh)
  const forms = useQuery({
    queryKey: ['rows', 'leadForm', 'links'],
    queryFn: () => api<Page>('POST', '/records/leadForm/query', { body: { fields: ['name', 'owner'], limit: 50 } }),
  })
  const items = forms.data?.items ?? []
  if (!items.length) return null
  return (
    <section>
      <h2 className="mb-1 text-sm font-semibold text-ink-2">{w('formLink')}</h2>
      <p className="mb-2 text-xs text-ink-3">{w('formHint')}</p>
      <ul className="flex flex-col gap-1.5">
        {items.map(item => {
          const path = `/f/${(item.owner as LinkValue | null)?.id}.${item.id}`
          return (
            <li key={item.id} className="flex min-w-0 items-center gap-3 text-sm">
              <span className="w-40 flex-none truncate font-medium">{String(item.name)}</span>
              <a href={path} className="truncate text-accent-ink hover:underline">
                {location.origin}
                {path}
              </a>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
