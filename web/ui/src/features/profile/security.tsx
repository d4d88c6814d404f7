import { useQuery, useQueryClient } from '@tanstack/react-query'
import { KeyRound, MonitorSmartphone, ShieldCheck } from 'lucide-react'
import { type FormEvent, useEffect, useState } from 'react'
import { api, ProblemError } from '../../platform/api'
import { useDictionary } from '../../platform/i18n'
import { useSession } from '../../platform/session'
import { Button, Tag } from '../../ui/kit'
import { toast } from '../../ui/toast'
import { TopBar } from '../../ui/topBar'
import { LoadFailure } from '../loadFailure'
import { Input } from '../sales/formParts'
import { Panel } from '../settings/panel'
import { Passkeys } from './passkeys'
import { RecoveryCodes } from './recoveryCodes'
import { Tokens } from './tokens'

const en = {
  title: 'Password and security',
  mustEnrol: 'Your role asks for a second factor. Set it up here; then everything else opens.',
  password: 'Password',
  passwordHint: 'Changing it ends all your other sessions.',
  present: 'Present password',
  next: 'New password',
  change: 'Change password',
  changed: 'Password changed',
  factor: 'Authenticator app',
  factorHint: 'A code from an app on your phone at each sign-in: whoever knows your password alone does not get in.',
  on: 'On',
  off: 'Off',
  codesLeft: '{n} recovery codes left',
  setUp: 'Set up',
  scan: 'Scan this with an authenticator app, or type the key into it:',
  code: 'Code that the app shows',
  turnOn: 'Turn on',
  turnOff: 'Turn off',
  sessions: 'Where you are signed in',
  sessionsHint: 'End what you do not know, and change your password.',
  here: 'This browser',
  end: 'End',
  ended: 'Session ended',
  seen: 'last seen {time}',
  failed: 'That did not work.',
}
const zh: typeof en = {
  title: '密码与安全',
  mustEnrol: '您的角色要求两步验证。请先在此设置，之后即可使用其他功能。',
  password: '密码',
  passwordHint: '修改后，您的其他登录会话都会结束。',
  present: '当前密码',
  next: '新密码',
  change: '修改密码',
  changed: '密码已修改',
  factor: '验证器应用',
  factorHint: '每次登录时输入手机应用中的验证码：仅知道密码的人无法登录。',
  on: '已开启',
  off: '未开启',
  codesLeft: '剩余 {n} 个恢复码',
  setUp: '开始设置',
  scan: '用验证器应用扫描，或手动输入密钥：',
  code: '应用显示的验证码',
  turnOn: '开启',
  turnOff: '关闭',
  sessions: '登录的设备',
  sessionsHint: '如有不认识的会话，请结束它并修改密码。',
  here: '当前浏览器',
  end: '结束',
  ended: '会话已结束',
  seen: '最近使用 {time}',
  failed: '操作未成功。',
}

const told = (error: unknown, fallback: string) => toast.error(error instanceof ProblemError ? error.message : fallback)

/** One's own password, second factor and sessions. */
export function SecurityPage() {
  const { w } = useDictionary(en, zh)
  const mustEnrol = useSession().data?.user.mustEnrol
  return (
    <>
      <TopBar title={w('title')} />
      <div className="min-h-0 flex-1 overflow-y-auto bg-canvas p-6 max-md:p-3">
        <div className="mx-auto flex max-w-[720px] flex-col gap-6">
          {mustEnrol && (
            <p role="alert" className="rounded-lg border border-line bg-accent-soft p-3 text-sm text-accent-ink">
              {w('mustEnrol')}
            </p>
          )}
          <LoadFailure />
          <Passkeys />
          <Factor />
          <Password />
          <Sessions />
          <Tokens />
        </div>
      </div>
    </>
  )
}

function Password() {
  const { w } = useDictionary(en, zh)
  const [present, setPresent] = useState('')
  const [next, setNext] = useState('')
  const send = async (event: FormEvent) => {
    event.preventDefault()
    try {
      await api('POST', '/session/password', { body: { password: present, newPassword: next } })
      setPresent('')
      setNext('')
      toast(w('changed'))
    } catch (error) {
      told(error, w('failed'))
    }
  }
  return (
    <Panel title={w('password')} hint={w('passwordHint')}>
      <form onSubmit={send} className="flex flex-wrap items-end gap-3 p-4">
        <Input label={w('present')} type="password" value={present} required onChange={setPresent} />
        <Input label={w('next')} type="password" value={next} required onChange={setNext} />
        <Button type="submit" icon={<KeyRound size={14} />}>
          {w('change')}
        </Button>
      </form>
    </Panel>
  )
}

interface FactorState {
  app: boolean
  passkey: boolean
  recoveryCodesLeft: number
}

