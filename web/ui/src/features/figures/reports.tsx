import { useQuery } from '@tanstack/react-query'
import { CalendarClock, ChartColumn, ChevronRight, Download, Printer } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { api } from '../../platform/api'
import { useObjects } from '../../platform/meta'
import { Button, linkLook, Menu, MenuItem, Notice, Skeleton } from '../../ui/kit'
import { TopBar } from '../../ui/topBar'
import { cellText } from './cells'
import { ReportChart } from './reportChart'
import { isBlank, listOf, type Report, type Scope, useReport, useScope } from './scope'
import { ScopeBar } from './scopeBar'
import { useFigureWords } from './words'

const CreateForm = lazy(() => import('../../records/createForm'))

interface Known {
  items: { name: string; title: string; about: string }[]
}

/** All reports that come ready. */
export function ReportsPage() {
  const { g, lang } = useFigureWords()
  const list = useQuery({ queryKey: ['figures', 'reports', lang], queryFn: () => api<Known>('GET', '/reports') })
  return (
    <>
      <TopBar
        icon={<ChartColumn size={16} />}
        title={g('reports')}
        right={
          <Link to="/o/reportSchedule" className={linkLook('line')}>
            <CalendarClock size={15} />
            <span className="max-md:sr-only">{g('schedules')}</span>
          </Link>
        }
      />
      <div className="min-h-0 flex-1 overflow-y-auto p-5 max-md:p-3">
        {list.isError && (
          <Notice icon={<ChartColumn size={18} />} text={list.error.message}>
            <Button onClick={() => list.refetch()}>{g('retry')}</Button>
          </Notice>
        )}
        <ul className="mx-auto grid max-w-[1100px] grid-cols-3 gap-3 max-lg:grid-cols-2 max-md:grid-cols-1">
          {(list.data?.items ?? []).map(report => (
            <li key={report.name}>
              <Link
                to={`/reports/${report.name}`}
                className="block h-full rounded-xl border border-line bg-surface p-4 shadow-1 hover:border-line-2 hover:shadow-2"
              >
                <span className="block font-semibold">{report.title}</span>
                <span className="mt-1 block text-sm text-ink-2">{report.about}</span>
              </Link>
            </li>
          ))}
        </ul>
      </div>
    </>
  )
}

/** One report: its chart, its table and the way to the records. */
export function ReportPage() {
  const { name = '' } = useParams()
  const { g } = useFigureWords()
  const state = useScope('year')
  const report = useReport(name, state.scope)
  return (
    <>
      <TopBar
        icon={<ChartColumn size={16} />}
        title={
          <>
            <Link to="/reports" className="font-normal text-ink-3 hover:text-ink">
              {g('reports')}
            </Link>
            <ChevronRight size={14} className="flex-none text-ink-4" aria-hidden />
            <span className="truncate">{report.data?.title ?? ''}</span>
          </>
        }
        right={<Exports name={name} title={report.data?.title ?? name} scope={state.scope} />}
      />
      <ScopeBar state={state} />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto max-w-[1100px] p-5 max-md:p-3">
          {report.isPending && <ReportSkeleton />}
          {report.isError && (
            <Notice icon={<ChartColumn size={18} />} text={report.error.message}>
              <Button onClick={() => report.refetch()}>{g('retry')}</Button>
            </Notice>
          )}
          {report.data && <ReportBody report={report.data} />}
        </div>
      </div>
    </>
  )
}

const ReportSkeleton = () => (
  <div className="flex flex-col gap-3" aria-busy>
    <Skeleton width="40%" height={16} />
    <Skeleton width="100%" height={240} />
    <Skeleton width="100%" height={120} />
  </div>
)

function Exports({ name, title, scope }: { name: string; title: string; scope: Scope }) {
  const { g } = useFigureWords()
  const schedule = useObjects().data?.get('reportSchedule')
  const [scheduling, setScheduling] = useState(false)
  const save = (format: 'csv' | 'xlsx') => {
    const query = new URLSearchParams({ ...scope, format } as Record<string, string>)
    location.assign(`/api/reports/${name}/file?${query}`)
  }
  return (
    <>
      <Button kind="ghost" aria-label={g('print')} icon={<Printer size={15} />} onClick={() => print()} />
      <Menu
        align="end"
        trigger={
          <Button kind="ghost" aria-label={g('export')} icon={<Download size={15} />}>
            <span className="max-md:hidden">{g('export')}</span>
          </Button>
        }
      >
        <MenuItem onSelect={() => save('csv')}>{g('csv')}</MenuItem>
        <MenuItem onSelect={() => save('xlsx')}>{g('xlsx')}</MenuItem>
        {schedule?.operations.includes('create') && (
          <MenuItem onSelect={() => setScheduling(true)}>{g('schedule')}</MenuItem>
        )}
      </Menu>
      {scheduling && schedule && (
        <Suspense>
          <CreateForm object={schedule} given={{ report: name, name: title }} onClose={() => setScheduling(false)} />
        </Suspense>
      )}
    </>
  )
}

