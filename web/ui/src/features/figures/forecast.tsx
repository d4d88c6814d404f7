import { useQuery } from '@tanstack/react-query'
import { Camera, Goal, Plus, TrendingUp } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { Link } from 'react-router'
import { api } from '../../platform/api'
import { formatMoney, formatNumber } from '../../platform/format'
import { useObject } from '../../platform/meta'
import type { Filter } from '../../platform/types'
import { Face } from '../../ui/face'
import { Button, Notice, Skeleton } from '../../ui/kit'
import { toast } from '../../ui/toast'
import { TopBar } from '../../ui/topBar'
import { listOf, type Scope, useScope } from './scope'
import { ScopeBar } from './scopeBar'
import { useFigureWords } from './words'

const CreateForm = lazy(() => import('../../records/createForm'))

interface Line {
  id: string | null
  name: string | null
  closed: string
  committed: string
  bestCase: string
  pipeline: string
  weighted: string
  byHistory: string
  deals: number
  winRate: string | null
  target: string | null
  gap: string | null
  reached: string | null
}

interface Forecast {
  from: string
  to: string
  currency: string
  pace: string
  people: Line[]
  total: Line
}

/** What will be won, by person, and how far targets have been reached. */
export function ForecastPage() {
  const { g } = useFigureWords()
  const state = useScope('quarter')
  const forecast = useQuery({
    queryKey: ['figures', 'forecast', JSON.stringify(state.scope)],
    queryFn: () => api<Forecast>('POST', '/forecast', { body: state.scope }),
  })
  const keep = async () => {
    try {
      await api('POST', '/forecast/snapshot', { body: state.scope })
      toast(g('snapshotKept'))
    } catch (error) {
      toast.error(error instanceof Error ? error.message : '')
    }
  }
  return (
    <>
      <TopBar
        icon={<TrendingUp size={16} />}
        title={g('forecast')}
        right={
          <>
            <Link to="/commissions" className="text-sm text-accent-ink hover:underline max-md:hidden">
              {g('commissions')}
            </Link>
            <Link to="/o/forecastSnapshot" className="text-sm text-accent-ink hover:underline max-md:hidden">
              {g('snapshots')}
            </Link>
            <Button icon={<Camera size={14} />} onClick={keep}>
              {g('snapshot')}
            </Button>
          </>
        }
      />
      <ScopeBar state={state} />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-[1200px] flex-col gap-5 p-5 max-md:p-3">
          {forecast.isPending && <Skeleton width="100%" height={200} />}
          {forecast.isError && (
            <Notice icon={<TrendingUp size={18} />} text={forecast.error.message}>
              <Button onClick={() => forecast.refetch()}>{g('retry')}</Button>
            </Notice>
          )}
          {forecast.data && <ForecastTable forecast={forecast.data} />}
          <Targets scope={state.scope} />
        </div>
      </div>
    </>
  )
}

