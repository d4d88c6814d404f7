import { useQuery, useQueryClient } from '@tanstack/react-query'
import { KeyRound, Plus } from 'lucide-react'
import { useId, useState } from 'react'
import { api, ProblemError } from '../../platform/api'
import { useDictionary } from '../../platform/i18n'
import { useObjects } from '../../platform/meta'
import type { ObjectDef } from '../../platform/types'
import { Button, box, Tag } from '../../ui/kit'
import { toast } from '../../ui/toast'
import { FormDrawer, Input } from '../sales/formParts'
import { Panel } from '../settings/panel'

const en = {
  title: 'Tokens for programs',
  hint: 'A program that has a token acts in your name, within what you may do and what the token is for. Give each program its own, for as little as it needs.',
  create: 'New token',
  name: 'What it is for',
  expires: 'Works until',
  rights: 'What it may do',
  readAll: 'Read all that I may read',
  writeAll: 'Read and change all that I may',
  chosen: 'Some objects only',
  none: 'Nothing',
  read: 'Read',
  write: 'Read and change',
  onObject: 'On {object}',
  make: 'Create',
  made: 'Copy the token now. It is not shown again.',
  copy: 'Copy',
  copied: 'Copied',
  kept: 'I have it',
  revoke: 'Revoke',
  revokeOf: 'Revoke {name}',
  revoked: 'Token revoked',
  until: 'until {date}',
  forever: 'without end',
  nothing: 'You have no tokens.',
  failed: 'That did not work.',
}
const zh: typeof en = {
  title: '程序令牌',
  hint: '持有令牌的程序以您的名义访问，权限不超过您本人，也不超过令牌的范围。请为每个程序单独创建，并只给予所需的权限。',
  create: '新建令牌',
  name: '用途',
  expires: '有效期至',
  rights: '权限',
  readAll: '读取我可读的全部数据',
  writeAll: '读取和修改我有权限的全部数据',
  chosen: '仅部分对象',
  none: '无',
  read: '读取',
  write: '读取和修改',
  onObject: '对{object}',
  make: '创建',
  made: '请立即复制令牌，之后不再显示。',
  copy: '复制',
  copied: '已复制',
  kept: '我已保存',
  revoke: '吊销',
  revokeOf: '吊销{name}',
  revoked: '令牌已吊销',
  until: '有效期至 {date}',
  forever: '长期有效',
  nothing: '您还没有令牌。',
  failed: '操作未成功。',
}

interface Token {
  id: string
  name: string
  prefix: string
  scopes: string[]
  expiresOn: string | null
}

/** One's own tokens. */
export function Tokens() {
  const { w, lang } = useDictionary(en, zh)
  const client = useQueryClient()
  const objects = useObjects().data
  const tokens = useQuery({ queryKey: ['tokens'], queryFn: () => api<{ items: Token[] }>('GET', '/tokens') })
  const [creating, setCreating] = useState(false)
  const [secret, setSecret] = useState('')
  const refresh = () => client.invalidateQueries({ queryKey: ['tokens'] })
  const revoke = async (token: Token) => {
    try {
      await api('DELETE', `/tokens/${token.id}`)
      toast(w('revoked'))
    } catch (error) {
      toast.error(error instanceof ProblemError ? error.message : w('failed'))
    }
    refresh()
  }
  const scope = (code: string) => {
    const [verb, object] = code.split(':')
    if (!object) return w(verb === 'write' ? 'writeAll' : 'readAll')
    return `${objects?.get(object)?.plural[lang] ?? object} · ${w(verb === 'write' ? 'write' : 'read')}`
  }
  const date = new Intl.DateTimeFormat(lang, { dateStyle: 'medium', timeZone: 'UTC' })
  if (tokens.isError) return null
  return (
    <Panel
      title={w('title')}
      hint={w('hint')}
      action={
        <Button icon={<Plus size={14} />} onClick={() => setCreating(true)}>
          {w('create')}
        </Button>
      }
    >
      {secret && (
        <div role="status" className="flex flex-col gap-3 border-b border-line p-4">
          <p className="text-sm">{w('made')}</p>
          <code className="rounded-lg bg-sunken p-2 text-sm break-all select-all">{secret}</code>
          <div className="flex gap-2">
            <Button onClick={() => navigator.clipboard?.writeText(secret).then(() => toast(w('copied')))}>
              {w('copy')}
            </Button>
            <Button kind="ghost" onClick={() => setSecret('')}>
              {w('kept')}
            </Button>
          </div>
        </div>
      )}
      {tokens.data?.items.length === 0 && !secret && <p className="p-4 text-sm text-ink-3">{w('nothing')}</p>}
      <ul>
        {tokens.data?.items.map(token => (
          <li
            key={token.id}
            className="flex items-center gap-3 border-b border-line px-4 py-2.5 text-sm last:border-b-0"
          >
            <KeyRound size={16} className="flex-none text-ink-3" aria-hidden />
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium">{token.name}</span>
              <span className="block text-xs text-ink-3">
                {token.prefix}… ·{' '}
                {token.expiresOn ? w('until', { date: date.format(new Date(token.expiresOn)) }) : w('forever')}
              </span>
              <span className="mt-1 flex flex-wrap gap-1">
                {shown(token.scopes).map(code => (
                  <Tag key={code} dot={false}>
                    {scope(code)}
                  </Tag>
                ))}
              </span>
            </span>
            <Button size="sm" aria-label={w('revokeOf', { name: token.name })} onClick={() => revoke(token)}>
              {w('revoke')}
            </Button>
          </li>
        ))}
      </ul>
      {creating && (
        <NewToken
          onClose={() => setCreating(false)}
          onMade={made => {
            setCreating(false)
            setSecret(made)
            refresh()
          }}
        />
      )}
    </Panel>
  )
}

