import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { ChevronRight, Gauge } from 'lucide-react'
import { lazy, type ReactNode, Suspense, useMemo, useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { toText } from '../../fields/value'
import { api, ProblemError } from '../../platform/api'
import { formatDay, formatNumber } from '../../platform/format'
import { useObjects } from '../../platform/meta'
import type { FieldValue, ObjectDef } from '../../platform/types'
import { Button, Notice, Waiting } from '../../ui/kit'
import { toast } from '../../ui/toast'
import { TopBar } from '../../ui/topBar'
import { ScanBar, useScan } from '../batches/scanBar'
import { LoadFailure } from '../loadFailure'
import { useQualityWords } from './words'

const Chart = lazy(() => import('../../records/analysis/chart'))

interface Snapshot {
  day: string
  records: number
  fresh: number
  completeness: number
  filled: Record<string, number>
}

interface Report {
  now?: Snapshot
  trend: Snapshot[]
  suggestions: Record<string, number>
}

interface Suggestion {
  id: string
  name: FieldValue
  field: string
  from: string | null
  to: string
}

const percent = (share: number, lang: string) =>
  new Intl.NumberFormat(lang, { style: 'percent', maximumFractionDigits: 1 }).format(share)

const listOf = (object: ObjectDef, filter: unknown) =>
  `/o/${object.name}?filter=${encodeURIComponent(JSON.stringify(filter))}`

/** How complete, fresh and unique an object's records are, and what could be put right. */
export function QualityPage() {
  const objects = [...(useObjects().data?.values() ?? [])].filter(o => o.group === 'records')
  const [params] = useSearchParams()
  const object = objects.find(o => o.name === (params.get('object') ?? 'contact')) ?? objects[0]
  return object && <ObjectQuality key={object.name} objects={objects} object={object} />
}

function ObjectQuality({ objects, object }: { objects: ObjectDef[]; object: ObjectDef }) {
  const { y, lang } = useQualityWords()
  const scan = useScan(
    `/quality/${object.name}/scan`,
    ({ records = 0, suggestions = 0 }) =>
      toast(y('scanned', { records: formatNumber(records, lang), suggestions: formatNumber(suggestions, lang) })),
    y('failed'),
  )
  const action = scan.running ? y('scanning') : y('scan')
  return (
    <>
      <TopBar
        icon={<Gauge size={16} />}
        title={y('quality')}
        right={<ScanBar title={y('quality')} action={action} objects={objects} object={object} scan={scan} />}
      />
      <ReportView object={object} onScan={scan.start} />
    </>
  )
}

function ReportView({ object, onScan }: { object: ObjectDef; onScan: () => void }) {
  const { y } = useQualityWords()
  const query = useQuery({
    queryKey: ['quality', object.name],
    queryFn: () => api<Report>('GET', `/quality/${object.name}`),
  })
  if (query.isPending) return <Waiting />
  if (query.isError) return <LoadFailure />
  const report = query.data
  if (!report) return null
  if (!report.now)
    return (
      <Notice icon={<Gauge size={18} />} text={y('never')}>
        {object.operations.includes('mass') && <Button onClick={onScan}>{y('scan')}</Button>}
      </Notice>
    )
  return (
    <div className="min-h-0 flex-1 overflow-y-auto bg-canvas p-5 max-md:p-3">
      <div className="mx-auto flex max-w-5xl flex-col gap-4">
        <Figures object={object} now={report.now} />
        {report.trend.length > 1 && <Trend trend={report.trend} />}
        <div className="grid gap-4 lg:grid-cols-2">
          <Fields object={object} now={report.now} />
          <Card title={y('suggestions')}>
            {Object.keys(report.suggestions).length === 0 && (
              <p className="px-4 py-6 text-center text-ink-3">{y('noSuggestions')}</p>
            )}
            {Object.entries(report.suggestions).map(([kind, count]) => (
              <Kind key={kind} object={object} kind={kind} count={count} />
            ))}
          </Card>
        </div>
      </div>
    </div>
  )
}

const Card = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className="min-w-0 self-start overflow-hidden rounded-xl border border-line bg-surface shadow-1">
    <h2 className="border-b border-line px-4 py-2.5 font-semibold">{title}</h2>
    {children}
  </section>
)