function ForecastTable({ forecast }: { forecast: Forecast }) {
  const { g, lang } = useFigureWords()
  const money = (amount: string | null) =>
    amount === null ? '—' : formatMoney({ amount, currency: forecast.currency }, lang)
  const columns = ['closed', 'committed', 'bestCase', 'inPipeline', 'weighted', 'byHistory', 'target', 'gap'] as const
  const figure = (line: Line, column: (typeof columns)[number]) =>
    money(column === 'inPipeline' ? line.pipeline : line[column])
  const drill = (line: Line) =>
    listOf({
      object: 'opportunity',
      filter: {
        and: [
          { field: 'closeDate', op: 'gte', value: forecast.from },
          { field: 'closeDate', op: 'lte', value: forecast.to },
          { field: 'status', op: 'in', value: ['open', 'won'] },
          ...(line.id ? [{ field: 'owner', op: 'eq', value: line.id }] : []),
        ],
      },
    })
  return (
    <section>
      <Reached line={forecast.total} pace={forecast.pace} currency={forecast.currency} />
      <div className="mt-3 overflow-x-auto rounded-xl border border-line shadow-1">
        <table className="w-full text-sm">
          <thead className="bg-surface-2 text-xs text-ink-3">
            <tr>
              <th scope="col" className="px-3 py-2 text-left font-medium">
                {g('who')}
              </th>
              {columns.map(column => (
                <th key={column} scope="col" className="px-3 py-2 text-right font-medium whitespace-nowrap">
                  {g(column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {forecast.people.map(line => (
              <tr key={line.id} className="border-t border-line hover:bg-hover">
                <td className="px-3 py-2">
                  <Link to={drill(line)} className="flex items-center gap-2 font-medium hover:underline">
                    <Face name={line.name ?? ''} size={20} />
                    <span className="truncate">{line.name ?? '—'}</span>
                  </Link>
                </td>
                {columns.map(column => (
                  <td key={column} className="num px-3 py-2 text-right whitespace-nowrap">
                    {figure(line, column)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
          <tfoot className="bg-surface-2 font-semibold">
            <tr className="border-t border-line-2">
              <td className="px-3 py-2">{g('total')}</td>
              {columns.map(column => (
                <td key={column} className="num px-3 py-2 text-right whitespace-nowrap">
                  {figure(forecast.total, column)}
                </td>
              ))}
            </tr>
          </tfoot>
        </table>
      </div>
      <p className="mt-2 text-xs text-ink-3">{g('historyHint')}</p>
    </section>
  )
}

/** The whole period as one bar: what is won, promised and likely, beside the target and how much of the time is over. */
function Reached({ line, pace, currency }: { line: Line; pace: string; currency: string }) {
  const { g, lang } = useFigureWords()
  const parts = [
    { key: 'closed', amount: Number(line.closed), color: 'var(--green-d)' },
    { key: 'committed', amount: Number(line.committed), color: 'var(--amber-d)' },
    { key: 'bestCase', amount: Number(line.bestCase), color: 'var(--violet-d)' },
    { key: 'inPipeline', amount: Number(line.pipeline), color: 'var(--sky-d)' },
  ] as const
  const target = line.target === null ? undefined : Number(line.target)
  const sum = parts.reduce((all, part) => all + part.amount, 0)
  const whole = Math.max(sum, target ?? 0, 1)
  return (
    <div className="rounded-xl border border-line p-4 shadow-1">
      <div className="relative h-6 overflow-hidden rounded-md bg-sunken">
        <div className="flex h-full">
          {parts.map(part => (
            <span
              key={part.key}
              title={g(part.key)}
              style={{ width: `${(part.amount * 100) / whole}%`, background: part.color, opacity: 0.8 }}
            />
          ))}
        </div>
        {target !== undefined && (
          <span
            className="absolute inset-y-0 w-0.5 bg-ink"
            style={{ left: `calc(${Math.min(100, (target * 100) / whole)}% - 2px)` }}
            title={g('target')}
          />
        )}
      </div>
      <ul className="mt-2.5 flex flex-wrap gap-x-5 gap-y-1 text-xs text-ink-2">
        {parts.map(part => (
          <li key={part.key} className="flex items-center gap-1.5">
            <i className="size-2 rounded-full" style={{ background: part.color }} />
            {g(part.key)}
            <span className="num font-semibold text-ink">
              {formatMoney({ amount: String(part.amount), currency }, lang)}
            </span>
          </li>
        ))}
        <li className="num ml-auto text-ink-3">
          {line.reached !== null && `${formatNumber(line.reached, lang)}% · `}
          {g('pace', { p: formatNumber(pace, lang) })}
        </li>
      </ul>
    </div>
  )
}

interface Progress {
  items: {
    id: string
    name: string
    measure: string
    from: string
    to: string
    parent: string | null
    currency: string | null
    goal: string | null
    reached: string
    percent?: string
    pace: string
    gap?: string
    onPace?: boolean
    split: string | null
    splitDiffers: boolean
    drill: { object: string; filter: Filter }
  }[]
}

function Targets({ scope }: { scope: Scope }) {
  const { g, lang } = useFigureWords()
  const object = useObject('target')
  const [creating, setCreating] = useState(false)
  const { from, to, owner, team } = scope
  const body = { ...(from && { from }), ...(to && { to }), ...(owner && { owner }), ...(team && { team }) }
  const progress = useQuery({
    queryKey: ['figures', 'targets', JSON.stringify(body)],
    queryFn: () => api<Progress>('POST', '/targets/progress', { body }),
  })
  const items = progress.data?.items ?? []
  const figure = (amount: string | null | undefined, currency: string | null) =>
    amount === null || amount === undefined
      ? '—'
      : currency
        ? formatMoney({ amount, currency }, lang)
        : formatNumber(amount, lang)
  return (
    <section>
      <header className="mb-2 flex items-center gap-2">
        <h2 className="font-semibold">{g('targets')}</h2>
        {object?.operations.includes('create') && (
          <Button size="sm" className="ml-auto" icon={<Plus size={13} />} onClick={() => setCreating(true)}>
            {g('newTarget')}
          </Button>
        )}
      </header>
      {!progress.isPending && !items.length && <Notice icon={<Goal size={18} />} text={g('noTargets')} />}
      <ul className="grid grid-cols-2 gap-3 max-md:grid-cols-1">
        {items.map(item => (
          <li key={item.id} className="rounded-xl border border-line p-3.5 shadow-1">
            <div className="flex items-baseline gap-2">
              <Link to={`/o/target/${item.id}`} className="min-w-0 truncate font-medium hover:underline">
                {item.name}
              </Link>
              {item.onPace !== undefined && (
                <span
                  className="ml-auto flex-none rounded-md px-1.5 py-0.5 text-xs font-medium"
                  style={{
                    background: item.onPace ? 'var(--pos-soft)' : 'var(--warn-soft)',
                    color: item.onPace ? 'var(--pos)' : 'var(--warn)',
                  }}
                >
                  {g(item.onPace ? 'onPace' : 'behind')}
                </span>
              )}
            </div>
            <div className="relative mt-2 h-2 rounded-full bg-sunken">
              <span
                className="block h-full rounded-full"
                style={{ width: `${Math.min(100, Number(item.percent ?? 0))}%`, background: 'var(--c1)' }}
              />
              <span
                className="absolute -top-0.5 h-3 w-0.5 rounded bg-ink-3"
                style={{ left: `${Math.min(100, Number(item.pace))}%` }}
                title={g('pace', { p: formatNumber(item.pace, lang) })}
              />
            </div>
            <p className="num mt-1.5 flex flex-wrap gap-x-3 text-xs text-ink-2">
              <Link to={listOf(item.drill)} className="font-semibold text-ink hover:underline">
                {figure(item.reached, item.currency)}
              </Link>
              <span>
                {g('goal')} {figure(item.goal, item.currency)}
              </span>
              {item.percent && <span>{formatNumber(item.percent, lang)}%</span>}
            </p>
            {item.splitDiffers && (
              <p className="mt-1 text-xs text-neg">{g('splitDiffers', { n: figure(item.split, item.currency) })}</p>
            )}
          </li>
        ))}
      </ul>
      {creating && object && (
        <Suspense>
          <CreateForm
            object={object}
            given={{ ...(from && { startsOn: from }), ...(to && { endsOn: to }) }}
            onClose={() => setCreating(false)}
            onCreated={() => progress.refetch()}
          />
        </Suspense>
      )}
    </section>
  )
}
