import { useQuery } from '@tanstack/react-query'
import { api, type Problem } from '../../platform/api'

export interface Pool {
  id: string
  name: string
  object: 'account' | 'lead'
  waiting: number
  manager: boolean
  held: number
  capacity: number | null
  claimedToday: number
  claimsPerDay: number | null
}

/** The pools that the user is a member of. */
export const usePools = () =>
  useQuery({ queryKey: ['pools'], queryFn: async () => (await api<{ items: Pool[] }>('GET', '/pools')).items })

interface Outcome {
  items: { id: string; status: number; problem?: Problem }[]
  done: number
}

/** Lets records pass into a pool or out of it; what was refused is told with its reason. */
export async function pass(pool: string, act: 'claim' | 'assign' | 'return', body: object) {
  const outcome = await api<Outcome>('POST', `/pools/${pool}/${act}`, { body })
  return { done: outcome.done, refused: outcome.items.flatMap(item => (item.problem ? [item.problem.detail] : [])) }
}