function Figures({ object, now }: { object: ObjectDef; now: Snapshot }) {
  const { y, lang } = useQualityWords()
  const pairs = useQuery({
    queryKey: ['duplicates', object.name, 'count'],
    queryFn: () => api<{ count: number }>('GET', `/duplicates/${object.name}`),
    retry: false,
  }).data?.count
  const figure = (title: string, value: string, hint: string, to?: string) => (
    <div className="rounded-xl border border-line bg-surface p-4 shadow-1">
      <p className="text-xs text-ink-3">{title}</p>
      <p className="num text-2xl font-semibold tracking-[-.02em]">{value}</p>
      {to ? (
        <Link to={to} className="text-xs text-accent-ink underline">
          {hint}
        </Link>
      ) : (
        <p className="text-xs text-ink-3">{hint}</p>
      )}
    </div>
  )
  const stale = { field: 'updatedAt', op: 'lt', value: { relative: '-P365D' } }
  return (
    <div className="grid grid-cols-3 gap-4 max-md:grid-cols-1">
      {figure(y('completeness'), percent(now.completeness, lang), y('completenessHint'))}
      {figure(
        y('fresh'),
        percent(now.records ? now.fresh / now.records : 0, lang),
        `${y('freshHint')} · ${y('stale')}`,
        listOf(object, stale),
      )}
      {figure(
        y('unique'),
        pairs === undefined ? '—' : formatNumber(pairs, lang),
        y('uniqueHint'),
        `/duplicates?object=${object.name}`,
      )}
    </div>
  )
}

function Trend({ trend }: { trend: Snapshot[] }) {
  const { y, lang } = useQualityWords()
  const labels = useMemo(() => trend.map(day => formatDay(day.day, lang)), [trend, lang])
  const series = useMemo(
    () => [
      { name: y('completeness'), values: trend.map(day => day.completeness) },
      { name: y('fresh'), values: trend.map(day => (day.records ? day.fresh / day.records : 0)) },
    ],
    [trend, y],
  )
  return (
    <Card title={y('trend')}>
      <div className="p-3">
        <Suspense fallback={<div className="h-64" aria-busy />}>
          <Chart
            kind="line"
            labels={labels}
            colors={[]}
            series={series}
            format={share => percent(share, lang)}
            description={y('trendHint')}
            onPick={() => {}}
          />
        </Suspense>
      </div>
    </Card>
  )
}

function Fields({ object, now }: { object: ObjectDef; now: Snapshot }) {
  const { y, label, lang } = useQualityWords()
  const rows = Object.entries(now.filled)
    .map(([name, filled]) => ({ field: object.fields.find(f => f.name === name), filled }))
    .filter(row => row.field)
    .sort((a, b) => a.filled - b.filled)
  return (
    <Card title={y('byField')}>
      <p className="px-4 pt-2 text-xs text-ink-3">{y('records', { n: formatNumber(now.records, lang) })}</p>
      <ul className="py-1">
        {rows.map(({ field, filled }) => {
          if (!field) return null
          const share = now.records ? filled / now.records : 0
          return (
            <li key={field.name}>
              <Link
                to={listOf(object, { field: field.name, op: 'isEmpty' })}
                aria-label={y('showEmpty', { field: label(field.labels), n: formatNumber(filled, lang) })}
                className="grid min-h-8 grid-cols-[120px_1fr_56px] items-center gap-3 px-4 hover:bg-hover max-md:min-h-11"
              >
                <span className="truncate">{label(field.labels)}</span>
                <span className="h-2 overflow-hidden rounded-full bg-sunken">
                  <span
                    className="block h-full rounded-full"
                    style={{
                      width: `${share * 100}%`,
                      background: share > 0.8 ? 'var(--green-d)' : share > 0.4 ? 'var(--amber-d)' : 'var(--red-d)',
                    }}
                  />
                </span>
                <span className="num text-right text-xs text-ink-2">{percent(share, lang)}</span>
              </Link>
            </li>
          )
        })}
      </ul>
    </Card>
  )
}

