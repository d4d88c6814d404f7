import { useQuery } from '@tanstack/react-query'
import { Fingerprint } from 'lucide-react'
import { type FormEvent, type ReactNode, useState } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { api, ProblemError } from '../platform/api'
import { setLanguage, useWords } from '../platform/i18n'
import { passkeysWork, usePasskeySignIn } from '../platform/passkeys'
import { useSignIn } from '../platform/session'
import { Mark } from '../ui/face'
import { Button, box, linkLook } from '../ui/kit'

function Card({ title, intro, children }: { title: string; intro?: string; children: ReactNode }) {
  const { t, lang } = useWords()
  return (
    <main className="grid min-h-full place-items-center p-4">
      <div className="w-full max-w-[360px]">
        <div className="mb-6 flex flex-col items-center gap-3 text-center">
          <Mark size={40} />
          <h1 className="text-lg font-semibold tracking-[-.02em]">{title}</h1>
          {intro && <p className="text-ink-3">{intro}</p>}
        </div>
        <div className="rounded-2xl border border-line bg-surface p-6 shadow-2">{children}</div>
        <p className="mt-4 text-center">
          <button
            type="button"
            className="min-h-8 px-3 text-sm text-ink-3 hover:text-ink"
            lang={lang === 'en' ? 'zh-CN' : 'en'}
            onClick={() => setLanguage(lang === 'en' ? 'zh-CN' : 'en')}
          >
            {t('language')}
          </button>
        </p>
      </div>
    </main>
  )
}

interface InputProps {
  name: string
  label: string
  type?: string
  hint?: string
  autoComplete: string
  error?: string
}

function Input({ name, label, type = 'text', hint, autoComplete, error }: InputProps) {
  return (
    <div>
      <label htmlFor={name} className="mb-1 block text-xs font-medium text-ink-2">
        {label}
      </label>
      <input
        id={name}
        name={name}
        type={type}
        autoComplete={autoComplete}
        required
        aria-invalid={!!error}
        className={`${box} !min-h-10`}
      />
      {(error || hint) && <p className={`mt-1 text-xs ${error ? 'text-neg' : 'text-ink-3'}`}>{error ?? hint}</p>}
    </div>
  )
}

/** What a form of these pages does when it is sent. */
function useSubmit(path: '/session' | '/setup', extra: Record<string, string>) {
  const signIn = useSignIn()
  const navigate = useNavigate()
  const [problem, setProblem] = useState<ProblemError>()
  const [coded, setCoded] = useState(false)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setProblem(undefined)
    const values = Object.fromEntries(new FormData(event.currentTarget).entries()) as Record<string, string>
    try {
      const outcome = await signIn(path, { ...values, ...extra })
      if (outcome === 'code') setCoded(true)
      else navigate('/')
    } catch (error) {
      if (error instanceof ProblemError) setProblem(error)
    }
  }
  const errorOf = (field: string) => problem?.problem.violations?.find(v => v.field === field)?.message
  const general = problem && !problem.problem.violations?.length ? problem.problem.detail : undefined
  return { submit, errorOf, general, coded }
}

export function SignInPage() {
  const { t } = useWords()
  const { submit, general, coded } = useSubmit('/session', {})
  const [params] = useSearchParams()
  const ways = useQuery({
    queryKey: ['sign-in-ways'],
    queryFn: () => api<{ provider: { label: string } | null; passkeys: string | null }>('GET', '/public/sign-in'),
    staleTime: Infinity,
  }).data
  const provider = ways?.provider
  return (
    <Card title={t('signInTitle')}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Input name="username" label={t('username')} autoComplete="username" />
        <Input name="password" label={t('password')} type="password" autoComplete="current-password" />
        {coded && <Input name="code" label={t('signInCode')} hint={t('signInCodeHint')} autoComplete="one-time-code" />}
        {general && (
          <p role="alert" className="text-sm text-neg">
            {general}
          </p>
        )}
        <Button kind="solid" type="submit" className="!h-10 justify-center">
          {t('signIn')}
        </Button>
        {ways?.passkeys === location.origin && passkeysWork() && <PasskeyButton />}
        {provider && (
          <a href="/api/public/oidc/start" className={`${linkLook('line')} !h-10 justify-center`}>
            {provider.label ? t('signInBy', { name: provider.label }) : t('signInByCompany')}
          </a>
        )}
        {params.get('failed') === 'provider' && !general && (
          <p role="alert" className="text-sm text-neg">
            {t('providerFailed')}
          </p>
        )}
        <Link to="/forgotten" className="self-center text-sm text-ink-3 hover:text-ink">
          {t('forgotten')}
        </Link>
      </form>
    </Card>
  )
}