function Factor() {
  const { w } = useDictionary(en, zh)
  const client = useQueryClient()
  const state = useQuery({
    queryKey: ['second-factor'],
    queryFn: () => api<FactorState>('GET', '/session/second-factor'),
  })
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [begun, setBegun] = useState<{ secret: string; uri: string }>()
  const [codes, setCodes] = useState<string[]>()
  const attempt = async (work: () => Promise<void>) => {
    try {
      await work()
      client.invalidateQueries({ queryKey: ['second-factor'] })
    } catch (error) {
      told(error, w('failed'))
    }
  }
  const begin = () =>
    attempt(async () => {
      setBegun(await api('POST', '/session/second-factor', { body: { password } }))
      setPassword('')
    })
  const confirm = () =>
    attempt(async () => {
      const made = await api<{ recoveryCodes: string[] }>('POST', '/session/second-factor/confirm', { body: { code } })
      setCodes(made.recoveryCodes)
      setBegun(undefined)
      setCode('')
    })
  const remove = () =>
    attempt(async () => {
      await api('POST', '/session/second-factor/remove', { body: { password, code } })
      setPassword('')
      setCode('')
    })
  if (state.isError) return null
  const on = state.data?.app
  return (
    <Panel
      title={w('factor')}
      hint={w('factorHint')}
      action={state.data && <Tag color={on ? 'green' : 'gray'}>{w(on ? 'on' : 'off')}</Tag>}
    >
      <div className="flex flex-col gap-3 p-4">
        {codes ? (
          <RecoveryCodes codes={codes} onKept={() => setCodes(undefined)} />
        ) : begun ? (
          <>
            <p className="text-sm">{w('scan')}</p>
            <QrCode text={begun.uri} />
            <code className="rounded-lg bg-sunken p-2 text-sm break-all select-all">{begun.secret}</code>
            <div className="flex flex-wrap items-end gap-3">
              <Input label={w('code')} value={code} onChange={setCode} />
              <Button kind="solid" disabled={code.length < 6} onClick={confirm}>
                {w('turnOn')}
              </Button>
            </div>
          </>
        ) : (
          <>
            {(on || state.data?.passkey) && (
              <p className="text-sm text-ink-2">{w('codesLeft', { n: state.data?.recoveryCodesLeft ?? 0 })}</p>
            )}
            <div className="flex flex-wrap items-end gap-3">
              <Input label={w('present')} type="password" value={password} onChange={setPassword} />
              {on && <Input label={w('code')} value={code} onChange={setCode} />}
              <Button
                icon={<ShieldCheck size={14} />}
                disabled={!password || (on && !code)}
                onClick={on ? remove : begin}
              >
                {w(on ? 'turnOff' : 'setUp')}
              </Button>
            </div>
          </>
        )}
      </div>
    </Panel>
  )
}

/** The picture that authenticator apps scan. */
function QrCode({ text }: { text: string }) {
  const [image, setImage] = useState('')
  useEffect(() => {
    import('qrcode').then(async library => setImage(await library.toDataURL(text, { margin: 1, width: 200 })))
  }, [text])
  return image ? <img src={image} alt="" width={200} height={200} className="rounded-lg" /> : null
}

interface OpenSession {
  id: string
  address: string
  agent: string
  seenAt: string
  present: boolean
}

function Sessions() {
  const { w, lang } = useDictionary(en, zh)
  const client = useQueryClient()
  const sessions = useQuery({
    queryKey: ['sessions'],
    queryFn: () => api<{ items: OpenSession[] }>('GET', '/session/sessions'),
  })
  const moment = new Intl.DateTimeFormat(lang, { dateStyle: 'medium', timeStyle: 'short' })
  const end = async (id: string) => {
    try {
      await api('DELETE', `/session/sessions/${id}`)
      toast(w('ended'))
    } catch (error) {
      told(error, w('failed'))
    }
    client.invalidateQueries({ queryKey: ['sessions'] })
  }
  if (sessions.isError) return null
  return (
    <Panel title={w('sessions')} hint={w('sessionsHint')}>
      <ul>
        {sessions.data?.items.map(session => (
          <li
            key={session.id}
            className="flex items-center gap-3 border-b border-line px-4 py-2.5 text-sm last:border-b-0"
          >
            <MonitorSmartphone size={16} className="flex-none text-ink-3" aria-hidden />
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium">{browser(session.agent)}</span>
              <span className="block text-xs text-ink-3">
                {session.address} · {w('seen', { time: moment.format(new Date(session.seenAt)) })}
              </span>
            </span>
            {session.present ? (
              <Tag color="green">{w('here')}</Tag>
            ) : (
              <Button size="sm" onClick={() => end(session.id)}>
                {w('end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  )
}

/** What people call the browser that sends such a line. */
function browser(agent: string) {
  const name = /Edg\//.test(agent)
    ? 'Edge'
    : /Firefox\//.test(agent)
      ? 'Firefox'
      : /Chrome\//.test(agent)
        ? 'Chrome'
        : /Safari\//.test(agent)
          ? 'Safari'
          : agent.split(' ')[0]
  const system = /Android|iPhone|iPad|Windows|Mac OS|Linux/.exec(agent)?.[0]
  return system ? `${name} · ${system}` : name
}
