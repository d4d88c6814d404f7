import { useMutation, useQuery } from '@tanstack/react-query'
import { Eye } from 'lucide-react'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { api } from '../../platform/api'
import { useDictionary } from '../../platform/i18n'
import { useObjects } from '../../platform/meta'
import type { Link as LinkValue } from '../../platform/types'
import { Button, box, Notice, Skeleton } from '../../ui/kit'
import { Select } from '../sales/formParts'
import { useDepartments, usePeople, useRoles, useTeams } from './organisationData'
import { Head, Panel } from './panel'
import { en as roleEn, zh as roleZh } from './roleWords'
import { SettingsFrame } from './settings'

const en = {
  person: 'Person',
  choose: 'Choose a person',
  chooseHint: 'Choose a person to see what they see, and what would change if they had another role or place.',
  sees: 'What {name} sees',
  seesHint: 'Counts end at 10,000.',
  object: 'Object',
  visible: 'Sees',
  operations: 'May',
  scope: 'Records',
  changes: 'Changes',
  closed: 'Fields not open',
  hidden: 'hidden: {names}',
  maskedFields: 'masked: {names}',
  readFields: 'read only: {names}',
  simulate: 'What would change',
  simulateHint: 'Nothing is changed by trying.',
  role: 'Role instead',
  department: 'Department',
  team: 'Team',
  asNow: 'As now',
  try: 'Try',
  before: 'Now',
  after: 'Then',
  gained: 'Gained',
  lost: 'Lost',
  noChange: 'Nothing would change.',
  why: 'Why does {name} see a record?',
  whyHint: 'Paste the address of the record’s page.',
  ask: 'Explain',
  address: 'Address of a record',
  notAddress: 'This is no address of a record.',
  notSeen: '{name} does not see this record.',
  reads: 'sees it',
  updates: 'may change it',
  deletes: 'may delete it',
  because: 'Role “{role}”: {name} {verb} — {reason}',
  'by.own': 'owns it',
  'by.team': 'its owner is in their team',
  'by.department': 'its owner is in their department',
  'by.below': 'its owner is in their department or below',
  'by.territory': 'it belongs to their territory',
  'by.pool': 'it waits in a public pool they are a member of',
  'by.parent': 'it belongs to a record they may see or change',
  'by.all': 'the role allows all records',
  'by.common': 'such records are for all',
  'by.rule': 'the sharing rule “{of}”',
  'by.shared': 'it is shared with {of}',
}
const zh: typeof en = {
  person: '人员',
  choose: '选择人员',
  chooseHint: '选择一个人员，查看其可见范围，以及更换角色或部门后会有什么变化。',
  sees: '{name} 能看到什么',
  seesHint: '计数最多显示到 10,000。',
  object: '对象',
  visible: '可见',
  operations: '可执行',
  scope: '记录范围',
  changes: '可修改',
  closed: '受限字段',
  hidden: '隐藏：{names}',
  maskedFields: '脱敏：{names}',
  readFields: '只读：{names}',
  simulate: '模拟变更',
  simulateHint: '模拟不会改变任何设置。',
  role: '改为角色',
  department: '部门',
  team: '团队',
  asNow: '保持不变',
  try: '模拟',
  before: '现在',
  after: '之后',
  gained: '增加',
  lost: '减少',
  noChange: '没有变化。',
  why: '{name} 为什么能看到某条记录？',
  whyHint: '粘贴该记录页面的地址。',
  ask: '解释',
  address: '记录地址',
  notAddress: '这不是记录的地址。',
  notSeen: '{name} 看不到这条记录。',
  reads: '可查看',
  updates: '可修改',
  deletes: '可删除',
  because: '角色“{role}”：{name} {verb} — {reason}',
  'by.own': '本人是负责人',
  'by.team': '负责人属于其团队',
  'by.department': '负责人属于其部门',
  'by.below': '负责人属于其部门或下级部门',
  'by.territory': '记录属于其销售区域',
  'by.pool': '记录在其所属的公海中',
  'by.parent': '记录属于其可见或可修改的上级记录',
  'by.all': '角色允许全部记录',
  'by.common': '此类记录对所有人可见',
  'by.rule': '共享规则“{of}”',
  'by.shared': '已共享给 {of}',
}

interface What {
  object: string
  operations: string[]
  scopes: Partial<Record<'read' | 'update' | 'delete', string[]>>
  visible: number
  more: boolean
  fields: Record<string, 'none' | 'masked' | 'read'>
}

