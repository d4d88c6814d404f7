import { useQuery, useQueryClient } from '@tanstack/react-query'
import { api, setCsrfToken } from './api'
import { forgetDrafts } from './drafts'

export interface Session {
  user: { id: string; name: string; roles: string[]; zone: string; email: string | null; mustEnrol: boolean }
  csrfToken: string
}

async function load() {
  const session = await api<Session>('GET', '/session')
  setCsrfToken(session.csrfToken)
  return session
}

export const useSession = () => useQuery({ queryKey: ['session'], queryFn: load, staleTime: Infinity, retry: false })

export function useSignIn() {
  const queries = useQueryClient()
  /** @returns `code` if a second factor is due */
  return async (path: '/session' | '/setup', body: Record<string, string>) => {
    const session = await api<Session | { mfaRequired: true }>('POST', path, { body })
    if ('mfaRequired' in session) return 'code' as const
    setCsrfToken(session.csrfToken)
    queries.setQueryData(['session'], session)
    return 'open' as const
  }
}

export function useSignOut() {
  const queries = useQueryClient()
  return async () => {
    await api('DELETE', '/session')
    setCsrfToken('')
    await (await import('./offline')).forgetKept()
    forgetDrafts()
    queries.clear()
  }
}
