import { keepPreviousData, type QueryClient, useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { api } from '../platform/api'
import { isOffline, keptRecords } from '../platform/keeping'
import type { Filter, Page, RecordItem } from '../platform/types'

export const PAGE_SIZE = 100
const EXACT_UP_TO = 10_000
/** Rows are loaded so many before they come into sight, … */
const AHEAD = 40
/** … unless they rush by, at more rows a millisecond than anyone reads. */
const READABLE = 0.15

export interface ListQuery {
  object: string
  fields: string[]
  filter?: Filter
  q: string
  sort: string
  deleted?: boolean
}

const key = (query: ListQuery, page: number) => ['rows', query.object, JSON.stringify(query), page] as const

/** Where a page begins: at its neighbour's cursor if that is loaded, else at about its place in the list. */
function start(client: QueryClient, query: ListQuery, page: number, total: number) {
  if (page === 0) return { count: 'bounded' }
  const before = client.getQueryData<Page>(key(query, page - 1))
  if (before?.next) return { after: before.next }
  const behind = client.getQueryData<Page>(key(query, page + 1))
  if (behind?.previous && total > EXACT_UP_TO) return { before: behind.previous }
  return { position: Math.min(1, (page * PAGE_SIZE) / Math.max(1, total)) }
}

/** Rows of a virtual list, loaded page by page ahead of the viewport; of a list that rushes by, where it comes to rest. */
export function useRows(query: ListQuery) {
  const client = useQueryClient()
  const signature = JSON.stringify(query)
  const [range, setRange] = useState<[number, number]>([0, 0])
  const timer = useRef(0)
  const total = useRef(0)

  const options = (page: number) => ({
    queryKey: key(query, page),
    queryFn: ({ signal }: { signal: AbortSignal }) => {
      const { object, filter, q, ...rest } = query
      const body = { ...rest, ...(filter && { filter }), ...(q && { q }), limit: PAGE_SIZE }
      return api<Page>('POST', `/records/${object}/query`, {
        signal,
        body: { ...body, ...start(client, query, page, total.current) },
      })
    },
    staleTime: 30_000,
  })

  const first = useQuery({ ...options(0), placeholderData: keepPreviousData })
  const count = first.data?.count
  total.current = count ? (count.exact ? count.value : count.estimate) : 0

  const pages = useMemo(() => {
    const list: number[] = []
    for (let page = Math.max(1, range[0]); page <= range[1]; page++)
      if (page * PAGE_SIZE < total.current) list.push(page)
    return list
  }, [range])
  useQueries({ queries: pages.map(options), combine: results => results.map(r => r.dataUpdatedAt).join() })

  const seen = useRef({ from: 0, at: 0 })
  const onRange = useCallback((from: number, to: number) => {
    const load = () => {
      const a = Math.max(0, Math.floor((from - AHEAD) / PAGE_SIZE))
      const b = Math.floor((to + AHEAD) / PAGE_SIZE)
      setRange(r => (r[0] === a && r[1] === b ? r : [a, b]))
    }
    const now = performance.now()
    const speed = Math.abs(from - seen.current.from) / Math.max(1, now - seen.current.at)
    seen.current = { from, at: now }
    clearTimeout(timer.current)
    if (speed < READABLE) load()
    else timer.current = window.setTimeout(load, 60)
  }, [])

  /** Loads the rows of a range, whose ends are included, wherever the viewport is. One page leads to the next. */
  const ready = async (from: number, to: number) => {
    for (let page = Math.floor(from / PAGE_SIZE); page <= Math.floor(to / PAGE_SIZE); page++)
      await client.ensureQueryData(options(page))
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: another list starts at its top
  useEffect(() => setRange([0, 0]), [signature])

  const row = (index: number): RecordItem | undefined =>
    client.getQueryData<Page>(key(query, Math.floor(index / PAGE_SIZE)))?.items[index % PAGE_SIZE] ??
    (first.isPlaceholderData ? first.data?.items[index] : undefined)

  // without a network: the person's own records, as far as this device has kept them
  const kept = first.error && isOffline(first.error) ? keptRecords(client, query.object) : []
  if (kept.length) {
    const wanted = query.q.toLowerCase()
    const found = wanted ? kept.filter(item => JSON.stringify(item).toLowerCase().includes(wanted)) : kept
    return {
      total: found.length,
      exact: true,
      row: (index: number): RecordItem | undefined => found[index],
      onRange,
      ready: async () => {},
      error: null,
      isLoading: false,
      isRefreshing: false,
      offline: true,
      refetch: first.refetch,
    }
  }
  return {
    offline: false,
    total: total.current,
    exact: count?.exact ?? true,
    row,
    onRange,
    ready,
    error: first.error,
    isLoading: first.isLoading,
    isRefreshing: first.isFetching,
    refetch: first.refetch,
  }
}
