import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { Link } from 'react-router'
import { toast } from 'sonner'
import { api, ProblemError } from '../../platform/api'
import { useDictionary } from '../../platform/i18n'
import { useFunction, useObjects } from '../../platform/meta'
import { useSession } from '../../platform/session'
import type { Link as LinkValue, Page } from '../../platform/types'
import { ObjectIcon } from '../../ui/icon'
import { Button, box } from '../../ui/kit'
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
  { title: 'people', objects: ['team', 'user'] },
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
        <People />
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

function People() {
  const { w } = useDictionary(en, zh)
  const client = useQueryClient()
  const me = useSession().data?.user.id
  const manages = useFunction('users')
  const users = useQuery({
    queryKey: ['rows', 'user', 'people'],
    queryFn: () => api<Page>('POST', '/records/user/query', { body: { sort: 'name', limit: 500 } }),
  })
  const teams = useQuery({
    queryKey: ['rows', 'team', 'people'],
    queryFn: () => api<Page>('POST', '/records/team/query', { body: { fields: ['name'], limit: 500 } }),
  })
  const change = async (id: string, body: { team: string | null; active: boolean }) => {
    try {
      await api('PATCH', `/users/${id}`, { body: { active: body.active, ...(body.team && { team: body.team }) } })
      toast(w('saved'))
    } catch (error) {
      toast.error(error instanceof ProblemError ? error.message : w('failed'))
    }
    client.invalidateQueries({ queryKey: ['rows', 'user'] })
  }
  return (
    <section>
      <h2 className="mb-2 text-sm font-semibold text-ink-2">{w('people')}</h2>
      <div className="overflow-x-auto rounded-xl border border-line bg-surface shadow-1">
        <table className="w-full text-sm">
          <thead className="bg-surface-2 text-left text-xs text-ink-3">
            <tr>
              <th className="px-3 py-2 font-medium">{w('name')}</th>
              <th className="px-3 py-2 font-medium">{w('username')}</th>
              <th className="px-3 py-2 font-medium">{w('team')}</th>
              <th className="px-3 py-2 font-medium">{w('active')}</th>
            </tr>
          </thead>
          <tbody>
            {(users.data?.items ?? []).map(user => {
              const team = (user.team as LinkValue | null)?.id ?? ''
              return (
                <tr key={user.id} className="border-t border-line">
                  <td className="px-3 py-1.5 font-medium">{String(user.name)}</td>
                  <td className="px-3 py-1.5 text-ink-2">{String(user.username)}</td>
                  <td className="px-3 py-1.5">
                    <select
                      aria-label={`${w('team')} ${user.name}`}
                      className={`${box} max-w-52`}
                      disabled={!manages}
                      value={team}
                      onChange={e => change(user.id, { team: e.target.value || null, active: user.active !== false })}
                    >
                      <option value="">{w('none')}</option>
                      {(teams.data?.items ?? []).map(one => (
                        <option key={one.id} value={one.id}>
                          {String(one.name)}
                        </option>
                      ))}
                    </select>
                  </td>
                  <td className="px-3 py-1.5">
                    <input
                      type="checkbox"
                      className="size-4"
                      aria-label={`${w('active')} ${user.name}`}
                      checked={user.active !== false}
                      disabled={user.id === me || !manages}
                      onChange={e => change(user.id, { team: team || null, active: e.target.checked })}
                    />
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      {manages && <NewUser onCreated={() => client.invalidateQueries({ queryKey: ['rows', 'user'] })} />}
    </section>
  )
}

function NewUser({ onCreated }: { onCreated: () => void }) {
  const { w, lang } = useDictionary(en, zh)
  const empty = { name: '', username: '', password: '', role: 'member' }
  const [values, setValues] = useState(empty)
  const [errors, setErrors] = useState<Record<string, string>>({})
  const send = async (event: FormEvent) => {
    event.preventDefault()
    setErrors({})
    try {
      await api('POST', '/users', { body: { ...values, language: lang } })
      setValues(empty)
      toast(w('saved'))
      onCreated()
    } catch (error) {
      const violations = error instanceof ProblemError ? (error.problem.violations ?? []) : []
      setErrors(Object.fromEntries(violations.map(v => [v.field, v.message])))
      if (!violations.length) toast.error(error instanceof ProblemError ? error.message : w('failed'))
    }
  }
  return (
    <form onSubmit={send} className="mt-4 grid grid-cols-5 items-start gap-2 max-lg:grid-cols-2" noValidate>
      {(['name', 'username', 'password'] as const).map(name => (
        <label key={name} className="text-xs font-medium text-ink-2">
          {w(name)}
          <input
            type={name === 'password' ? 'password' : 'text'}
            autoComplete={name === 'password' ? 'new-password' : 'off'}
            aria-invalid={!!errors[name]}
            className={`${box} mt-1`}
            value={values[name]}
            onChange={e => setValues(old => ({ ...old, [name]: e.target.value }))}
          />
          {errors[name] && (
            <span role="alert" className="text-neg">
              {errors[name]}
            </span>
          )}
        </label>
      ))}
      <label className="text-xs font-medium text-ink-2">
        {w('role')}
        <select
          className={`${box} mt-1`}
          value={values.role}
          onChange={e => setValues(old => ({ ...old, role: e.target.value }))}
        >
          {(['member', 'manager', 'reader', 'admin'] as const).map(role => (
            <option key={role} value={role}>
              {w(`role.${role}`)}
            </option>
          ))}
        </select>
      </label>
      <Button kind="solid" type="submit" className="mt-5">
        {w('newUser')}
      </Button>
    </form>
  )
}
