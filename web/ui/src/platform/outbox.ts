import { createStore, get, set } from 'idb-keyval'
import { useSyncExternalStore } from 'react'
import { api, ProblemError } from './api'
import { isOffline } from './keeping'
import { forgetFiles, withFilesSent } from './localFiles'

const store = createStore('rapport-outbox', 'writes')
const KEY = 'waiting'
const TRIED_EVERY = 15_000

/** A write that waits for a network. */
export interface Waiting {
  id: string
  method: 'POST' | 'PATCH' | 'DELETE'
  path: string
  body?: Record<string, unknown>
  version?: number
  /** Where the record is shown. */
  object: string
  record?: string
  /** What it is called for people: the record's name or kind. */
  title: string
  at: number
  /** Why the server would not take it; it waits for the person then. */
  problem?: string
  conflict?: boolean
}

let waiting: Waiting[] = []
let owner = ''
let sending = false
const listeners = new Set<() => void>()
let onSent = () => {}

const tell = () => {
  for (const changed of listeners) changed()
}

async function put(next: Waiting[]) {
  waiting = next
  tell()
  await set(`${KEY}.${owner}`, next, store).catch(() => undefined)
}

/** What waits to be sent, the oldest first. */
export const useOutbox = () =>
  useSyncExternalStore(
    changed => {
      listeners.add(changed)
      return () => {
        listeners.delete(changed)
      }
    },
    () => waiting,
  )

/** Keeps a write until there is a network. */
export function enqueue(write: Omit<Waiting, 'id' | 'at'>) {
  return put([...waiting, { ...write, id: crypto.randomUUID(), at: Date.now() }])
}

export async function discard(id: string) {
  await forgetFiles(waiting.find(one => one.id === id)?.body)
  await put(waiting.filter(one => one.id !== id))
}

/** Lets go of everything that waits. */
export async function discardAll() {
  for (const one of waiting) await discard(one.id)
}

/** Sends a refused change once more, over what the record is now. */
export async function insist(write: Waiting) {
  const now = write.record
    ? await api<{ version: number }>('GET', `/records/${write.object}/${write.record}`)
    : undefined
  await put(
    waiting.map(one =>
      one.id === write.id ? { ...one, version: now?.version, problem: undefined, conflict: undefined } : one,
    ),
  )
  await flush()
}

/** Sends what waits, in its order, until something keeps it from going on. */
export async function flush() {
  if (sending) return
  sending = true
  try {
    let sent = false
    for (const write of [...waiting]) {
      if (write.problem) continue
      try {
        const body = await withFilesSent(write.body)
        // a second try uploads nothing again
        if (body !== write.body) await put(waiting.map(one => (one.id === write.id ? { ...one, body } : one)))
        const answer = await api<{ version?: number } | undefined>(write.method, write.path, {
          body,
          version: write.version,
          key: write.method === 'POST' ? write.id : undefined,
        })
        sent = true
        await forgetFiles(write.body)
        const version = answer?.version
        // later changes of the same record were made upon this one
        await put(
          waiting
            .filter(one => one.id !== write.id)
            .map(one =>
              version !== undefined && write.record && one.record === write.record && one.version === write.version
                ? { ...one, version }
                : one,
            ),
        )
      } catch (error) {
        if (isOffline(error) || !(error instanceof ProblemError)) break
        if (error.problem.status === 401 || error.problem.status === 429 || error.problem.status >= 500) break
        await put(
          waiting.map(one =>
            one.id === write.id ? { ...one, problem: error.message, conflict: error.problem.status === 412 } : one,
          ),
        )
      }
    }
    if (sent) onSent()
  } finally {
    sending = false
  }
}

/** Takes up what this person left waiting, and sends it whenever that may work. @returns ends it */
export function startOutbox(user: string, whenSent: () => void) {
  owner = user
  onSent = whenSent
  get<Waiting[]>(`${KEY}.${owner}`, store)
    .then(kept => {
      waiting = kept ?? []
      tell()
      flush()
    })
    .catch(() => undefined)
  const online = () => void flush()
  addEventListener('online', online)
  const timer = setInterval(() => waiting.length && flush(), TRIED_EVERY)
  return () => {
    removeEventListener('online', online)
    clearInterval(timer)
  }
}
