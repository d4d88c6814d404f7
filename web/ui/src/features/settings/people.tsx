import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Copy, UserPlus } from 'lucide-react'
import { useMemo, useState } from 'react'
import { Link } from 'react-router'
import { api, ProblemError } from '../../platform/api'
import { useDictionary } from '../../platform/i18n'
import { useObjects } from '../../platform/meta'
import { useSession } from '../../platform/session'
import { Face } from '../../ui/face'
import { Button, box, Checkbox, Skeleton, Tag } from '../../ui/kit'
import { toast } from '../../ui/toast'
import { FormDrawer, Input, Select } from '../sales/formParts'
import { type Person, useDepartments, usePeople, useRoles, useTeams } from './organisationData'
import { Head, Panel } from './panel'
import { SettingsFrame } from './settings'

const en = {
  people: 'People',
  hint: 'Everybody who works with Rapport. What they see and may do follows from their roles and their place in the company.',
  newPerson: 'New person',
  name: 'Name',
  username: 'Username',
  email: 'Mail address',
  department: 'Department',
  team: 'Team',
  status: 'Status',
  active: 'May sign in',
  inactive: 'Disabled',
  none: 'None',
  roles: 'Roles',
  rolesHint: 'Several roles add up.',
  language: 'Language',
  password: 'First password',
  passwordHint: 'Leave it empty to get a link by which the person chooses it; it is mailed where there is an address.',
  create: 'Create',
  save: 'Save',
  saved: 'Saved',
  failed: 'That did not work.',
  invitation: 'Link for {name}',
  invitationHint: 'It works once, for seven days. Give it only to this person.',
  copy: 'Copy the link',
  copied: 'Copied',
  done: 'Done',
  find: 'Find a person',
  security: 'Signing in',
  secondFactorOn: 'Second factor is on',
  secondFactorOff: 'No second factor',
  removeSecondFactor: 'Turn off second factor',
  sessions: '{n} open sessions',
  endSessions: 'End all sessions and tokens',
  newLink: 'New password link',
  seen: 'What they see',
  handOver: 'Hand over records',
  handOverHint:
    'Everything this person owns gets another owner. Each kind of record is a change of its own that can be undone under Changes.',
  to: 'To',
  started: 'Handing over {n} kinds of records; see the progress under Changes.',
  nothing: 'There is nothing to hand over.',
}
const zh: typeof en = {
  people: '人员',
  hint: '使用 Rapport 的所有人员。他们能看到什么、能做什么，取决于角色和在组织中的位置。',
  newPerson: '新增人员',
  name: '姓名',
  username: '用户名',
  email: '邮箱',
  department: '部门',
  team: '团队',
  status: '状态',
  active: '可登录',
  inactive: '已停用',
  none: '无',
  roles: '角色',
  rolesHint: '多个角色的权限会叠加。',
  language: '语言',
  password: '初始密码',
  passwordHint: '留空则生成一个链接，由本人设置密码；如有邮箱会自动发送。',
  create: '创建',
  save: '保存',
  saved: '已保存',
  failed: '操作未成功。',
  invitation: '{name} 的链接',
  invitationHint: '链接只能使用一次，七天内有效。请只交给本人。',
  copy: '复制链接',
  copied: '已复制',
  done: '完成',
  find: '查找人员',
  security: '登录安全',
  secondFactorOn: '已开启两步验证',
  secondFactorOff: '未开启两步验证',
  removeSecondFactor: '关闭两步验证',
  sessions: '{n} 个登录会话',
  endSessions: '结束所有会话并吊销令牌',
  newLink: '重置密码链接',
  seen: '能看到什么',
  handOver: '移交记录',
  handOverHint: '此人负责的所有记录将移交给他人。每类记录各为一次变更，可在“变更”中撤销。',
  to: '移交给',
  started: '正在移交 {n} 类记录，可在“变更”中查看进度。',
  nothing: '没有需要移交的记录。',
}

const message = (error: unknown, fallback: string) => (error instanceof ProblemError ? error.message : fallback)

