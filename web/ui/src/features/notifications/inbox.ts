import { useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../../platform/api'

export interface Told {
  id: string
  kind: string
  at: string
  read: boolean
  object: string
  record: { id: string; name: string }
  details: Record<string, string>
}

interface Inbox {
  unread: number
  items: Told[]
}

const KEY = ['notifications']

/** What this person has been told; the server says when there is more. */
export const useInbox = () =>
  useQuery({ queryKey: KEY, queryFn: () => api<Inbox>('GET', '/notifications'), staleTime: 5 * 60_000 })

/** Marks these as read, or all without ids. */
export function useMarkRead() {
  const client = useQueryClient()
  return async (ids?: string[]) => {
    await api('POST', '/notifications/read', { body: ids ? { ids } : {} })
    client.invalidateQueries({ queryKey: KEY })
  }
}