function Kind({ object, kind, count }: { object: ObjectDef; kind: string; count: number }) {
  const { y, known, label, lang } = useQualityWords()
  const client = useQueryClient()
  const [open, setOpen] = useState(false)
  const query = useInfiniteQuery({
    queryKey: ['quality', object.name, kind],
    enabled: open,
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      api<{ items: Suggestion[]; next: string | null }>(
        'GET',
        `/quality/${object.name}/suggestions?kind=${kind}${pageParam ? `&after=${pageParam}` : ''}`,
      ),
    getNextPageParam: page => page.next ?? undefined,
  })
  const items = query.data?.pages.flatMap(page => page.items) ?? []
  const refresh = () => {
    for (const key of ['quality', 'rows', 'record']) client.invalidateQueries({ queryKey: [key] })
  }
  const apply = async (ids?: string[]) => {
    try {
      const { batch } = await api<{ batch?: string }>('POST', `/quality/${object.name}/apply`, {
        body: { kind, ...(ids && { ids }) },
      })
      refresh()
      toast(y('applied'), {
        ...(batch && {
          action: {
            label: y('undo'),
            onClick: () => api('POST', `/batches/${batch}/undo`).then(() => setTimeout(refresh, 1200)),
          },
        }),
      })
    } catch (error) {
      toast.error(error instanceof ProblemError ? error.message : y('failed'))
    }
  }
  const nameField = object.fields.find(f => f.name === object.nameField)
  return (
    <div className="border-b border-line last:border-0">
      <div className="flex min-h-11 items-center gap-2 px-4">
        <button
          type="button"
          aria-expanded={open}
          className="flex min-w-0 flex-1 items-center gap-2 text-left max-md:min-h-11"
          onClick={() => setOpen(v => !v)}
        >
          <ChevronRight size={14} className={`flex-none text-ink-3 ${open ? 'rotate-90' : ''}`} aria-hidden />
          <span className="truncate font-medium">{known(`kind.${kind}`)}</span>
          <span className="num text-ink-3">{formatNumber(count, lang)}</span>
        </button>
        {object.operations.includes('update') && (
          <Button size="sm" onClick={() => apply()}>
            {y('applyAll', { n: formatNumber(Math.min(count, 10_000), lang) })}
          </Button>
        )}
      </div>
      {open && (
        <ul className="border-t border-line bg-surface-2 py-1">
          {items.map(item => {
            const field = object.fields.find(f => f.name === item.field.split('.')[0])
            return (
              <li key={item.id + item.field} className="flex min-h-9 flex-wrap items-center gap-2 px-4">
                <Link to={`/o/${object.name}/${item.id}`} className="max-w-40 truncate font-medium hover:underline">
                  {nameField ? toText(nameField, item.name, lang) : item.id}
                </Link>
                <span className="text-xs text-ink-3">{field && label(field.labels)}</span>
                <span className="max-w-40 truncate text-neg line-through">{item.from ?? '—'}</span>
                <span className="max-w-44 truncate text-pos">{item.to}</span>
                <Button size="sm" className="ml-auto" onClick={() => apply([item.id])}>
                  {y('apply')}
                </Button>
              </li>
            )
          })}
          {query.hasNextPage && (
            <li className="px-4 py-2">
              <Button size="sm" onClick={() => query.fetchNextPage()}>
                {y('more')}
              </Button>
            </li>
          )}
        </ul>
      )}
    </div>
  )
}
