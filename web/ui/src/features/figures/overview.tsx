import { ArrowDownRight, ArrowUpRight, LayoutDashboard } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { formatNumber } from '../../platform/format'
import { shortMoney } from '../../platform/shortMoney'
import { Button, Notice, Skeleton } from '../../ui/kit'
import { TopBar } from '../../ui/topBar'
import { ReportChart } from './reportChart'
import { isBlank, type Report, type Scope, useReport, useScope } from './scope'
import { ScopeBar } from './scopeBar'
import { Spark } from './spark'
import { useFigureWords } from './words'

/** The sales dashboard: four figures, and the charts behind them. */
export function OverviewPage() {
  const { g } = useFigureWords()
  const state = useScope('year')
  const { scope } = state
  return (
    <>
      <TopBar icon={<LayoutDashboard size={16} />} title={g('overview')} />
      <ScopeBar state={state} />
      <div className="min-h-0 flex-1 overflow-y-auto bg-canvas p-4 max-md:p-3">
        <div className="mx-auto flex max-w-[1240px] flex-col gap-3">
          <Figures scope={scope} />
          <div className="grid grid-cols-5 gap-3 max-lg:grid-cols-1">
            <Tile
              name="trend"
              scope={scope}
              title={g('revenue')}
              hint={g('revenueHint')}
              className="col-span-3 max-lg:col-span-1"
            />
            <Tile
              name="funnel"
              scope={scope}
              title={g('funnel')}
              hint={g('funnelHint')}
              className="col-span-2 max-lg:col-span-1"
            />
          </div>
          <div className="grid grid-cols-3 gap-3 max-lg:grid-cols-1">
            <Tile name="leaderboard" scope={scope} title={g('performance')} hint={g('performanceHint')} most={8} />
            <Tile name="ageing" scope={scope} title={g('ageing')} hint={g('ageingHint')} />
            <Tile name="sources" scope={scope} title={g('sources')} hint={g('sourcesHint')} most={8} />
          </div>
        </div>
      </div>
    </>
  )
}

/** The period just before, as long as this one. */
function before(scope: Scope): Scope | undefined {
  if (!scope.from || !scope.to) return undefined
  const from = new Date(`${scope.from}T00:00:00Z`)
  const to = new Date(`${scope.to}T00:00:00Z`)
  const length = to.getTime() - from.getTime() + 86_400_000
  const day = (at: number) => new Date(at).toISOString().slice(0, 10)
  return { ...scope, from: day(from.getTime() - length), to: day(from.getTime() - 86_400_000) }
}

function Figures({ scope }: { scope: Scope }) {
  const { g, lang } = useFigureWords()
  const earlier = before(scope) ?? scope
  const compares = earlier !== scope
  const rate = useReport('winRate', scope)
  const rateBefore = useReport('winRate', earlier)
  const speed = useReport('velocity', scope)
  const speedBefore = useReport('velocity', earlier)
  const ageing = useReport('ageing', scope)
  const currency = rate.data?.currency ?? 'CNY'
  const total = (report: Report | undefined, key: string) => {
    const value = report?.totals[key]
    return value === null || value === undefined ? undefined : Number(value)
  }
  const open = ageing.data?.rows.reduce((sum, row) => sum + Number(row.cells.value ?? 0), 0)
  const series = (key: string) => rate.data?.rows.map(row => Number(row.cells[key] ?? 0)) ?? []
  const won = total(rate.data, 'value')
  const cycle = total(speed.data, 'medianCycle')
  const percent = total(rate.data, 'rate')
  return (
    <div className="grid grid-cols-4 gap-3 max-lg:grid-cols-2">
      <Kpi
        to="/reports/trend"
        label={g('won')}
        value={won === undefined ? undefined : shortMoney(won, currency, lang)}
        change={compares ? growth(won, total(rateBefore.data, 'value')) : undefined}
        spark={series('value')}
        pending={rate.isPending}
      />
      <Kpi
        to="/o/opportunity?layout=%7B%22kind%22%3A%22board%22%7D"
        label={g('openValue')}
        value={open === undefined ? undefined : shortMoney(open, currency, lang)}
        spark={[]}
        pending={ageing.isPending}
      />
      <Kpi
        to="/reports/winRate"
        label={g('winRate')}
        value={percent === undefined ? undefined : `${formatNumber(percent, lang)}%`}
        change={compares ? growth(percent, total(rateBefore.data, 'rate')) : undefined}
        spark={series('rate')}
        pending={rate.isPending}
      />
      <Kpi
        to="/reports/velocity"
        label={g('cycle')}
        value={cycle === undefined ? undefined : g('days', { n: formatNumber(cycle, lang) })}
        change={compares ? growth(cycle, total(speedBefore.data, 'medianCycle')) : undefined}
        lessIsBetter
        spark={[]}
        pending={speed.isPending}
      />
    </div>
  )
}