/** Whoever may change may read. */
const shown = (scopes: string[]) => (scopes.includes('write') ? ['write'] : scopes)

type Reach = 'read' | 'write' | 'chosen'

function NewToken({ onClose, onMade }: { onClose: () => void; onMade: (secret: string) => void }) {
  const { w } = useDictionary(en, zh)
  const objects = [...(useObjects().data?.values() ?? [])].filter(object => object.group !== 'hidden')
  const [name, setName] = useState('')
  const [expiresOn, setExpiresOn] = useState('')
  const [reach, setReach] = useState<Reach>('chosen')
  const [chosen, setChosen] = useState<Record<string, string>>({})
  const [busy, setBusy] = useState(false)
  const group = useId()
  const scopes =
    reach === 'chosen'
      ? Object.entries(chosen).flatMap(([object, verb]) => (verb ? [`${verb}:${object}`] : []))
      : reach === 'write'
        ? ['read', 'write']
        : ['read']
  const send = async () => {
    setBusy(true)
    try {
      const body = { name, scopes, ...(expiresOn && { expiresOn }) }
      onMade((await api<{ token: string }>('POST', '/tokens', { body })).token)
    } catch (error) {
      toast.error(error instanceof ProblemError ? error.message : w('failed'))
    } finally {
      setBusy(false)
    }
  }
  return (
    <FormDrawer
      title={w('create')}
      submit={w('make')}
      busy={busy || scopes.length === 0}
      onSubmit={send}
      onClose={onClose}
    >
      <Input label={w('name')} value={name} required onChange={setName} />
      <Input label={w('expires')} type="date" value={expiresOn} onChange={setExpiresOn} />
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1 text-xs font-medium text-ink-2">{w('rights')}</legend>
        {(['chosen', 'read', 'write'] as const).map(one => (
          <label key={one} className="flex min-h-8 items-center gap-2 text-sm">
            <input
              type="radio"
              name={group}
              className="accent-(--accent)"
              checked={reach === one}
              onChange={() => setReach(one)}
            />
            {w(one === 'chosen' ? 'chosen' : one === 'read' ? 'readAll' : 'writeAll')}
          </label>
        ))}
      </fieldset>
      {reach === 'chosen' && (
        <ul>
          {objects.map(object => (
            <ObjectScope
              key={object.name}
              object={object}
              verb={chosen[object.name] ?? ''}
              onChange={verb => setChosen({ ...chosen, [object.name]: verb })}
            />
          ))}
        </ul>
      )}
    </FormDrawer>
  )
}

interface ObjectScopeProps {
  object: ObjectDef
  verb: string
  onChange: (verb: string) => void
}

function ObjectScope({ object, verb, onChange }: ObjectScopeProps) {
  const { w, lang } = useDictionary(en, zh)
  return (
    <li className="flex items-center gap-3 border-b border-line py-1.5 text-sm last:border-b-0">
      <span className="min-w-0 flex-1 truncate">{object.plural[lang]}</span>
      <select
        aria-label={w('onObject', { object: object.plural[lang] })}
        value={verb}
        onChange={event => onChange(event.target.value)}
        className={`${box} !w-40`}
      >
        <option value="">{w('none')}</option>
        <option value="read">{w('read')}</option>
        {(object.operations.includes('update') || object.operations.includes('create')) && (
          <option value="write">{w('write')}</option>
        )}
      </select>
    </li>
  )
}
