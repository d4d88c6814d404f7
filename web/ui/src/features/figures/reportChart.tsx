import { lazy, Suspense, useMemo } from 'react'
import { useNavigate } from 'react-router'
import { formatNumber } from '../../platform/format'
import { shortMoney } from '../../platform/shortMoney'
import { cellText } from './cells'
import { Funnel } from './funnel'
import { listOf, type Report } from './scope'
import { useFigureWords } from './words'

const Chart = lazy(() => import('../../records/analysis/chart'))
const MOST_MARKS = 20

/** The drawn columns of a report; each mark leads to the records behind its row. */
export function ReportChart({ report, most = MOST_MARKS }: { report: Report; most?: number }) {
  const { g, lang } = useFigureWords()
  const navigate = useNavigate()
  const head = report.columns[0]
  const drawn = report.columns.filter(column => column.drawn)
  const rows = report.chart === 'line' ? report.rows.slice(-60) : report.rows.slice(0, most)
  const shape = useMemo(
    () => ({
      labels: rows.map(row => (head && cellText(head, row.cells[head.key], report.currency, lang)) || g('none')),
      colors: rows.map(() => (drawn.length === 1 ? 'indigo' : undefined)),
      series: drawn.map(column => ({
        name: column.label,
        values: rows.map(row => Number(row.cells[column.key] ?? 0)),
      })),
    }),
    [rows, head, drawn, report.currency, lang, g],
  )
  const type = drawn[0]?.type
  const open = (row: number) => {
    const drill = rows[row]?.drill
    if (drill) navigate(listOf(drill))
  }
  const text = (value: number) => cellText({ type: type ?? 'number' }, value, report.currency, lang)
  const short = (value: number) =>
    type === 'money' ? shortMoney(value, report.currency, lang) : formatNumber(value, lang)
  if (!rows.length || !drawn.length) return null
  if (report.chart === 'funnel') return <Funnel report={report} onPick={open} />
  return (
    <Suspense fallback={<div className="h-64" aria-busy />}>
      <Chart
        kind={report.chart === 'bar' && head?.type === 'text' && drawn.length === 1 ? 'rows' : report.chart}
        labels={shape.labels}
        colors={shape.colors}
        series={shape.series}
        format={text}
        axis={short}
        description={report.about}
        onPick={open}
      />
    </Suspense>
  )
}
