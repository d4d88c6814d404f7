import { lazy, Suspense } from 'react'
import type { Filter } from '../../platform/types'
import type { Analysis } from './analysis'
import type { Groups } from './groups'
import { PivotTable } from './pivotTable'
import { useAnalysisWords } from './words'

const Chart = lazy(() => import('./chart'))
const ProvinceMap = lazy(() => import('./provinceMap'))

interface Props {
  kind: Analysis['kind'] | 'rows'
  groups: Groups
  /** In pixels; the chart's own height without it. */
  height?: number
  /** Shows the records that these filters leave. */
  onPick: (filters: Filter[]) => void
}

/** Groups as a chart, a map or a table, each mark leading to the records behind it. */
export function GroupChart({ kind, groups, height, onPick }: Props) {
  const { w, lang } = useAnalysisWords()
  const { by, by2, labels, series } = groups
  if (!by) return null
  const pick = (row: number, column: number) => onPick(groups.filtersOf(row, column))
  if (kind === 'table')
    return (
      <PivotTable
        labels={labels}
        columns={by2 ? series.map(one => one.name) : []}
        series={series.map(one => one.values)}
        title={by.labels[lang]}
        measure={groups.measureName}
        additive={groups.additive}
        format={groups.format}
        onPick={pick}
      />
    )
  if (kind === 'map')
    return (
      <Suspense fallback={<div className="h-96" aria-busy />}>
        <ProvinceMap
          labels={labels}
          values={labels.map((_, row) => series.reduce((sum, one) => sum + (one.values[row] ?? 0), 0))}
          format={groups.format}
          height={height}
          description={groups.description}
          elsewhere={(names, figure) => w('elsewhere', { names, figure })}
          onPick={rows => onPick(groups.filtersOfRows(rows))}
        />
      </Suspense>
    )
  return (
    <Suspense fallback={<div className="h-64" aria-busy />}>
      <Chart
        kind={kind}
        labels={labels}
        colors={groups.colors}
        series={series}
        format={groups.format}
        axis={groups.axis}
        description={groups.description}
        height={height}
        onPick={(row, column) => pick(row, by2 ? column : -1)}
      />
    </Suspense>
  )
}
