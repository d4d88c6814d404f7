import { useQuery } from '@tanstack/react-query'
import { useSearchParams } from 'react-router'
import { api } from '../../platform/api'
import { useCompany } from '../../platform/company'
import { localDay } from '../../platform/format'
import type { Filter, Labels } from '../../platform/types'

export const PERIODS = [
  'month',
  'quarter',
  'year',
  'lastMonth',
  'lastQuarter',
  'lastYear',
  'next',
  'fiscalQuarter',
  'fiscalYear',
  'all',
  'custom',
] as const
export type Period = (typeof PERIODS)[number]

export interface Scope {
  from?: string
  to?: string
  owner?: string
  team?: string
  pipeline?: string
}

const first = (year: number, month: number) => new Date(year, month, 1)
const span = (from: Date, months: number): [string, string] => [
  localDay(from),
  localDay(new Date(from.getFullYear(), from.getMonth() + months, 0)),
]

/** First and last day of a period that is counted from today. */
export function daysOf(period: Period, fiscalStart = 1, today = new Date()): [string, string] | undefined {
  const year = today.getFullYear()
  const month = today.getMonth()
  const quarter = month - (month % 3)
  switch (period) {
    case 'month':
      return span(first(year, month), 1)
    case 'quarter':
      return span(first(year, quarter), 3)
    case 'year':
      return span(first(year, 0), 12)
    case 'lastMonth':
      return span(first(year, month - 1), 1)
    case 'lastQuarter':
      return span(first(year, quarter - 3), 3)
    case 'lastYear':
      return span(first(year - 1, 0), 12)
    case 'next':
      return span(first(year, quarter + 3), 3)
    case 'fiscalQuarter': {
      const since = (month - (fiscalStart - 1) + 12) % 12
      return span(first(year, month - (since % 3)), 3)
    }
    case 'fiscalYear':
      return span(first(month >= fiscalStart - 1 ? year : year - 1, fiscalStart - 1), 12)
    default:
      return undefined
  }
}

/** The scope in the address: a period, a person or a team, a pipeline. */
export function useScope(usual: Period) {
  const [params, setParams] = useSearchParams()
  const { fiscalStart } = useCompany()
  const asked = params.get('period') as Period | null
  const period = asked && PERIODS.includes(asked) ? asked : usual
  const days =
    period === 'custom'
      ? [params.get('from') ?? undefined, params.get('to') ?? undefined]
      : (daysOf(period, fiscalStart) ?? [])
  const scope: Scope = {
    ...(days[0] && { from: days[0] }),
    ...(days[1] && { to: days[1] }),
    ...Object.fromEntries(
      (['owner', 'team', 'pipeline'] as const).flatMap(name => {
        const value = params.get(name)
        return value ? [[name, value]] : []
      }),
    ),
  }
  const set = (changes: Record<string, string | undefined>) =>
    setParams(
      old => {
        const next = new URLSearchParams(old)
        for (const [name, value] of Object.entries(changes)) {
          if (value) next.set(name, value)
          else next.delete(name)
        }
        return next
      },
      { replace: true },
    )
  const periods = PERIODS.filter(one => fiscalStart !== 1 || !one.startsWith('fiscal'))
  return { period, periods, scope, set }
}

export interface ReportColumn {
  key: string
  label: string
  type: 'text' | 'count' | 'money' | 'percent' | 'days' | 'number' | 'month'
  drawn: boolean
}

export type Cell = string | number | null | Labels

export interface Report {
  name: string
  title: string
  about: string
  filters: string[]
  chart: 'bar' | 'line' | 'pie' | 'funnel'
  currency: string
  columns: ReportColumn[]
  rows: { cells: Record<string, Cell>; drill?: { object: string; filter: Filter } }[]
  totals: Record<string, Cell>
  notes: string[]
}

/** Whether there is nothing to draw: no rows, or not one figure in them. */
export const isBlank = (report: Report) =>
  !report.rows.some(row =>
    report.columns.some(c => c.type !== 'text' && c.type !== 'month' && Number(row.cells[c.key])),
  )

/** A ready report for a scope. */
export const useReport = (name: string, scope: Scope) =>
  useQuery({
    queryKey: ['figures', 'report', name, JSON.stringify(scope)],
    queryFn: () => api<Report>('POST', `/reports/${name}`, { body: scope }),
    staleTime: 30_000,
  })

/** The list that shows the records behind a figure. */
export const listOf = (drill: { object: string; filter: Filter }) =>
  `/o/${drill.object}?filter=${encodeURIComponent(JSON.stringify(drill.filter))}&layout=`
