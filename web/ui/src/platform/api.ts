/** One thing wrong with one field, in the user's language. */
export interface Violation {
  field: string
  code: string
  message: string
}

/** What the server says when it refuses (RFC 9457). */
export interface Problem {
  title: string
  detail: string
  status: number
  code: string
  violations?: Violation[]
}

/** A refused or failed request; its text is ready to be shown. */
export class ProblemError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.violations?.length ? problem.violations.map(v => v.message).join(' ') : problem.detail)
  }
}

/** What to say where something could not be shown: that it is not there for this person, or why it could not be had. */
export const whyAbsent = (error: unknown, absent: string) =>
  error instanceof ProblemError && error.problem.status !== 404 ? error.message : absent

/** What speaks against each field, by its name. */
export function messagesByField(violations: Violation[] = []) {
  const messages: Record<string, string> = {}
  for (const v of violations) messages[v.field.split('.')[0] ?? ''] ??= v.message
  return messages
}

let csrfToken = ''
let language = 'en'
let offlineText = 'offline'
let onSignedOut = () => {}

export const setCsrfToken = (token: string) => {
  csrfToken = token
}
export const setApiLanguage = (code: string) => {
  language = code
}
/** What is said where the server cannot be reached. */
export const setOfflineText = (text: string) => {
  offlineText = text
}
export const whenSignedOut = (listener: () => void) => {
  onSignedOut = listener
}

interface Options {
  body?: unknown
  form?: FormData
  version?: number
  signal?: AbortSignal
  /** Makes a POST happen once, however often it is sent. */
  key?: string
  /** Sent even while the page is being left. */
  keepalive?: boolean
}

/** Calls the API. Rejects with a {@link ProblemError} for everything but success. */
export async function api<T>(method: string, path: string, options: Options = {}): Promise<T> {
  const headers: Record<string, string> = { 'Accept-Language': language }
  if (method !== 'GET' && csrfToken) headers['X-CSRF-Token'] = csrfToken
  if (options.version !== undefined) headers['If-Match'] = `"${options.version}"`
  if (options.key) headers['Idempotency-Key'] = options.key
  if (options.body !== undefined) headers['Content-Type'] = 'application/json'
  const body = options.form ?? (options.body === undefined ? undefined : JSON.stringify(options.body))
  const response = await fetch(`/api${path}`, {
    method,
    headers,
    body,
    signal: options.signal,
    keepalive: options.keepalive,
  }).catch(error => {
    if (error instanceof DOMException && /^(Abort|Timeout)Error$/.test(error.name)) throw error
    throw new ProblemError({ title: 'offline', detail: offlineText, status: 0, code: 'offline' })
  })
  const text = await response.text()
  const json = text ? JSON.parse(text) : undefined
  if (response.ok) return json as T
  if (response.status === 401 && path !== '/session') onSignedOut()
  throw new ProblemError(json ?? { title: response.statusText, detail: '', status: response.status, code: 'failed' })
}