const isNumber = (type: string) => type !== 'text' && type !== 'month'

/** What a report comes to beyond the totals of its columns, and how it is written. */
const BEYOND = {
  openDeals: 'count',
  winRate: 'percent',
  averageWon: 'money',
  cycle: 'days',
  medianCycle: 'days',
  perDay: 'money',
  contacts: 'count',
  won: 'count',
  value: 'money',
} as const

function Beyond({ report }: { report: Report }) {
  const { g, lang } = useFigureWords()
  const shown = (Object.keys(BEYOND) as (keyof typeof BEYOND)[]).filter(
    key => report.totals[key] != null && !report.columns.some(column => column.key === key),
  )
  if (!shown.length) return null
  return (
    <dl className="mb-4 grid grid-cols-[repeat(auto-fill,minmax(150px,1fr))] gap-3">
      {shown.map(key => (
        <div key={key} className="rounded-xl border border-line px-4 py-3 shadow-1">
          <dt className="truncate text-xs text-ink-3">{g(`beyond.${key}`)}</dt>
          <dd className="num mt-0.5 truncate text-[17px] font-semibold">
            {cellText({ type: BEYOND[key] }, report.totals[key], report.currency, lang)}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function ReportBody({ report }: { report: Report }) {
  const { g, lang } = useFigureWords()
  const navigate = useNavigate()
  const totals = report.columns.filter(column => column.key in report.totals)
  if (isBlank(report)) return <Notice icon={<ChartColumn size={18} />} text={g('nothing')} />
  return (
    <>
      <p className="mb-3 text-sm text-ink-2">{report.about}</p>
      <Beyond report={report} />
      <div className="rounded-xl border border-line p-4 shadow-1">
        <ReportChart report={report} />
      </div>
      <div className="mt-4 overflow-x-auto rounded-xl border border-line shadow-1">
        <table className="w-full text-sm">
          <thead className="bg-surface-2 text-xs text-ink-3">
            <tr>
              {report.columns.map(column => (
                <th
                  key={column.key}
                  scope="col"
                  className={`px-3 py-2 font-medium whitespace-nowrap ${isNumber(column.type) ? 'text-right' : 'text-left'}`}
                >
                  {column.label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {report.rows.map((row, i) => (
              <tr
                key={i}
                className={row.drill ? 'cursor-pointer border-t border-line hover:bg-hover' : 'border-t border-line'}
                onClick={() => row.drill && navigate(listOf(row.drill))}
              >
                {report.columns.map((column, at) => {
                  const text = cellText(column, row.cells[column.key], report.currency, lang)
                  return (
                    <td
                      key={column.key}
                      className={`px-3 py-2 ${isNumber(column.type) ? 'num text-right whitespace-nowrap' : 'max-w-72 truncate'}`}
                    >
                      {at === 0 && row.drill ? (
                        <Link
                          to={listOf(row.drill)}
                          className="font-medium hover:underline"
                          onClick={e => e.stopPropagation()}
                        >
                          {text || g('none')}
                        </Link>
                      ) : (
                        text
                      )}
                    </td>
                  )
                })}
              </tr>
            ))}
          </tbody>
          {totals.length > 0 && (
            <tfoot className="bg-surface-2 font-semibold">
              <tr className="border-t border-line-2">
                {report.columns.map((column, at) => (
                  <td
                    key={column.key}
                    className={`px-3 py-2 ${isNumber(column.type) ? 'num text-right whitespace-nowrap' : ''}`}
                  >
                    {column.key in report.totals
                      ? cellText(column, report.totals[column.key], report.currency, lang)
                      : at === 0
                        ? g('total')
                        : ''}
                  </td>
                ))}
              </tr>
            </tfoot>
          )}
        </table>
      </div>
    </>
  )
}
