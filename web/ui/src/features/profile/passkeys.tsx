import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Fingerprint, Trash2 } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { api, ProblemError } from '../../platform/api'
import { useDictionary } from '../../platform/i18n'
import { makePasskey, passkeysWork } from '../../platform/passkeys'
import { Button, Tag } from '../../ui/kit'
import { toast } from '../../ui/toast'
import { Input } from '../sales/formParts'
import { Panel } from '../settings/panel'
import { RecoveryCodes } from './recoveryCodes'

const en = {
  title: 'Passkeys',
  hint: 'Sign in by fingerprint, face or the PIN of your device, without a password. Nobody can guess it or lure it from you. With a passkey, your password alone no longer lets anybody in.',
  name: 'Name of the device',
  password: 'Present password',
  add: 'Add a passkey',
  added: 'Passkey added',
  remove: 'Remove',
  removeOf: 'Remove {name}',
  removed: 'Passkey removed',
  confirm: 'Type your password to remove “{name}”.',
  cancel: 'Cancel',
  synced: 'On several devices',
  never: 'not used yet',
  used: 'last used {time}',
  elsewhere: 'Browsers offer passkeys at an address with a name only. Open this page at {address}.',
  nowhere: 'This server is reached by a number, and browsers bind passkeys to names. Ask whoever runs it for a name.',
  old: 'This browser cannot keep passkeys. A newer one can.',
  twice: 'This device has a passkey for you already.',
  failed: 'That did not work.',
}
const zh: typeof en = {
  title: '通行密钥',
  hint: '使用指纹、面容或设备 PIN 登录，无需密码。通行密钥猜不到，也骗不走。添加后，仅凭密码将无法登录。',
  name: '设备名称',
  password: '当前密码',
  add: '添加通行密钥',
  added: '已添加通行密钥',
  remove: '移除',
  removeOf: '移除{name}',
  removed: '已移除通行密钥',
  confirm: '输入密码以移除“{name}”。',
  cancel: '取消',
  synced: '多设备同步',
  never: '尚未使用',
  used: '最近使用 {time}',
  elsewhere: '浏览器仅在带名称的地址提供通行密钥。请通过 {address} 打开此页面。',
  nowhere: '本服务器通过数字地址访问，而通行密钥需与域名绑定。请联系运维人员配置域名。',
  old: '此浏览器不支持通行密钥，请使用较新的浏览器。',
  twice: '此设备上已有您的通行密钥。',
  failed: '操作未成功。',
}

interface Passkey {
  id: string
  name: string
  synced: boolean
  usedAt: string | null
}

/** One's own passkeys. */
export function Passkeys() {
  const { w } = useDictionary(en, zh)
  const client = useQueryClient()
  const [codes, setCodes] = useState<string[]>()
  const passkeys = useQuery({
    queryKey: ['passkeys'],
    queryFn: () => api<{ address: string | null; items: Passkey[] }>('GET', '/session/passkeys'),
  }).data
  const refresh = () => {
    client.invalidateQueries({ queryKey: ['passkeys'] })
    client.invalidateQueries({ queryKey: ['second-factor'] })
  }
  if (!passkeys) return null
  const { address, items } = passkeys
  const obstacle = !address
    ? w('nowhere')
    : address !== location.origin
      ? w('elsewhere', { address })
      : passkeysWork()
        ? ''
        : w('old')
  return (
    <Panel title={w('title')} hint={w('hint')}>
      <ul>
        {items.map(one => (
          <Row key={one.id} passkey={one} onChange={refresh} />
        ))}
      </ul>
      <div className="flex flex-col gap-3 p-4">
        {codes ? (
          <RecoveryCodes codes={codes} onKept={() => setCodes(undefined)} />
        ) : obstacle ? (
          <p className="text-sm text-ink-2">{obstacle}</p>
        ) : (
          <AddPasskey
            onAdded={made => {
              if (made.length) setCodes(made)
              refresh()
            }}
          />
        )}
      </div>
    </Panel>
  )
}

function AddPasskey({ onAdded }: { onAdded: (codes: string[]) => void }) {
  const { w } = useDictionary(en, zh)
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const add = async (event: FormEvent) => {
    event.preventDefault()
    try {
      const made = await makePasskey(name.trim(), password)
      setName('')
      setPassword('')
      toast(w('added'))
      onAdded(made.recoveryCodes)
    } catch (error) {
      if (error instanceof ProblemError) toast.error(error.message)
      else if (!(error instanceof DOMException)) toast.error(w('failed'))
      else if (error.name === 'InvalidStateError') toast.error(w('twice'))
      else if (error.name !== 'NotAllowedError') toast.error(w('failed'))
    }
  }
  return (
    <form onSubmit={add} className="flex flex-wrap items-end gap-3">
      <Input label={w('name')} value={name} required onChange={setName} />
      <Input label={w('password')} type="password" value={password} required onChange={setPassword} />
      <Button type="submit" icon={<Fingerprint size={14} />}>
        {w('add')}
      </Button>
    </form>
  )
}

function Row({ passkey, onChange }: { passkey: Passkey; onChange: () => void }) {
  const { w, lang } = useDictionary(en, zh)
  const [asking, setAsking] = useState(false)
  const [password, setPassword] = useState('')
  const moment = new Intl.DateTimeFormat(lang, { dateStyle: 'medium', timeStyle: 'short' })
  const remove = async (event: FormEvent) => {
    event.preventDefault()
    try {
      await api('POST', `/session/passkeys/${passkey.id}/remove`, { body: { password } })
      toast(w('removed'))
      onChange()
    } catch (error) {
      toast.error(error instanceof ProblemError ? error.message : w('failed'))
    }
  }
  return (
    <li className="border-b border-line px-4 py-2.5 text-sm">
      <div className="flex items-center gap-3">
        <Fingerprint size={16} className="flex-none text-ink-3" aria-hidden />
        <span className="min-w-0 flex-1">
          <span className="block truncate font-medium">{passkey.name}</span>
          <span className="block text-xs text-ink-3">
            {passkey.usedAt ? w('used', { time: moment.format(new Date(passkey.usedAt)) }) : w('never')}
          </span>
        </span>
        {passkey.synced && <Tag color="gray">{w('synced')}</Tag>}
        <Button
          size="sm"
          icon={<Trash2 size={14} />}
          aria-expanded={asking}
          aria-label={w('removeOf', { name: passkey.name })}
          onClick={() => setAsking(!asking)}
        >
          {w('remove')}
        </Button>
      </div>
      {asking && (
        <form onSubmit={remove} className="mt-3 flex flex-wrap items-end gap-3">
          <p className="w-full">{w('confirm', { name: passkey.name })}</p>
          <Input label={w('password')} type="password" value={password} required onChange={setPassword} />
          <Button type="submit" kind="solid">
            {w('remove')}
          </Button>
          <Button type="button" onClick={() => setAsking(false)}>
            {w('cancel')}
          </Button>
        </form>
      )}
    </li>
  )
}
