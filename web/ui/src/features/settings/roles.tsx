import { useQueryClient } from '@tanstack/react-query'
import { ChevronDown, Copy, Plus, Trash2, X } from 'lucide-react'
import { useState } from 'react'
import { Link, useNavigate, useParams, useSearchParams } from 'react-router'
import { api, ProblemError } from '../../platform/api'
import { useDictionary } from '../../platform/i18n'
import { useObjects } from '../../platform/meta'
import { Button, box, Checkbox, Popover, Skeleton, Tag } from '../../ui/kit'
import { toast } from '../../ui/toast'
import { Input, Select } from '../sales/formParts'
import { type Grants, type Role, type RoleBook, useRoles } from './organisationData'
import { Head, Panel } from './panel'
import { en, zh } from './roleWords'
import { SettingsFrame } from './settings'

const message = (error: unknown, fallback: string) => (error instanceof ProblemError ? error.message : fallback)
const NEW = 'new'

/** All roles. */
export function RolesPage() {
  const { w, label } = useDictionary(en, zh)
  const navigate = useNavigate()
  const roles = useRoles()
  return (
    <SettingsFrame
      needs="users"
      action={
        <Button kind="solid" icon={<Plus size={15} />} onClick={() => navigate(`/settings/roles/${NEW}`)}>
          {w('newRole')}
        </Button>
      }
    >
      <div className="mx-auto flex max-w-[980px] flex-col gap-4">
        <p className="max-w-2xl text-sm text-ink-2">{w('hint')}</p>
        <ul className="grid grid-cols-2 gap-3 max-lg:grid-cols-1">
          {roles.isPending && <Skeleton width="100%" height={80} />}
          {roles.data?.items.map(role => (
            <li key={role.name}>
              <Link
                to={`/settings/roles/${role.name}`}
                className="flex h-full flex-col gap-1 rounded-xl border border-line bg-surface p-4 shadow-1 hover:border-line-2 hover:shadow-2"
              >
                <span className="flex items-center gap-2 font-semibold">
                  {label(role.labels)}
                  {role.fixed && <Tag dot={false}>{w('fixed')}</Tag>}
                </span>
                <span className="text-sm text-ink-2">{role.note || summary(role, w)}</span>
                <span className="mt-auto text-xs text-ink-3">
                  {w(role.members === 1 ? 'member' : 'members', { n: role.members })}
                </span>
              </Link>
            </li>
          ))}
        </ul>
      </div>
    </SettingsFrame>
  )
}

type Words = ReturnType<typeof useDictionary<keyof typeof en>>['w']

/** Whose records a role lets people see and change, in a line. */
function summary(role: Role, w: Words) {
  const scope = role.grants.scopes?.['*']
  const words = (branches?: string[]) =>
    (branches ?? ['all']).map(branch => w(`branch.${branch}` as keyof typeof en)).join(w('comma'))
  return `${w('sees')}: ${words(scope?.read)} · ${w('changes')}: ${words(scope?.update ?? scope?.read)}`
}

/** One role. */
export function RolePage() {
  const { name = NEW } = useParams()
  const [params] = useSearchParams()
  const roles = useRoles()
  if (!roles.data)
    return (
      <SettingsFrame needs="users">
        <Skeleton width="50%" height={20} />
      </SettingsFrame>
    )
  const shown = roles.data.items.find(role => role.name === (name === NEW ? params.get('from') : name))
  return <RoleEditor key={`${name} ${shown?.version}`} book={roles.data} shown={shown} isNew={name === NEW} />
}

