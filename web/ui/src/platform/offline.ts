import { type DehydratedState, dehydrate, hydrate, type QueryClient } from '@tanstack/react-query'
import { createStore, del, get, set } from 'idb-keyval'
import { api, setCsrfToken } from './api'
import { localDay } from './format'
import { isKeeping, isOffline } from './keeping'
import { PLANS } from './plans'
import { remember } from './remembered'
import type { Session } from './session'
import type { ObjectDef, Page, RecordItem } from './types'

const store = createStore('rapport', 'kept')
const CACHE = 'cache'
const KEPT_DAYS = 7
const SAVED_AFTER = 4_000
const MOST = 200
/** Kinds of records of which a person keeps their own. */
const OWN = ['account', 'contact', 'lead', 'opportunity']
/** What is kept of the screens that were looked at. */
const KEPT = ['session', 'meta', 'rows', 'record', 'timeline', 'may', 'views', 'kept']

interface Kept {
  at: number
  user: string
  state: DehydratedState
}

/**
 * Asks the server who is signed in. If it cannot be reached, what this device has kept of the last visit stands for it.
 * Called once, before anything is shown.
 */
export async function startFrom(client: QueryClient) {
  if (!isKeeping()) return
  try {
    const session = await api<Session>('GET', '/session', { signal: AbortSignal.timeout(6_000) })
    setCsrfToken(session.csrfToken)
    client.setQueryData(['session'], session)
  } catch (error) {
    const away = isOffline(error) || (error instanceof DOMException && error.name === 'TimeoutError')
    if (!away) return forgetKept()
    const kept = await get<Kept>(CACHE, store).catch(() => undefined)
    if (!kept || Date.now() - kept.at > KEPT_DAYS * 86_400_000) return
    hydrate(client, kept.state)
    const session = client.getQueryData<Session>(['session'])
    if (session) setCsrfToken(session.csrfToken)
  }
}

/** Writes down what the screens show, from time to time. @returns ends it */
export function keepCache(client: QueryClient) {
  let timer = 0
  const save = () => {
    const session = client.getQueryData<Session>(['session'])
    if (!session || !isKeeping()) return
    const state = dehydrate(client, {
      shouldDehydrateMutation: () => false,
      shouldDehydrateQuery: query => query.state.status === 'success' && KEPT.includes(String(query.queryKey[0])),
    })
    set(CACHE, { at: Date.now(), user: session.user.id, state } satisfies Kept, store).catch(() => undefined)
  }
  const end = client.getQueryCache().subscribe(event => {
    if (event.type !== 'updated') return
    clearTimeout(timer)
    timer = window.setTimeout(save, SAVED_AFTER)
  })
  return () => {
    clearTimeout(timer)
    end()
  }
}

/** Whoever signs out leaves nothing of the company on the device. */
export const forgetKept = () => del(CACHE, store).catch(() => undefined)

export async function stopKeeping() {
  remember('keepOffline', false)
  await forgetKept()
}

/** Fetches the person's own records and what they have planned, whole, so that they can be opened without a network. */
export async function fetchOwn(client: QueryClient, objects: Map<string, ObjectDef>, me: string) {
  if (!isKeeping()) return
  const soon = new Date()
  soon.setDate(soon.getDate() + 14)
  const mine = { field: 'owner', op: 'eq', value: me }
  const wanted = [
    ...OWN.map(object => ({ object, filter: mine as object })),
    ...PLANS.map(plan => ({
      object: plan.object,
      filter: { and: [mine, plan.open(new Date()), { field: plan.at, op: 'lt', value: localDay(soon) }] },
    })),
  ]
  for (const { object, filter } of wanted) {
    const definition = objects.get(object)
    if (!definition) continue
    const fields = definition.fields.filter(field => field.type !== 'encrypted').map(field => field.name)
    try {
      const page = await api<Page>('POST', `/records/${object}/query`, {
        body: { fields, filter, sort: '-updatedAt', limit: MOST },
      })
      for (const item of page.items)
        if (!client.getQueryData(['record', object, item.id])) client.setQueryData(['record', object, item.id], item)
      client.setQueryData<RecordItem[]>(['kept', object], page.items)
    } catch {
      return
    }
  }
}
