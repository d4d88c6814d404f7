import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { api } from '../../platform/api'
import { useCompany } from '../../platform/company'
import { formatNumber, localDay } from '../../platform/format'
import { useObjects } from '../../platform/meta'
import { shortMoney } from '../../platform/shortMoney'
import type { Filter, MoneyValue } from '../../platform/types'
import { Skeleton } from '../../ui/kit'
import { useHomeWords } from './words'

interface Figure {
  key: 'openValue' | 'wonMonth' | 'openDeals' | 'overdueTasks' | 'visitsDone'
  object: string
  filter: Filter[]
  /** A field that is added up; counted without one. */
  sum?: string
}

interface Groups {
  groups: Record<string, unknown>[]
}

function figuresOf(me: string): Figure[] {
  const month = localDay(new Date(new Date().getFullYear(), new Date().getMonth(), 1))
  const mine = { field: 'owner', op: 'eq', value: me }
  const status = (value: string) => ({ field: 'status', op: 'eq', value })
  return [
    { key: 'openValue', object: 'opportunity', filter: [mine, status('open')], sum: 'value' },
    {
      key: 'wonMonth',
      object: 'opportunity',
      filter: [mine, status('won'), { field: 'closeDate', op: 'gte', value: month }],
      sum: 'value',
    },
    { key: 'openDeals', object: 'opportunity', filter: [mine, status('open')] },
    {
      key: 'visitsDone',
      object: 'visit',
      filter: [mine, status('done'), { field: 'plannedAt', op: 'gte', value: month }],
    },
    {
      key: 'overdueTasks',
      object: 'task',
      filter: [mine, { not: status('done') }, { field: 'dueOn', op: 'lt', value: localDay(new Date()) }],
    },
  ]
}

/** How I stand; each figure leads to its records. */
export function Numbers({ me }: { me: string }) {
  const objects = useObjects().data
  const figures = figuresOf(me).filter(figure => objects?.has(figure.object))
  if (!figures.length) return null
  return (
    <div className="mb-3 grid auto-cols-fr grid-flow-col gap-3 max-lg:grid-flow-row max-lg:grid-cols-2">
      {figures.map(figure => (
        <Tile key={figure.key} figure={figure} />
      ))}
    </div>
  )
}

function Tile({ figure }: { figure: Figure }) {
  const { w, lang } = useHomeWords()
  const currency = useCompany().currency ?? 'CNY'
  const query = useQuery({
    queryKey: ['rows', figure.object, 'figure', figure],
    staleTime: 60_000,
    queryFn: () =>
      api<Groups>('POST', `/records/${figure.object}/aggregate`, {
        body: {
          filter: { and: figure.filter },
          measures: [figure.sum ? { fn: 'sum', field: figure.sum } : { fn: 'count' }],
        },
      }),
  })
  const row = query.data?.groups[0]
  const value = row && Object.values(row)[0]
  const number = typeof value === 'object' && value ? Number((value as MoneyValue).amount) : Number(value ?? 0)
  const text = figure.sum ? shortMoney(number, currency, lang) : formatNumber(number, lang)
  const filter = JSON.stringify({ and: figure.filter })
  const warns = figure.key === 'overdueTasks' && number > 0
  return (
    <Link
      to={`/o/${figure.object}?filter=${encodeURIComponent(filter)}`}
      className="min-w-0 rounded-2xl border border-line bg-surface px-4 py-3 shadow-1 hover:border-line-2"
    >
      <span className="block truncate text-sm text-ink-3">{w(figure.key)}</span>
      <span className={`num block truncate text-xl font-semibold tracking-[-.02em] ${warns ? 'text-neg' : ''}`}>
        {query.isPending ? <Skeleton width={64} height={18} /> : query.isError ? '—' : text}
      </span>
    </Link>
  )
}