/** Who works here: roles, places, and signing in. */
export function PeoplePage() {
  const { w } = useDictionary(en, zh)
  const people = usePeople()
  const [text, setText] = useState('')
  const [open, setOpen] = useState<Person>()
  const [creating, setCreating] = useState(false)
  const [link, setLink] = useState<{ name: string; path: string }>()
  const shown = useMemo(() => {
    const wanted = text.trim().toLowerCase()
    return (people.data ?? []).filter(p => `${p.name} ${p.username} ${p.email ?? ''}`.toLowerCase().includes(wanted))
  }, [people.data, text])
  return (
    <SettingsFrame
      needs="users"
      action={
        <Button kind="solid" icon={<UserPlus size={15} />} onClick={() => setCreating(true)}>
          {w('newPerson')}
        </Button>
      }
    >
      <div className="mx-auto flex max-w-[1040px] flex-col gap-4">
        <Panel
          title={w('people')}
          hint={w('hint')}
          action={
            <input
              type="search"
              aria-label={w('find')}
              placeholder={w('find')}
              className={`${box} !w-56`}
              value={text}
              onChange={e => setText(e.target.value)}
            />
          }
        >
          <table className="w-full text-sm">
            <Head names={[w('name'), w('username'), w('department'), w('team'), w('status')]} />
            <tbody>
              {people.isPending && (
                <tr>
                  <td className="p-4" colSpan={5}>
                    <Skeleton width="60%" />
                  </td>
                </tr>
              )}
              {shown.map(person => (
                <tr key={person.id} className="border-t border-line hover:bg-hover">
                  <td className="px-3 py-1.5">
                    <button
                      type="button"
                      className="flex min-h-8 items-center gap-2 font-medium hover:underline"
                      onClick={() => setOpen(person)}
                    >
                      <Face name={person.name} size={24} />
                      {person.name}
                    </button>
                  </td>
                  <td className="px-3 py-1.5 text-ink-2">{person.username}</td>
                  <td className="px-3 py-1.5 text-ink-2">{person.department?.name}</td>
                  <td className="px-3 py-1.5 text-ink-2">{person.team?.name}</td>
                  <td className="px-3 py-1.5">
                    <Tag color={person.active ? 'green' : 'gray'}>{w(person.active ? 'active' : 'inactive')}</Tag>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Panel>
      </div>
      {creating && (
        <NewPerson
          onClose={() => setCreating(false)}
          onInvited={(name, path) => {
            setCreating(false)
            if (path) setLink({ name, path })
          }}
        />
      )}
      {open && (
        <PersonDrawer
          key={open.id}
          person={open}
          onClose={() => setOpen(undefined)}
          onLink={path => {
            setLink({ name: open.name, path })
            setOpen(undefined)
          }}
        />
      )}
      {link && <LinkDrawer {...link} onClose={() => setLink(undefined)} />}
    </SettingsFrame>
  )
}

function LinkDrawer({ name, path, onClose }: { name: string; path: string; onClose: () => void }) {
  const { w } = useDictionary(en, zh)
  const whole = location.origin + path
  const copy = async () => {
    await navigator.clipboard.writeText(whole)
    toast(w('copied'))
  }
  return (
    <FormDrawer
      title={w('invitation', { name })}
      hint={w('invitationHint')}
      submit={w('done')}
      busy={false}
      onSubmit={onClose}
      onClose={onClose}
    >
      <code className="rounded-lg border border-line bg-sunken p-3 text-xs break-all select-all">{whole}</code>
      <Button icon={<Copy size={14} />} className="self-start" onClick={copy}>
        {w('copy')}
      </Button>
    </FormDrawer>
  )
}

function RoleChoice({ chosen, onChange }: { chosen: string[]; onChange: (roles: string[]) => void }) {
  const { w, label } = useDictionary(en, zh)
  const roles = useRoles().data?.items ?? []
  return (
    <fieldset>
      <legend className="mb-1 text-xs font-medium text-ink-2">
        {w('roles')} <span className="font-normal text-ink-3">· {w('rolesHint')}</span>
      </legend>
      <div className="flex flex-col rounded-lg border border-line p-1.5">
        {roles.map(role => (
          <span key={role.name} className="flex min-h-8 items-center gap-2 px-1.5 text-sm max-md:min-h-11">
            <Checkbox
              label={label(role.labels)}
              checked={chosen.includes(role.name)}
              onChange={on => onChange(on ? [...chosen, role.name] : chosen.filter(r => r !== role.name))}
            />
            {label(role.labels)}
          </span>
        ))}
      </div>
    </fieldset>
  )
}

const unitOptions = (units: { id: string; name: string }[] | undefined, none: string) => [
  { value: '', label: none },
  ...(units ?? []).map(unit => ({ value: unit.id, label: unit.name })),
]

function NewPerson({
  onClose,
  onInvited,
}: {
  onClose: () => void
  onInvited: (name: string, path: string | undefined) => void
}) {
  const { w, lang } = useDictionary(en, zh)
  const client = useQueryClient()
  const departments = useDepartments().data
  const teams = useTeams().data
  const [values, setValues] = useState({ name: '', username: '', email: '', password: '', department: '', team: '' })
  const [roles, setRoles] = useState<string[]>(['salesRep'])
  const [language, setLanguage] = useState<string>(lang)
  const [busy, setBusy] = useState(false)
  const set = (member: keyof typeof values) => (value: string) => setValues(v => ({ ...v, [member]: value }))
  const create = async () => {
    setBusy(true)
    const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value))
    try {
      const made = await api<{ invitation?: string }>('POST', '/users', { body: { ...given, roles, language } })
      client.invalidateQueries({ queryKey: ['rows', 'user'] })
      onInvited(values.name, made.invitation)
    } catch (error) {
      toast.error(message(error, w('failed')))
    } finally {
      setBusy(false)
    }
  }
  return (
    <FormDrawer title={w('newPerson')} submit={w('create')} busy={busy} onSubmit={create} onClose={onClose}>
      <Input label={w('name')} value={values.name} required onChange={set('name')} />
      <Input label={w('username')} value={values.username} required onChange={set('username')} />
      <Input label={w('email')} type="email" value={values.email} onChange={set('email')} />
      <RoleChoice chosen={roles} onChange={setRoles} />
      <Select
        label={w('department')}
        value={values.department}
        options={unitOptions(departments, w('none'))}
        onChange={set('department')}
      />
      <Select label={w('team')} value={values.team} options={unitOptions(teams, w('none'))} onChange={set('team')} />
      <Select
        label={w('language')}
        value={language}
        options={[
          { value: 'en', label: 'English' },
          { value: 'zh-CN', label: '简体中文' },
        ]}
        onChange={setLanguage}
      />
      <div>
        <Input label={w('password')} type="password" value={values.password} onChange={set('password')} />
        <p className="mt-1 text-xs text-ink-3">{w('passwordHint')}</p>
      </div>
    </FormDrawer>
  )
}

interface Standing {
  roles: string[]
  active: boolean
  secondFactor: boolean
  sessions: { id: string }[]
}

function PersonDrawer({
  person,
  onClose,
  onLink,
}: {
  person: Person
  onClose: () => void
  onLink: (path: string) => void
}) {
  const standing = useQuery({
    queryKey: ['standing', person.id],
    queryFn: () => api<Standing>('GET', `/users/${person.id}`),
  })
  if (!standing.data) return null
  return <PersonForm person={person} standing={standing.data} onClose={onClose} onLink={onLink} />
}

function PersonForm({
  person,
  standing,
  onClose,
  onLink,
}: {
  person: Person
  standing: Standing
  onClose: () => void
  onLink: (path: string) => void
}) {
  const { w } = useDictionary(en, zh)
  const client = useQueryClient()
  const me = useSession().data?.user.id
  const departments = useDepartments().data
  const teams = useTeams().data
  const [roles, setRoles] = useState(standing.roles)
  const [department, setDepartment] = useState(person.department?.id ?? '')
  const [team, setTeam] = useState(person.team?.id ?? '')
  const [email, setEmail] = useState(person.email ?? '')
  const [active, setActive] = useState(person.active)
  const [busy, setBusy] = useState(false)
  const act = async (work: () => Promise<unknown>, close: boolean) => {
    setBusy(true)
    try {
      await work()
      toast(w('saved'))
      client.invalidateQueries({ queryKey: ['rows', 'user'] })
      client.invalidateQueries({ queryKey: ['standing', person.id] })
      if (close) onClose()
    } catch (error) {
      toast.error(message(error, w('failed')))
    } finally {
      setBusy(false)
    }
  }
  const save = () =>
    act(
      () =>
        api('PATCH', `/users/${person.id}`, {
          body: { roles, department: department || null, team: team || null, email: email || null, active },
        }),
      true,
    )
  const link = () =>
    act(
      async () => onLink((await api<{ invitation: string }>('POST', `/users/${person.id}/password-link`)).invitation),
      false,
    )
  return (
    <FormDrawer title={person.name} submit={w('save')} busy={busy} onSubmit={save} onClose={onClose}>
      <RoleChoice chosen={roles} onChange={setRoles} />
      <Select
        label={w('department')}
        value={department}
        options={unitOptions(departments, w('none'))}
        onChange={setDepartment}
      />
      <Select label={w('team')} value={team} options={unitOptions(teams, w('none'))} onChange={setTeam} />
      <Input label={w('email')} type="email" value={email} onChange={setEmail} />
      <span className="flex items-center gap-2 text-sm">
        <Checkbox label={w('active')} checked={active} disabled={person.id === me} onChange={setActive} />
        {w('active')}
      </span>
      <div className="border-t border-line pt-3">
        <h3 className="mb-2 text-xs font-semibold text-ink-3">{w('security')}</h3>
        <p className="mb-2 text-sm text-ink-2">
          {w(standing.secondFactor ? 'secondFactorOn' : 'secondFactorOff')} ·{' '}
          {w('sessions', { n: standing.sessions.length })}
        </p>
        <div className="flex flex-wrap gap-2">
          <Button size="sm" onClick={link}>
            {w('newLink')}
          </Button>
          <Button size="sm" onClick={() => act(() => api('DELETE', `/users/${person.id}/sessions`), false)}>
            {w('endSessions')}
          </Button>
          {standing.secondFactor && (
            <Button size="sm" onClick={() => act(() => api('DELETE', `/users/${person.id}/second-factor`), false)}>
              {w('removeSecondFactor')}
            </Button>
          )}
          <Link
            to={`/settings/access?user=${person.id}`}
            className="inline-flex h-7 items-center text-xs font-medium text-accent-ink hover:underline"
          >
            {w('seen')}
          </Link>
        </div>
      </div>
      <HandOver person={person} />
    </FormDrawer>
  )
}

/** Gives everything that a person owns to somebody else, one undoable change for each kind of record. */
function HandOver({ person }: { person: Person }) {
  const { w } = useDictionary(en, zh)
  const people = usePeople().data ?? []
  const objects = useObjects().data
  const [to, setTo] = useState('')
  const [busy, setBusy] = useState(false)
  const start = async () => {
    setBusy(true)
    let started = 0
    const filter = { field: 'owner', op: 'eq', value: person.id }
    try {
      for (const object of objects?.values() ?? []) {
        if (!object.operations.includes('transfer') || object.group === 'hidden') continue
        const page = await api<{ items: unknown[] }>('POST', `/records/${object.name}/query`, {
          body: { filter, limit: 1, fields: [object.nameField] },
        })
        if (!page.items.length) continue
        await api('POST', `/records/${object.name}/bulk`, { body: { where: { filter }, set: { owner: to } } })
        started++
      }
      toast(started ? w('started', { n: started }) : w('nothing'))
    } catch (error) {
      toast.error(message(error, w('failed')))
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className="border-t border-line pt-3">
      <h3 className="mb-1 text-xs font-semibold text-ink-3">{w('handOver')}</h3>
      <p className="mb-2 text-xs text-ink-3">{w('handOverHint')}</p>
      <div className="flex items-end gap-2">
        <div className="flex-1">
          <Select
            label={w('to')}
            value={to}
            options={[
              { value: '', label: '—' },
              ...people
                .filter(other => other.active && other.id !== person.id)
                .map(other => ({ value: other.id, label: other.name })),
            ]}
            onChange={setTo}
          />
        </div>
        <Button disabled={!to || busy} onClick={start}>
          {w('handOver')}
        </Button>
      </div>
    </div>
  )
}
