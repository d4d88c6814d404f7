import { useQuery, useQueryClient } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { useState } from 'react'
import { LookupPicker } from '../../fields/lookup'
import { api, ProblemError } from '../../platform/api'
import { useDictionary } from '../../platform/i18n'
import type { FieldDef, FieldValue, Link } from '../../platform/types'
import { Button } from '../../ui/kit'
import { toast } from '../../ui/toast'
import { LoadFailure } from '../loadFailure'
import { FormDrawer, Input, Select } from '../sales/formParts'

const en = {
  title: 'Share',
  hint: 'Whoever it is shared with sees this record in addition to what their roles show them.',
  with: 'Share with',
  user: 'Person',
  team: 'Team',
  department: 'Department and those below',
  userGroup: 'Public group',
  who: 'Who',
  level: 'They may',
  read: 'See it',
  write: 'See and change it',
  until: 'Until (empty for always)',
  share: 'Share',
  shared: 'Shared',
  takeBack: 'Take back from {name}',
  taken: 'Taken back',
  now: 'Shared now',
  nobody: 'Shared with nobody yet.',
  always: 'always',
  untilDay: 'until {day}',
  failed: 'That did not work.',
}
const zh: typeof en = {
  title: '共享',
  hint: '被共享的人除其角色可见的记录外，还能看到这条记录。',
  with: '共享给',
  user: '人员',
  team: '团队',
  department: '部门及下级',
  userGroup: '公共组',
  who: '对象',
  level: '权限',
  read: '可查看',
  write: '可查看和修改',
  until: '截止日期（留空为长期）',
  share: '共享',
  shared: '已共享',
  takeBack: '取消对 {name} 的共享',
  taken: '已取消',
  now: '当前共享',
  nobody: '尚未共享给任何人。',
  always: '长期',
  untilDay: '至 {day}',
  failed: '操作未成功。',
}

const KINDS = ['user', 'team', 'department', 'userGroup'] as const
type Kind = (typeof KINDS)[number]

interface Share {
  principal: { id: string; kind: Kind; name: string }
  level: 'read' | 'write'
  expiresAt: string | null
}

/** Gives one record to people who would not see it. */
export default function ShareRecord({ object, id, onClose }: { object: string; id: string; onClose: () => void }) {
  const { w, lang } = useDictionary(en, zh)
  const client = useQueryClient()
  const path = `/records/${object}/${id}/shares`
  const shares = useQuery({ queryKey: ['shares', object, id], queryFn: () => api<{ items: Share[] }>('GET', path) })
  const [kind, setKind] = useState<Kind>('user')
  const [who, setWho] = useState<FieldValue>(null)
  const [level, setLevel] = useState('read')
  const [until, setUntil] = useState('')
  const [busy, setBusy] = useState(false)
  const act = async (work: () => Promise<unknown>, done: string) => {
    setBusy(true)
    try {
      await work()
      client.invalidateQueries({ queryKey: ['shares', object, id] })
      toast(done)
    } catch (error) {
      toast.error(error instanceof ProblemError ? error.message : w('failed'))
    } finally {
      setBusy(false)
    }
  }
  const share = () =>
    act(async () => {
      const expiresAt = until ? new Date(`${until}T23:59:59`).toISOString() : undefined
      await api('POST', path, { body: { principal: (who as Link).id, level, ...(expiresAt && { expiresAt }) } })
      setWho(null)
    }, w('shared'))
  const field: FieldDef = {
    name: 'principal',
    type: 'lookup',
    target: kind,
    labels: { en: en.who, 'zh-CN': zh.who },
    traits: [],
    writable: true,
    operators: [],
  }
  const day = new Intl.DateTimeFormat(lang, { dateStyle: 'medium' })
  return (
    <FormDrawer
      title={w('title')}
      hint={w('hint')}
      submit={w('share')}
      busy={busy || !who}
      onSubmit={share}
      onClose={onClose}
    >
      <Select
        label={w('with')}
        value={kind}
        options={KINDS.map(one => ({ value: one, label: w(one) }))}
        onChange={value => {
          setKind(value as Kind)
          setWho(null)
        }}
      />
      <div>
        <label htmlFor="share-with" className="mb-1 block text-xs font-medium text-ink-2">
          {w('who')}
        </label>
        <LookupPicker key={kind} id="share-with" field={field} value={who} onChange={setWho} />
      </div>
      <Select
        label={w('level')}
        value={level}
        options={[
          { value: 'read', label: w('read') },
          { value: 'write', label: w('write') },
        ]}
        onChange={setLevel}
      />
      <Input label={w('until')} type="date" value={until} onChange={setUntil} />
      <div className="border-t border-line pt-3">
        <h3 className="mb-1 text-xs font-semibold text-ink-3">{w('now')}</h3>
        <LoadFailure />
        {shares.data && !shares.data.items.length && <p className="text-sm text-ink-3">{w('nobody')}</p>}
        <ul>
          {shares.data?.items.map(one => (
            <li key={one.principal.id} className="flex min-h-9 items-center gap-2 text-sm">
              <span className="min-w-0 flex-1 truncate font-medium">{one.principal.name || '—'}</span>
              <span className="text-xs text-ink-3">
                {w(one.principal.kind)} · {w(one.level)} ·{' '}
                {one.expiresAt ? w('untilDay', { day: day.format(new Date(one.expiresAt)) }) : w('always')}
              </span>
              <Button
                kind="ghost"
                size="sm"
                aria-label={w('takeBack', { name: one.principal.name })}
                icon={<X size={14} />}
                onClick={() => act(() => api('DELETE', `${path}/${one.principal.id}`), w('taken'))}
              />
            </li>
          ))}
        </ul>
      </div>
    </FormDrawer>
  )
}
