import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Hourglass, KeyRound, Plus, UserRoundX } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'react-router'
import { toast } from 'sonner'
import { api, ProblemError } from '../../platform/api'
import { formatMoment, formatNumber } from '../../platform/format'
import { useDictionary } from '../../platform/i18n'
import { useObject, useObjects } from '../../platform/meta'
import type { Filter, Page } from '../../platform/types'
import { FilterBuilder } from '../../records/filterBuilder'
import { Button, box, Drawer, Notice, Skeleton, Tag } from '../../ui/kit'
import { LoadFailure } from '../loadFailure'
import { FormDrawer, Input, Select } from '../sales/formParts'
import { usePeople } from './organisationData'
import { Head, Panel } from './panel'
import { parsedFilter } from './ruleFilter'
import { SettingsFrame } from './settings'

const en = {
  newRule: 'New retention rule',
  rules: 'Retention rules',
  rulesHint:
    'How long records are kept. Every night from three o’clock, active rules are carried out on records whose moment lies further back.',
  noRules: 'Nothing is removed by itself: there is no rule.',
  name: 'Name',
  object: 'Records',
  days: 'Kept for days',
  since: 'Counted from',
  outcome: 'Then',
  delete: 'Into the recycle bin',
  erase: 'Erased for good',
  state: 'State',
  active: 'Active',
  off: 'Off',
  condition: 'Only those which meet (empty for all)',
  save: 'Save',
  remove: 'Delete the rule',
  saved: 'Saved',
  failed: 'That did not work.',
  preview: 'What would happen now',
  wouldDelete: 'Carried out now, {n} would go into the recycle bin.',
  wouldErase: 'Carried out now, {n} people would be erased for good.',
  nothingNow: 'Carried out now, nothing would happen.',
  firstOf: 'The first of them, the oldest on top:',
  run: 'Carry out now',
  started: 'Started in the background.',
  close: 'Close',
  erasures: 'Erased people',
  erasuresHint:
    'Proof of what was erased, without names. An e-mail address or phone number finds whether its owner was erased.',
  search: 'E-mail address or phone number',
  find: 'Search',
  noErasures: 'Nobody was erased.',
  notFound: 'Nobody with this address or number was erased.',
  when: 'When',
  who: 'By',
  reason: 'Why',
  what: 'What',
  emptied: '{n} emptied',
  destroyed: '{n} destroyed',
  kept: '{n} kept',
  keys: 'Encryption',
  keysHint:
    'Fields of the type “Encrypted text” are encrypted with a key that is itself encrypted with a master key outside of the database.',
  notInUse: 'Nothing is encrypted yet. Add a field of the type “Encrypted text” to an object, and the keys are made.',
  values: 'Encrypted values',
  changed: 'Key changed',
  file: 'Master key',
  fileHint: 'Keep a copy of this file apart from the backups. Without it, encrypted values cannot be read any more.',
  missing: 'The master key is missing: encrypted values cannot be read. Put the file back.',
  rotate: 'Change the key',
  rotateHint: 'New values use the new key at once, present ones are encrypted anew in the background.',
}
const zh: typeof en = {
  newRule: '新建保留规则',
  rules: '数据保留规则',
  rulesHint: '规定记录保留多久。启用的规则每天凌晨三点起自动执行，处理已超过保留期的记录。',
  noRules: '没有规则，系统不会自动清理任何数据。',
  name: '名称',
  object: '记录',
  days: '保留天数',
  since: '起算字段',
  outcome: '到期处理',
  delete: '移入回收站',
  erase: '永久删除',
  state: '状态',
  active: '启用',
  off: '停用',
  condition: '仅限满足以下条件的记录（留空为全部）',
  save: '保存',
  remove: '删除规则',
  saved: '已保存',
  failed: '操作未成功。',
  preview: '现在执行会怎样',
  wouldDelete: '现在执行会将 {n} 条记录移入回收站。',
  wouldErase: '现在执行会永久删除 {n} 个人的信息。',
  nothingNow: '现在执行不会处理任何记录。',
  firstOf: '其中最早的记录：',
  run: '立即执行',
  started: '已在后台开始。',
  close: '关闭',
  erasures: '已删除的个人',
  erasuresHint: '删除的证明，不含姓名。输入邮箱或电话号码可查询其本人是否已被删除。',
  search: '邮箱或电话号码',
  find: '查询',
  noErasures: '没有删除过任何人的信息。',
  notFound: '没有使用该邮箱或号码的人被删除。',
  when: '时间',
  who: '操作人',
  reason: '原因',
  what: '内容',
  emptied: '清空 {n} 条',
  destroyed: '销毁 {n} 条',
  kept: '保留 {n} 条',
  keys: '加密',
  keysHint: '“加密文本”类型的字段使用密钥加密，该密钥又由数据库之外的主密钥加密保护。',
  notInUse: '目前没有加密的数据。为某个对象添加“加密文本”类型的字段后，系统会自动生成密钥。',
  values: '加密的值',
  changed: '密钥更换时间',
  file: '主密钥文件',
  fileHint: '请将此文件另存一份，并与备份分开保管。没有它就无法读取加密内容。',
  missing: '缺少主密钥，无法读取加密内容。请恢复该文件。',
  rotate: '更换密钥',
  rotateHint: '新的值立即使用新密钥，已有的值在后台重新加密。',
}

