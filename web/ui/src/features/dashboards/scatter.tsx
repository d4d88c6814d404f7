import { ScatterChart } from 'echarts/charts'
import { AriaComponent, GridComponent, TooltipComponent } from 'echarts/components'
import { use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useMemo } from 'react'
import { formatNumber, locale } from '../../platform/format'
import { useWords } from '../../platform/i18n'
import { useDark } from '../../platform/theme'
import { themeColors, useChart } from '../../records/analysis/chartBox'

use([ScatterChart, AriaComponent, GridComponent, TooltipComponent, SVGRenderer])

export interface Point {
  id: string
  name: string
  x: number
  y: number
}

interface Props {
  points: Point[]
  across: string
  up: string
  height: number
  onPick: (id: string) => void
}

/** Records as points by two of their figures. */
export default function Scatter({ points, across, up, height, onPick }: Props) {
  const dark = useDark()
  const { lang } = useWords()
  const description = `${up} · ${across}`
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme changes what the colours are
  const options = useMemo(() => {
    const color = themeColors()
    const text = { color: color('--ink-2'), fontFamily: color('--font'), fontSize: 12 }
    const compact = new Intl.NumberFormat(locale(lang), { notation: 'compact', maximumFractionDigits: 1 })
    const side = (name: string) => ({
      type: 'value',
      name,
      nameLocation: 'middle',
      nameGap: 28,
      nameTextStyle: { ...text, color: color('--ink-3') },
      axisLabel: { ...text, formatter: (value: number) => compact.format(value), hideOverlap: true },
      splitLine: { lineStyle: { color: color('--line') } },
    })
    return {
      animation: false,
      textStyle: text,
      aria: { enabled: true, label: { description } },
      grid: { left: 14, right: 16, top: 10, bottom: 24, containLabel: true },
      xAxis: side(across),
      yAxis: { ...side(up), name: '' },
      tooltip: {
        formatter: (at: { dataIndex: number }) => {
          const point = points[at.dataIndex]
          const box = document.createElement('div')
          box.textContent = point
            ? `${point.name} — ${up}: ${formatNumber(point.y, lang)}, ${across}: ${formatNumber(point.x, lang)}`
            : ''
          return box
        },
        backgroundColor: color('--surface'),
        borderColor: color('--line'),
        textStyle: { ...text, color: color('--ink') },
      },
      series: [
        {
          type: 'scatter',
          symbolSize: 9,
          data: points.map(point => [point.x, point.y]),
          itemStyle: { color: color('--indigo-d'), opacity: 0.62, borderColor: color('--surface'), borderWidth: 1 },
          cursor: 'pointer',
        },
      ],
    }
  }, [points, across, up, lang, dark])
  const box = useChart(options, event => {
    const point = points[event.dataIndex]
    if (point) onPick(point.id)
  })
  return <div ref={box} className="w-full" style={{ height }} role="img" aria-label={description} />
}