function RoleEditor({ book, shown, isNew }: { book: RoleBook; shown: Role | undefined; isNew: boolean }) {
  const { w, label } = useDictionary(en, zh)
  const client = useQueryClient()
  const navigate = useNavigate()
  const [name, setName] = useState(isNew ? '' : (shown?.name ?? ''))
  const copied = (text: string, words: typeof en) => (isNew && text ? words.copyOf.replace('{name}', text) : text)
  const [english, setEnglish] = useState(copied(shown?.labels.en ?? '', en))
  const [chinese, setChinese] = useState(copied(shown?.labels['zh-CN'] ?? '', zh))
  const [note, setNote] = useState(shown?.note ?? '')
  const [secondFactor, setSecondFactor] = useState(shown?.secondFactor ?? false)
  const [grants, setGrants] = useState<Grants>(
    shown?.grants ?? { objects: { '*': ['read'] }, scopes: { '*': { read: ['own'] } } },
  )
  const fixed = !isNew && !!shown?.fixed
  const body = { labels: { en: english, 'zh-CN': chinese }, note, secondFactor, grants }
  const act = async (work: () => Promise<unknown>, to?: string) => {
    try {
      await work()
      await client.invalidateQueries({ queryKey: ['roles'] })
      toast(w('saved'))
      if (to) navigate(to)
    } catch (error) {
      toast.error(message(error, w('failed')))
    }
  }
  const save = () =>
    isNew
      ? act(() => api('POST', '/roles', { body: { name, ...body } }), `/settings/roles/${name}`)
      : act(() => api('PUT', `/roles/${name}`, { body, version: shown?.version }))
  return (
    <SettingsFrame
      needs="users"
      action={
        <>
          {!isNew && (
            <Button
              kind="ghost"
              icon={<Copy size={14} />}
              onClick={() => navigate(`/settings/roles/${NEW}?from=${name}`)}
            >
              {w('duplicate')}
            </Button>
          )}
          {!isNew && !fixed && (
            <Button
              kind="ghost"
              icon={<Trash2 size={14} />}
              onClick={() => act(() => api('DELETE', `/roles/${name}`, { version: shown?.version }), '/settings/roles')}
            >
              {w('delete')}
            </Button>
          )}
          <Button kind="solid" disabled={fixed} onClick={save}>
            {w(isNew ? 'create' : 'save')}
          </Button>
        </>
      }
    >
      <div className="mx-auto flex max-w-[1180px] flex-col gap-6">
        <div className="grid grid-cols-2 gap-4 max-md:grid-cols-1">
          {isNew && <Input label={w('key')} value={name} required onChange={setName} />}
          <Input label={w('english')} value={english} onChange={setEnglish} />
          <Input label={w('chinese')} value={chinese} onChange={setChinese} />
          <Input label={w('note')} value={note} onChange={setNote} />
          <span className="flex items-center gap-2 self-end text-sm">
            <Checkbox label={w('secondFactor')} checked={secondFactor} onChange={setSecondFactor} />
            {w('secondFactor')}
          </span>
        </div>
        <Rights book={book} grants={grants} onChange={setGrants} />
        <Fields book={book} grants={grants} onChange={setGrants} />
        <Panel title={w('functions')}>
          <div className="grid grid-cols-2 gap-x-4 p-3 max-md:grid-cols-1">
            {book.functions.map(fn => (
              <span key={fn} className="flex min-h-8 items-center gap-2 text-sm max-md:min-h-11">
                <Checkbox
                  label={w(`fn.${fn}` as keyof typeof en)}
                  checked={grants.functions?.includes(fn) ?? false}
                  onChange={on => setGrants({ ...grants, functions: toggled(grants.functions ?? [], fn, on) })}
                />
                {w(`fn.${fn}` as keyof typeof en)}
              </span>
            ))}
          </div>
        </Panel>
        <span className="sr-only">{shown && label(shown.labels)}</span>
      </div>
    </SettingsFrame>
  )
}

const toggled = (list: string[], one: string, on: boolean) => (on ? [...list, one] : list.filter(o => o !== one))

interface PartProps {
  book: RoleBook
  grants: Grants
  onChange: (grants: Grants) => void
}