interface Rule {
  id: string
  version: number
  name: string
  active: boolean
  object: string
  days: number
  since: string
  filter: string | null
  action: 'delete' | 'erase'
}

/** How long data are kept, who was erased, and the keys of encrypted fields. */
export function PrivacyPage() {
  const { w } = useDictionary(en, zh)
  const [open, setOpen] = useState<Rule | 'new'>()
  return (
    <SettingsFrame
      needs="privacy"
      action={
        <Button kind="solid" icon={<Plus size={15} />} onClick={() => setOpen('new')}>
          {w('newRule')}
        </Button>
      }
    >
      <div className="mx-auto flex max-w-[980px] flex-col gap-8">
        <Rules onOpen={setOpen} />
        <Erasures />
        <Keys />
      </div>
      {open && <RuleForm rule={open === 'new' ? undefined : open} onClose={() => setOpen(undefined)} />}
    </SettingsFrame>
  )
}

function Rules({ onOpen }: { onOpen: (rule: Rule) => void }) {
  const { w, label, lang } = useDictionary(en, zh)
  const objects = useObjects().data
  const [tried, setTried] = useState<Rule>()
  const rules = useQuery({
    queryKey: ['rows', 'retentionRule', 'all'],
    queryFn: async () =>
      (await api<Page>('POST', '/records/retentionRule/query', { body: { sort: 'name', limit: 500 } }))
        .items as unknown as Rule[],
  })
  return (
    <Panel title={w('rules')} hint={w('rulesHint')}>
      {rules.data && !rules.data.length && <Notice icon={<Hourglass size={18} />} text={w('noRules')} />}
      {!!rules.data?.length && (
        <table className="w-full text-sm">
          <Head names={[w('name'), w('object'), w('days'), w('since'), w('outcome'), w('state'), '']} />
          <tbody>
            {rules.data.map(rule => {
              const object = objects?.get(rule.object)
              const since = object?.fields.find(f => f.name === rule.since)
              return (
                <tr key={rule.id} className="border-t border-line">
                  <td className="px-3 py-1.5">
                    <button
                      type="button"
                      className="min-h-8 min-w-36 text-left font-medium hover:underline"
                      onClick={() => onOpen(rule)}
                    >
                      {rule.name}
                    </button>
                  </td>
                  <td className="px-3 py-1.5">{object ? label(object.plural) : rule.object}</td>
                  <td className="num px-3 py-1.5">{formatNumber(rule.days, lang)}</td>
                  <td className="px-3 py-1.5 text-ink-2">{since ? label(since.labels) : rule.since}</td>
                  <td className="px-3 py-1.5">
                    <Tag color={rule.action === 'erase' ? 'red' : 'amber'}>{w(rule.action)}</Tag>
                  </td>
                  <td className="px-3 py-1.5">
                    <Tag color={rule.active ? 'green' : 'gray'}>{w(rule.active ? 'active' : 'off')}</Tag>
                  </td>
                  <td className="px-3 py-1.5 text-right">
                    <Button size="sm" onClick={() => setTried(rule)}>
                      {w('preview')}
                    </Button>
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      )}
      {tried && <Simulation rule={tried} onClose={() => setTried(undefined)} />}
    </Panel>
  )
}

interface Simulated {
  object: string
  count: number
  records: { id: string; name: string | null; since: string }[]
}

function Simulation({ rule, onClose }: { rule: Rule; onClose: () => void }) {
  const { w, lang } = useDictionary(en, zh)
  const simulation = useQuery({
    queryKey: ['retention', rule.id],
    queryFn: () => api<Simulated>('GET', `/privacy/retention/${rule.id}/simulation`),
    retry: false,
    staleTime: 0,
  })
  const run = async () => {
    try {
      await api('POST', `/privacy/retention/${rule.id}/run`, { body: {} })
      toast(w('started'))
      onClose()
    } catch (error) {
      toast.error(error instanceof ProblemError ? error.message : w('failed'))
    }
  }
  const count = simulation.data?.count ?? 0
  const sentence = count === 0 ? 'nothingNow' : rule.action === 'erase' ? 'wouldErase' : 'wouldDelete'
  return (
    <Drawer
      title={rule.name}
      closeLabel={w('close')}
      onClose={onClose}
      footer={
        <>
          <Button kind="ghost" onClick={onClose}>
            {w('close')}
          </Button>
          <Button kind="solid" className="ml-auto" disabled={!count} onClick={run}>
            {w('run')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3 p-5">
        <LoadFailure />
        {simulation.isPending && <Skeleton width="70%" />}
        {simulation.data && <p className="font-medium">{w(sentence, { n: formatNumber(count, lang) })}</p>}
        {!!simulation.data?.records.length && (
          <>
            <p className="text-sm text-ink-3">{w('firstOf')}</p>
            <ul className="rounded-xl border border-line">
              {simulation.data.records.map(record => (
                <li
                  key={record.id}
                  className="flex min-h-9 items-center gap-3 border-line px-3 text-sm not-first:border-t max-md:min-h-11"
                >
                  <Link
                    className="min-w-0 flex-1 truncate font-medium hover:underline"
                    to={`/o/${rule.object}/${record.id}`}
                  >
                    {record.name ?? '—'}
                  </Link>
                  <span className="num text-ink-3">
                    {record.since.length > 10 ? formatMoment(record.since, lang) : record.since}
                  </span>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </Drawer>
  )
}

function RuleForm({ rule, onClose }: { rule: Rule | undefined; onClose: () => void }) {
  const { w, label } = useDictionary(en, zh)
  const client = useQueryClient()
  const objects = useObjects().data
  const [name, setName] = useState(rule?.name ?? '')
  const [objectName, setObjectName] = useState(rule?.object ?? 'contact')
  const [days, setDays] = useState(String(rule?.days ?? 1095))
  const [since, setSince] = useState(rule?.since ?? 'updatedAt')
  const [filter, setFilter] = useState<Filter | undefined>(parsedFilter(rule?.filter))
  const [action, setAction] = useState<string>(rule?.action ?? 'delete')
  const [active, setActive] = useState(rule?.active ? 'active' : 'off')
  const [busy, setBusy] = useState(false)
  const object = useObject(objectName)
  const person = object?.fields.some(f => f.name === object.nameField && f.type === 'personName')
  const act = async (work: () => Promise<unknown>) => {
    setBusy(true)
    try {
      await work()
      client.invalidateQueries({ queryKey: ['rows', 'retentionRule'] })
      toast(w('saved'))
      onClose()
    } catch (error) {
      toast.error(error instanceof ProblemError ? error.message : w('failed'))
    } finally {
      setBusy(false)
    }
  }
  const save = () => {
    const body = {
      name,
      object: objectName,
      days: Number(days),
      since,
      filter: filter ? JSON.stringify(filter) : null,
      action: person ? action : 'delete',
      active: active === 'active',
    }
    act(() =>
      rule
        ? api('PATCH', `/records/retentionRule/${rule.id}`, { body, version: rule.version })
        : api('POST', '/records/retentionRule', { body }),
    )
  }
  return (
    <FormDrawer title={rule?.name ?? w('newRule')} submit={w('save')} busy={busy} onSubmit={save} onClose={onClose}>
      <Input label={w('name')} value={name} required onChange={setName} />
      <Select
        label={w('object')}
        value={objectName}
        options={[...(objects?.values() ?? [])]
          .filter(o => o.group !== 'hidden' && o.operations.includes('delete'))
          .map(o => ({ value: o.name, label: label(o.plural) }))}
        onChange={value => {
          setObjectName(value)
          setSince('updatedAt')
          setFilter(undefined)
        }}
      />
      <div className="grid grid-cols-2 gap-3">
        <Input label={w('days')} type="number" min={1} max={36500} value={days} required onChange={setDays} />
        <Select
          label={w('since')}
          value={since}
          options={(object?.fields ?? [])
            .filter(f => f.type === 'date' || f.type === 'moment')
            .map(f => ({ value: f.name, label: label(f.labels) }))}
          onChange={setSince}
        />
      </div>
      <div>
        <p className="mb-1 text-xs font-medium text-ink-2">{w('condition')}</p>
        {object && <FilterBuilder object={object} filter={filter} onChange={setFilter} />}
      </div>
      {person && (
        <Select
          label={w('outcome')}
          value={action}
          options={[
            { value: 'delete', label: w('delete') },
            { value: 'erase', label: w('erase') },
          ]}
          onChange={setAction}
        />
      )}
      <Select
        label={w('state')}
        value={active}
        options={[
          { value: 'active', label: w('active') },
          { value: 'off', label: w('off') },
        ]}
        onChange={setActive}
      />
      {rule && (
        <Button
          className="self-start"
          onClick={() => act(() => api('DELETE', `/records/retentionRule/${rule.id}`, { version: rule.version }))}
        >
          {w('remove')}
        </Button>
      )}
    </FormDrawer>
  )
}

interface Erasure {
  id: string
  object: string
  at: string
  by: string
  reason: string
  counts: Record<string, Partial<Record<'emptied' | 'destroyed' | 'kept', number>>>
}

function Erasures() {
  const { w, label, lang } = useDictionary(en, zh)
  const objects = useObjects().data
  const people = usePeople().data
  const [typed, setTyped] = useState('')
  const [asked, setAsked] = useState('')
  const erasures = useQuery({
    queryKey: ['erasures', asked],
    queryFn: () => api<{ items: Erasure[] }>('GET', `/privacy/erasures?q=${encodeURIComponent(asked)}`),
  })
  const told = (counts: Erasure['counts']) =>
    Object.entries(counts)
      .map(([name, how]) => {
        const object = objects?.get(name)
        const parts = (['emptied', 'destroyed', 'kept'] as const).flatMap(fate =>
          how[fate] ? [w(fate, { n: formatNumber(how[fate], lang) })] : [],
        )
        return `${object ? label(object.plural) : name}${lang === 'zh-CN' ? '：' : ': '}${parts.join(lang === 'zh-CN' ? '、' : ', ')}`
      })
      .join(lang === 'zh-CN' ? '；' : '; ')
  const items = erasures.data?.items
  return (
    <Panel
      title={w('erasures')}
      hint={w('erasuresHint')}
      action={
        <form
          className="flex gap-2"
          onSubmit={event => {
            event.preventDefault()
            setAsked(typed.trim())
          }}
        >
          <input
            aria-label={w('search')}
            placeholder={w('search')}
            className={`${box} w-56`}
            value={typed}
            onChange={event => setTyped(event.target.value)}
          />
          <Button type="submit">{w('find')}</Button>
        </form>
      }
    >
      {items && !items.length && <Notice icon={<UserRoundX size={18} />} text={w(asked ? 'notFound' : 'noErasures')} />}
      {!!items?.length && (
        <table className="w-full text-sm">
          <Head names={[w('when'), w('who'), w('reason'), w('what')]} />
          <tbody>
            {items.map(erasure => (
              <tr key={erasure.id} className="border-t border-line align-top">
                <td className="num px-3 py-1.5 whitespace-nowrap">{formatMoment(erasure.at, lang)}</td>
                <td className="px-3 py-1.5">{people?.find(person => person.id === erasure.by)?.name ?? '—'}</td>
                <td className="px-3 py-1.5">{erasure.reason}</td>
                <td className="px-3 py-1.5 text-ink-2">{told(erasure.counts)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}

interface KeyState {
  inUse: boolean
  usable: boolean
  file: string
  values: number
  changedAt?: string
}

function Keys() {
  const { w, lang } = useDictionary(en, zh)
  const keys = useQuery({ queryKey: ['keys'], queryFn: () => api<KeyState>('GET', '/privacy/keys') })
  const rotate = async () => {
    try {
      await api('POST', '/privacy/keys/rotate', { body: {} })
      toast(w('started'))
      keys.refetch()
    } catch (error) {
      toast.error(error instanceof ProblemError ? error.message : w('failed'))
    }
  }
  const state = keys.data
  return (
    <Panel title={w('keys')} hint={w('keysHint')}>
      {state && !state.inUse && <Notice icon={<KeyRound size={18} />} text={w('notInUse')} />}
      {state?.inUse && (
        <div className="flex flex-col gap-3 p-4 text-sm">
          {!state.usable && (
            <p role="alert" className="font-medium text-neg">
              {w('missing')}
            </p>
          )}
          <dl className="grid grid-cols-[10rem_minmax(0,1fr)] gap-y-1.5 max-md:grid-cols-1">
            <dt className="text-ink-3">{w('values')}</dt>
            <dd className="num">{formatNumber(state.values, lang)}</dd>
            <dt className="text-ink-3">{w('changed')}</dt>
            <dd className="num">{state.changedAt ? formatMoment(state.changedAt, lang) : '—'}</dd>
            <dt className="text-ink-3">{w('file')}</dt>
            <dd>
              <code className="break-all">{state.file}</code>
              <p className="text-ink-3">{w('fileHint')}</p>
            </dd>
          </dl>
          <div className="flex flex-wrap items-center gap-3">
            <Button disabled={!state.usable} onClick={rotate}>
              {w('rotate')}
            </Button>
            <span className="text-ink-3">{w('rotateHint')}</span>
          </div>
        </div>
      )}
    </Panel>
  )
}
