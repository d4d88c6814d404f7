import { useQuery } from '@tanstack/react-query'
import { api } from '../platform/api'

export interface May {
  update: boolean
  delete: boolean
  transfer: boolean
  share: boolean
  shareable: boolean
}

/** What the user may do with one record; undefined until that is known. */
export const useMay = (object: string, id: string) =>
  useQuery({ queryKey: ['may', object, id], queryFn: () => api<May>('GET', `/records/${object}/${id}/access`) }).data