/** What somebody sees, why, and what would be if. */
export function WhoSeesWhatPage() {
  const { w } = useDictionary(en, zh)
  const people = usePeople().data ?? []
  const [params, setParams] = useSearchParams()
  const user = params.get('user') ?? ''
  const person = people.find(p => p.id === user)
  return (
    <SettingsFrame needs="users">
      <div className="mx-auto flex max-w-[980px] flex-col gap-6">
        <div className="w-72">
          <Select
            label={w('person')}
            value={user}
            options={[
              { value: '', label: w('choose') },
              ...people.filter(p => p.active).map(p => ({ value: p.id, label: p.name })),
            ]}
            onChange={value => setParams(value ? { user: value } : {})}
          />
        </div>
        {!person && <Notice icon={<Eye size={18} />} text={w('chooseHint')} />}
        {person && (
          <>
            <Why key={`why ${user}`} user={user} name={person.name} />
            <Seen user={user} name={person.name} />
            <Simulation key={`try ${user}`} user={user} />
          </>
        )}
      </div>
    </SettingsFrame>
  )
}

function Seen({ user, name }: { user: string; name: string }) {
  const { w, label, lang } = useDictionary(en, zh)
  const words = useDictionary(roleEn, roleZh)
  const objects = useObjects().data
  const seen = useQuery({
    queryKey: ['what', user],
    queryFn: () => api<{ items: What[] }>('GET', `/access/what?user=${user}`),
  })
  const number = new Intl.NumberFormat(lang)
  const branches = (list?: string[]) => (list ?? []).map(b => words.known(`branch.${b}`)).join(words.w('comma'))
  return (
    <Panel title={w('sees', { name })} hint={w('seesHint')}>
      <table className="w-full text-sm">
        <Head names={[w('object'), w('visible'), w('scope'), w('changes'), w('operations'), w('closed')]} />
        <tbody>
          {seen.isPending && (
            <tr>
              <td colSpan={6} className="p-4">
                <Skeleton width="60%" />
              </td>
            </tr>
          )}
          {seen.data?.items.map(item => {
            const object = objects?.get(item.object)
            if (!object || object.group === 'hidden') return null
            const named = (level: string) =>
              Object.entries(item.fields)
                .filter(([, l]) => l === level)
                .map(([f]) => {
                  const field = object.fields.find(one => one.name === f)
                  return field ? label(field.labels) : f
                })
                .join(words.w('comma'))
            const closed = [
              named('none') && w('hidden', { names: named('none') }),
              named('masked') && w('maskedFields', { names: named('masked') }),
              named('read') && w('readFields', { names: named('read') }),
            ].filter(Boolean)
            return (
              <tr key={item.object} className="border-t border-line align-top">
                <td className="px-3 py-1.5 font-medium whitespace-nowrap">{label(object.plural)}</td>
                <td className="num px-3 py-1.5 text-right">
                  {number.format(item.visible)}
                  {item.more && '+'}
                </td>
                <td className="px-3 py-1.5 text-ink-2">{branches(item.scopes.read)}</td>
                <td className="px-3 py-1.5 text-ink-2">{branches(item.scopes.update)}</td>
                <td className="px-3 py-1.5 text-ink-2">
                  {item.operations.map(op => words.known(`op.${op}`)).join(words.w('comma'))}
                </td>
                <td className="px-3 py-1.5 text-ink-2">{closed.join('; ')}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </Panel>
  )
}

interface Effect {
  object: string
  before: number
  after: number
  gained: number
  lost: number
}

function Simulation({ user }: { user: string }) {
  const { w, label, lang } = useDictionary(en, zh)
  const objects = useObjects().data
  const roles = useRoles().data?.items ?? []
  const departments = useDepartments().data ?? []
  const teams = useTeams().data ?? []
  const [role, setRole] = useState('')
  const [department, setDepartment] = useState('')
  const [team, setTeam] = useState('')
  const simulation = useMutation({
    mutationFn: () =>
      api<{ items: Effect[] }>('POST', '/access/simulate', {
        body: {
          user,
          ...(role && { roles: [role] }),
          ...(department && { department }),
          ...(team && { team }),
        },
      }),
  })
  const number = new Intl.NumberFormat(lang)
  const changed = simulation.data?.items.filter(e => e.gained || e.lost)
  const asNow = { value: '', label: w('asNow') }
  return (
    <Panel title={w('simulate')} hint={w('simulateHint')}>
      <div className="flex flex-wrap items-end gap-3 p-3">
        <Select
          label={w('role')}
          value={role}
          options={[asNow, ...roles.map(r => ({ value: r.name, label: label(r.labels) }))]}
          onChange={setRole}
        />
        <Select
          label={w('department')}
          value={department}
          options={[asNow, ...departments.map(d => ({ value: d.id, label: d.name }))]}
          onChange={setDepartment}
        />
        <Select
          label={w('team')}
          value={team}
          options={[asNow, ...teams.map(t => ({ value: t.id, label: t.name }))]}
          onChange={setTeam}
        />
        <Button disabled={simulation.isPending} onClick={() => simulation.mutate()}>
          {w('try')}
        </Button>
      </div>
      {changed && !changed.length && <p className="border-t border-line p-3 text-sm text-ink-2">{w('noChange')}</p>}
      {!!changed?.length && (
        <table className="w-full border-t border-line text-sm">
          <Head names={[w('object'), w('before'), w('after'), w('gained'), w('lost')]} />
          <tbody>
            {changed.map(effect => {
              const object = objects?.get(effect.object)
              return (
                <tr key={effect.object} className="border-t border-line">
                  <td className="px-3 py-1.5 font-medium">{object ? label(object.plural) : effect.object}</td>
                  <td className="num px-3 py-1.5">{number.format(effect.before)}</td>
                  <td className="num px-3 py-1.5">{number.format(effect.after)}</td>
                  <td className="num px-3 py-1.5 text-pos">
                    {effect.gained ? `+${number.format(effect.gained)}` : ''}
                  </td>
                  <td className="num px-3 py-1.5 text-neg">{effect.lost ? `−${number.format(effect.lost)}` : ''}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      )}
    </Panel>
  )
}

interface Reason {
  role: string
  operation: 'read' | 'update' | 'delete'
  by: string
  of: (LinkValue & { kind: string }) | null
}

function Why({ user, name }: { user: string; name: string }) {
  const { w, known, label } = useDictionary(en, zh)
  const roles = useRoles().data?.items ?? []
  const [text, setText] = useState('')
  const asked = /\/o\/(\w+)\/([0-9a-f-]{36})/.exec(text)
  const why = useMutation({
    mutationFn: () => api<{ items: Reason[] }>('GET', `/access/why?object=${asked?.[1]}&id=${asked?.[2]}&user=${user}`),
  })
  const roleName = (role: string) => {
    const found = roles.find(r => r.name === role)
    return found ? label(found.labels) : role
  }
  const verbs = { read: w('reads'), update: w('updates'), delete: w('deletes') }
  return (
    <Panel title={w('why', { name })} hint={w('whyHint')}>
      <form
        className="flex flex-wrap gap-2 p-3"
        onSubmit={event => {
          event.preventDefault()
          if (asked) why.mutate()
        }}
      >
        <input
          aria-label={w('address')}
          placeholder={`${location.origin}/o/account/…`}
          className={`${box} !w-auto min-w-60 flex-1`}
          value={text}
          onChange={e => setText(e.target.value)}
        />
        <Button type="submit" disabled={!asked || why.isPending}>
          {w('ask')}
        </Button>
        {text && !asked && <p className="w-full text-xs text-neg">{w('notAddress')}</p>}
      </form>
      {why.error && <p className="border-t border-line p-3 text-sm text-neg">{why.error.message}</p>}
      {why.data && !why.data.items.some(reason => reason.operation === 'read') && (
        <p className="border-t border-line p-3 text-sm">{w('notSeen', { name })}</p>
      )}
      {!!why.data?.items.length && (
        <ul className="border-t border-line p-3 text-sm leading-7">
          {why.data.items.map(reason => (
            <li key={`${reason.role} ${reason.operation} ${reason.by} ${reason.of?.id}`}>
              {w('because', {
                role: roleName(reason.role),
                name,
                verb: verbs[reason.operation],
                reason: known(`by.${reason.by}`).replace('{of}', reason.of?.name ?? '—'),
              })}
              {reason.by === 'parent' && reason.of && (
                <Link className="pl-1 text-accent-ink hover:underline" to={`/o/${reason.of.kind}/${reason.of.id}`}>
                  →
                </Link>
              )}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