function PasskeyButton() {
  const { t } = useWords()
  const signIn = usePasskeySignIn()
  const navigate = useNavigate()
  const [problem, setProblem] = useState('')
  const ask = async () => {
    setProblem('')
    try {
      await signIn()
      navigate('/')
    } catch (error) {
      // whoever closes the browser's dialog knows that they did
      if (error instanceof DOMException && error.name === 'NotAllowedError') return
      const refused = error instanceof ProblemError
      setProblem(refused ? (error.problem.detail ?? error.message) : t('passkeyFailed'))
    }
  }
  return (
    <>
      <Button type="button" className="!h-10 justify-center" icon={<Fingerprint size={16} />} onClick={ask}>
        {t('signInByPasskey')}
      </Button>
      {problem && (
        <p role="alert" className="text-sm text-neg">
          {problem}
        </p>
      )}
    </>
  )
}

export function SetupPage() {
  const { t, lang } = useWords()
  const [params] = useSearchParams()
  const token = params.get('token') ?? ''
  const open = useQuery({
    queryKey: ['setup', token],
    queryFn: () => api<{ open: boolean }>('GET', `/setup?token=${encodeURIComponent(token)}`),
  })
  const { submit, errorOf, general } = useSubmit('/setup', { token, language: lang })
  if (open.isPending) return null
  if (!open.data?.open)
    return (
      <Card title={t('setupTitle')}>
        <p role="alert">{t('setupClosed')}</p>
      </Card>
    )
  return (
    <Card title={t('setupTitle')} intro={t('setupIntro')}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Input name="name" label={t('yourName')} autoComplete="name" error={errorOf('name')} />
        <Input name="username" label={t('username')} autoComplete="username" error={errorOf('username')} />
        <Input
          name="password"
          label={t('password')}
          type="password"
          autoComplete="new-password"
          hint={t('passwordHint')}
          error={errorOf('password')}
        />
        {general && (
          <p role="alert" className="text-sm text-neg">
            {general}
          </p>
        )}
        <Button kind="solid" type="submit" className="!h-10 justify-center">
          {t('create')}
        </Button>
      </form>
    </Card>
  )
}

/** Asks for a link by mail to choose a new password. */
export function ForgottenPage() {
  const { t } = useWords()
  const [sent, setSent] = useState(false)
  const [problem, setProblem] = useState('')
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const username = String(new FormData(event.currentTarget).get('username'))
    try {
      await api('POST', '/public/password-link', { body: { username } })
      setSent(true)
    } catch (error) {
      setProblem(error instanceof ProblemError ? error.message : '')
    }
  }
  return (
    <Card title={t('forgotten')} intro={t('forgottenHint')}>
      {sent ? (
        <p role="status">{t('forgottenSent')}</p>
      ) : (
        <form onSubmit={submit} className="flex flex-col gap-4">
          <Input name="username" label={t('username')} autoComplete="username" error={problem || undefined} />
          <Button kind="solid" type="submit" className="!h-10 justify-center">
            {t('sendLink')}
          </Button>
        </form>
      )}
    </Card>
  )
}

/** Chooses a password with a link. */
export function JoinPage() {
  const { t } = useWords()
  const navigate = useNavigate()
  const [params] = useSearchParams()
  const token = params.get('token') ?? ''
  const [problem, setProblem] = useState('')
  const open = useQuery({
    queryKey: ['join', token],
    queryFn: () => api<{ open: boolean }>('GET', `/public/password?token=${encodeURIComponent(token)}`),
  })
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const password = String(new FormData(event.currentTarget).get('password'))
    try {
      await api('POST', '/public/password', { body: { token, password } })
      navigate('/sign-in')
    } catch (error) {
      setProblem(error instanceof ProblemError ? error.message : '')
    }
  }
  if (open.isPending) return null
  return (
    <Card title={t('joinTitle')} intro={open.data?.open ? t('joinHint') : undefined}>
      {open.data?.open ? (
        <form onSubmit={submit} className="flex flex-col gap-4">
          <Input
            name="password"
            label={t('password')}
            type="password"
            autoComplete="new-password"
            hint={t('passwordHint')}
            error={problem || undefined}
          />
          <Button kind="solid" type="submit" className="!h-10 justify-center">
            {t('create')}
          </Button>
        </form>
      ) : (
        <p role="alert">{t('joinClosed')}</p>
      )}
    </Card>
  )
}
