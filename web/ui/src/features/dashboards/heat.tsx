import { HeatmapChart } from 'echarts/charts'
import { AriaComponent, GridComponent, TooltipComponent, VisualMapComponent } from 'echarts/components'
import { use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useMemo } from 'react'
import { useDark } from '../../platform/theme'
import type { Filter } from '../../platform/types'
import { themeColors, useChart } from '../../records/analysis/chartBox'
import type { Groups } from '../../records/analysis/groups'

use([HeatmapChart, AriaComponent, GridComponent, TooltipComponent, VisualMapComponent, SVGRenderer])

const MOST_ROWS = 14

/** Two groupings against each other: the stronger the colour, the larger the figure. */
export default function Heat({
  groups,
  height,
  onPick,
}: {
  groups: Groups
  height: number
  onPick: (filters: Filter[]) => void
}) {
  const dark = useDark()
  const { labels, series, format, axis, description } = groups
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme changes what the colours are
  const options = useMemo(() => {
    const color = themeColors()
    const text = { color: color('--ink-2'), fontFamily: color('--font'), fontSize: 12 }
    const rows = labels.slice(0, MOST_ROWS)
    const data = rows.flatMap((_, y) => series.map((one, x) => [x, y, one.values[y] ?? 0]))
    const most = Math.max(1, ...data.map(cell => cell[2] ?? 0))
    const side = { type: 'category', axisLine: { show: false }, axisTick: { show: false } }
    return {
      animation: false,
      textStyle: text,
      aria: { enabled: true, label: { description } },
      grid: { left: 8, right: 8, top: 4, bottom: 34, containLabel: true },
      tooltip: {
        formatter: (cell: { value: [number, number, number] }) => {
          const [x, y, figure] = cell.value
          const box = document.createElement('div')
          box.textContent = `${rows[y]} · ${series[x]?.name ?? ''}: ${format(figure)}`
          return box
        },
        backgroundColor: color('--surface'),
        borderColor: color('--line'),
        textStyle: { ...text, color: color('--ink') },
      },
      xAxis: { ...side, data: series.map(one => one.name), axisLabel: { ...text, hideOverlap: true } },
      yAxis: { ...side, inverse: true, data: rows, axisLabel: { ...text, width: 90, overflow: 'truncate' } },
      visualMap: {
        min: 0,
        max: most,
        orient: 'horizontal',
        left: 'center',
        bottom: 0,
        itemWidth: 10,
        itemHeight: 110,
        formatter: (value: number) => axis(value),
        textStyle: { ...text, fontSize: 11 },
        inRange: { color: [color('--accent-soft'), color('--accent')] },
      },
      series: [
        {
          type: 'heatmap',
          data,
          itemStyle: { borderColor: color('--surface'), borderWidth: 3, borderRadius: 6 },
          emphasis: { itemStyle: { borderColor: color('--ink-3') } },
          cursor: 'pointer',
        },
      ],
    }
  }, [labels, series, format, axis, description, dark])
  const box = useChart(options, event => {
    const [x, y] = event.value as [number, number, number]
    onPick(groups.filtersOf(y, groups.by2 ? x : -1))
  })
  return <div ref={box} className="w-full" style={{ height }} role="img" aria-label={description} />
}
