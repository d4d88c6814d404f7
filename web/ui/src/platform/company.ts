import { useQuery } from '@tanstack/react-query'
import { api } from './api'
import type { Page } from './types'

/** What the company has settled for everybody: its currency, and the month, from 1 to 12, in which its year begins. */
export function useCompany(): { currency?: string; fiscalStart: number } {
  const company = useQuery({
    queryKey: ['rows', 'company', 'settled'],
    queryFn: () =>
      api<Page>('POST', '/records/company/query', { body: { fields: ['currency', 'fiscalStart'], limit: 1 } }),
    staleTime: 5 * 60_000,
  })
  const item = company.data?.items[0]
  const month = item?.fiscalStart
  return {
    currency: typeof item?.currency === 'string' ? item.currency : undefined,
    fiscalStart: typeof month === 'number' ? month : 1,
  }
}