const growth = (now: number | undefined, then: number | undefined) =>
  now === undefined || !then ? undefined : ((now - then) * 100) / then

interface KpiProps {
  to: string
  label: string
  value?: string
  change?: number
  lessIsBetter?: boolean
  spark: number[]
  pending: boolean
}

function Kpi({ to, label, value, change, lessIsBetter, spark, pending }: KpiProps) {
  const { g, lang } = useFigureWords()
  const good = change !== undefined && (lessIsBetter ? change <= 0 : change >= 0)
  return (
    <Link to={to} className="flex gap-3 rounded-2xl border border-line bg-surface p-4 shadow-1 hover:border-line-2">
      <span className="min-w-0 flex-1">
        <span className="block truncate text-sm text-ink-2">{label}</span>
        <span className="num mt-0.5 block truncate text-2xl font-semibold tracking-[-.02em]">
          {pending ? <Skeleton width={90} height={22} /> : (value ?? '—')}
        </span>
        {change !== undefined && (
          <span className="mt-1 flex items-center gap-1.5 text-xs text-ink-3">
            <span
              className="num flex items-center gap-0.5 rounded-md px-1.5 py-0.5 font-medium"
              style={{
                background: good ? 'var(--pos-soft)' : 'var(--neg-soft)',
                color: good ? 'var(--pos)' : 'var(--neg)',
              }}
            >
              {change >= 0 ? <ArrowUpRight size={12} /> : <ArrowDownRight size={12} />}
              {formatNumber(Math.abs(change).toFixed(1), lang)}%
            </span>
            <span className="truncate max-xl:hidden">{g('vsBefore')}</span>
          </span>
        )}
      </span>
      {spark.length > 2 && <Spark values={spark} />}
    </Link>
  )
}

interface TileProps {
  name: string
  scope: Scope
  title: string
  hint: string
  most?: number
  className?: string
}

function Tile({ name, scope, title, hint, most, className = '' }: TileProps) {
  const { g } = useFigureWords()
  const report = useReport(name, scope)
  let body: ReactNode
  if (report.isPending) body = <Skeleton width="100%" height={220} />
  else if (report.isError)
    body = (
      <Notice icon={<LayoutDashboard size={18} />} text={report.error.message}>
        <Button onClick={() => report.refetch()}>{g('retry')}</Button>
      </Notice>
    )
  else if (isBlank(report.data)) body = <p className="py-16 text-center text-sm text-ink-3">{g('nothing')}</p>
  else body = <ReportChart report={report.data} most={most} />
  return (
    <section className={`min-w-0 rounded-2xl border border-line bg-surface p-4 shadow-1 ${className}`}>
      <header className="mb-2 flex items-start gap-2">
        <span className="min-w-0 flex-1">
          <h2 className="font-semibold">{title}</h2>
          <p className="truncate text-xs text-ink-3">{hint}</p>
        </span>
        <Link to={`/reports/${name}`} className="flex-none text-xs font-medium text-accent-ink hover:underline">
          {g('all')}
        </Link>
      </header>
      {body}
    </section>
  )
}