function Rights({ book, grants, onChange }: PartProps) {
  const { w, label } = useDictionary(en, zh)
  const objects = grants.objects ?? {}
  const scopes = grants.scopes ?? {}
  const named = new Map(book.objects.map(object => [object.name, object]))
  const lines = ['*', ...Object.keys({ ...objects, ...scopes }).filter(name => name !== '*')]
  const set = (name: string, verbs: string[]) => onChange({ ...grants, objects: { ...objects, [name]: verbs } })
  const remove = (name: string) => {
    const { [name]: _, ...others } = objects
    const { [name]: __, ...otherScopes } = scopes
    onChange({ ...grants, objects: others, scopes: otherScopes })
  }
  const scope = (name: string, verb: 'read' | 'update' | 'delete', branches: string[] | undefined) => {
    const { [verb]: _, ...rest } = scopes[name] ?? {}
    const next = branches ? { ...rest, [verb]: branches } : rest
    onChange({ ...grants, scopes: { ...scopes, [name]: next } })
  }
  const add = (name: string) =>
    onChange({
      ...grants,
      objects: { ...objects, [name]: objects['*'] ?? ['read'] },
      scopes: { ...scopes, [name]: scopes['*'] ?? {} },
    })
  return (
    <Panel title={w('rights')} hint={w('rightsHint')}>
      <table className="w-full text-sm">
        <Head
          names={[
            w('object'),
            w('sees'),
            w('changes'),
            w('deletes'),
            ...book.operations.map(op => w(`op.${op}` as keyof typeof en)),
            '',
          ]}
        />
        <tbody>
          {lines.map(name => {
            const verbs = objects[name] ?? objects['*'] ?? []
            const object = named.get(name)
            const title = object ? label(object.labels) : w('allOthers')
            const owned = !object || object.sharing === 'owned'
            return (
              <tr key={name} className="border-t border-line">
                <th scope="row" className="px-3 py-1.5 text-left font-medium whitespace-nowrap">
                  {title}
                </th>
                {owned ? (
                  (['read', 'update', 'delete'] as const).map(verb => (
                    <td key={verb} className="px-2 py-1.5">
                      <Scope
                        label={`${title}: ${w(verb === 'read' ? 'sees' : verb === 'update' ? 'changes' : 'deletes')}`}
                        branches={book.branches}
                        value={scopes[name]?.[verb] ?? (name === '*' ? undefined : scopes['*']?.[verb])}
                        absent={w(verb === 'read' ? 'branch.all' : verb === 'update' ? 'asSees' : 'asChanges')}
                        onChange={value => scope(name, verb, value)}
                      />
                    </td>
                  ))
                ) : (
                  <td colSpan={3} className="px-3 py-1.5 text-xs text-ink-3">
                    {w(object.sharing as 'common' | 'controlled' | 'personal')}
                  </td>
                )}
                {book.operations.map(op => (
                  <td key={op} className="px-3 py-1.5">
                    <Checkbox
                      label={`${title}: ${w(`op.${op}` as keyof typeof en)}`}
                      checked={verbs.includes(op)}
                      onChange={on => set(name, toggled(verbs, op, on))}
                    />
                  </td>
                ))}
                <td className="px-2 py-1.5">
                  {name !== '*' && (
                    <Button
                      kind="ghost"
                      size="sm"
                      aria-label={`${w('removeLine')} ${title}`}
                      icon={<X size={14} />}
                      onClick={() => remove(name)}
                    />
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      <div className="border-t border-line p-2">
        <select
          aria-label={w('addObject')}
          className={`${box} !w-60`}
          value=""
          onChange={e => e.target.value && add(e.target.value)}
        >
          <option value="">{w('addObject')}</option>
          {book.objects
            .filter(object => !lines.includes(object.name))
            .map(object => (
              <option key={object.name} value={object.name}>
                {label(object.labels)}
              </option>
            ))}
        </select>
      </div>
    </Panel>
  )
}

interface ScopeProps {
  label: string
  branches: string[]
  value: string[] | undefined
  /** What no value means. */
  absent: string
  onChange: (value: string[] | undefined) => void
}

/** Chooses for which records an operation holds. */
function Scope({ label, branches, value, absent, onChange }: ScopeProps) {
  const { w, lang } = useDictionary(en, zh)
  const comma = lang === 'en' ? ', ' : '、'
  const word = (branch: string) => w(`branch.${branch}` as keyof typeof en)
  const text = !value
    ? absent
    : value.length
      ? branches
          .filter(branch => value.includes(branch))
          .map(word)
          .join(comma)
      : w('nobody')
  return (
    <Popover
      trigger={
        <button
          type="button"
          aria-label={`${label}: ${text}`}
          className={`${box} !min-w-32 !max-w-52 justify-between text-left ${value ? '' : '!text-ink-3'}`}
        >
          <span className="truncate">{text}</span>
          <ChevronDown size={13} className="flex-none text-ink-4" aria-hidden />
        </button>
      }
      className="w-60"
    >
      <span className="flex min-h-8 items-center gap-2 px-1.5 text-sm text-ink-2">
        <Checkbox label={absent} checked={!value} onChange={on => onChange(on ? undefined : [])} />
        {absent}
      </span>
      <span className="my-1 block h-px bg-line" />
      {branches.map(branch => (
        <span key={branch} className="flex min-h-8 items-center gap-2 px-1.5 text-sm">
          <Checkbox
            label={word(branch)}
            checked={value?.includes(branch) ?? false}
            onChange={on => onChange(toggled(value ?? [], branch, on))}
          />
          {word(branch)}
        </span>
      ))}
    </Popover>
  )
}

const LEVELS = ['none', 'masked', 'read'] as const

function Fields({ book, grants, onChange }: PartProps) {
  const { w, label } = useDictionary(en, zh)
  const definitions = useObjects().data
  const fields = grants.fields ?? {}
  const [object, setObject] = useState('contact')
  const [field, setField] = useState('')
  const nameOf = (path: string) => {
    const [objectName = '', fieldName] = path.split('.')
    const definition = definitions?.get(objectName)
    const known = definition?.fields.find(f => f.name === fieldName)
    return definition && known ? `${label(definition.labels)} · ${label(known.labels)}` : path
  }
  const chosen = definitions?.get(object)
  const word = (level: string) => w(level === 'read' ? 'readLevel' : (level as 'none' | 'masked'))
  return (
    <Panel title={w('fields')} hint={w('fieldsHint')}>
      <ul>
        {Object.entries(fields).map(([path, level]) => (
          <li key={path} className="flex items-center gap-3 border-b border-line px-3 py-1.5 text-sm">
            <span className="min-w-0 flex-1 truncate font-medium">{nameOf(path)}</span>
            <select
              aria-label={`${nameOf(path)}: ${w('level')}`}
              className={`${box} !w-36`}
              value={level}
              onChange={e => onChange({ ...grants, fields: { ...fields, [path]: e.target.value } })}
            >
              {LEVELS.map(one => (
                <option key={one} value={one}>
                  {word(one)}
                </option>
              ))}
            </select>
            <Button
              kind="ghost"
              size="sm"
              aria-label={`${w('removeLine')} ${nameOf(path)}`}
              icon={<X size={14} />}
              onClick={() => {
                const { [path]: _, ...rest } = fields
                onChange({ ...grants, fields: rest })
              }}
            />
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap items-end gap-2 p-3">
        <Select
          label={w('object')}
          value={object}
          options={book.objects.map(o => ({ value: o.name, label: label(o.labels) }))}
          onChange={value => {
            setObject(value)
            setField('')
          }}
        />
        <Select
          label={w('field')}
          value={field}
          options={[
            { value: '', label: '—' },
            ...(chosen?.fields ?? []).map(f => ({ value: f.name, label: label(f.labels) })),
          ]}
          onChange={setField}
        />
        <Button
          disabled={!field}
          onClick={() => {
            onChange({ ...grants, fields: { ...fields, [`${object}.${field}`]: 'none' } })
            setField('')
          }}
        >
          {w('addField')}
        </Button>
      </div>
    </Panel>
  )
}
