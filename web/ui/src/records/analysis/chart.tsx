import { BarChart, FunnelChart, LineChart, PieChart } from 'echarts/charts'
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import { use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useMemo } from 'react'
import { useDark } from '../../platform/theme'
import { themeColors, useChart } from './chartBox'

use([
  BarChart,
  FunnelChart,
  LineChart,
  PieChart,
  AriaComponent,
  GridComponent,
  LegendComponent,
  TooltipComponent,
  SVGRenderer,
])

export interface Series {
  name: string
  values: number[]
}

interface Props {
  /** `rows` are bars that lie, for names that need room. */
  kind: 'bar' | 'rows' | 'line' | 'pie' | 'funnel'
  labels: string[]
  /** A colour of its own for some labels, such as a choice's. */
  colors: (string | undefined)[]
  series: Series[]
  format: (value: number) => string
  /** Short form for the axis. */
  axis?: (value: number) => string
  description: string
  /** In pixels. */
  height?: number
  onPick: (label: number, series: number) => void
}

const PALETTE = [
  '--indigo-d',
  '--sky-d',
  '--green-d',
  '--amber-d',
  '--violet-d',
  '--pink-d',
  '--teal-d',
  '--red-d',
  '--gray-d',
]

/** Axes of lying bars, the first at the top. */
const lying = (
  labels: string[],
  text: object,
  color: (name: string) => string,
  axis: (value: number) => string,
  legend: boolean,
) => ({
  grid: { left: 8, right: 20, top: legend ? 34 : 8, bottom: 4, containLabel: true },
  xAxis: {
    type: 'value',
    splitNumber: 4,
    axisLabel: { ...text, formatter: (value: number) => axis(value), hideOverlap: true },
    splitLine: { lineStyle: { color: color('--line') } },
  },
  yAxis: {
    type: 'category',
    inverse: true,
    data: labels,
    axisLabel: { ...text, width: 120, overflow: 'truncate' },
    axisLine: { show: false },
    axisTick: { show: false },
  },
})

/** A chart whose marks lead to what they stand for. Drawn as SVG, in the colours of the theme. */
export default function Chart({
  kind,
  labels,
  colors,
  series,
  format,
  axis = format,
  description,
  height,
  onPick,
}: Props) {
  const dark = useDark()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme changes what the colours are
  const options = useMemo(() => {
    const color = themeColors()
    const palette = PALETTE.map(color)
    const text = { color: color('--ink-2'), fontFamily: color('--font'), fontSize: 12 }
    // slices are told apart by colour; bars stand beside their names and need only one
    const other = (i: number) => palette[kind === 'pie' || kind === 'funnel' ? i % palette.length : 0]
    const own = colors.map((name, i) => (name ? color(`--${name}-d`) : other(i)))
    const shared = {
      animation: !matchMedia('(prefers-reduced-motion: reduce)').matches,
      animationDuration: 250,
      textStyle: text,
      color: palette,
      aria: { enabled: true, label: { description } },
      tooltip: {
        trigger: kind === 'pie' || kind === 'funnel' ? 'item' : 'axis',
        valueFormatter: (value: unknown) => format(Number(value)),
        backgroundColor: color('--surface'),
        borderColor: color('--line'),
        textStyle: { ...text, color: color('--ink') },
      },
      ...(series.length > 1 &&
        kind !== 'pie' &&
        kind !== 'funnel' && { legend: { top: 0, textStyle: text, type: 'scroll' } }),
    }
    const items = labels.map((name, i) => ({
      name,
      value: series[0]?.values[i] ?? 0,
      itemStyle: { color: own[i] },
    }))
    return kind === 'pie' || kind === 'funnel'
      ? {
          ...shared,
          series: [
            {
              type: kind,
              data: items,
              label: {
                color: text.color,
                formatter: (it: { name: string; value: number }) => `${it.name}  ${format(it.value)}`,
              },
              ...(kind === 'pie'
                ? { radius: ['42%', '72%'], minAngle: 2 }
                : { sort: 'none', left: '18%', width: '50%', gap: 3, minSize: '4%' }),
            },
          ],
        }
      : {
          ...shared,
          ...(kind === 'rows'
            ? lying(labels, text, color, axis, series.length > 1)
            : {
                grid: { left: 8, right: 16, top: series.length > 1 ? 34 : 14, bottom: 4, containLabel: true },
                xAxis: {
                  type: 'category',
                  data: labels,
                  axisLabel: { ...text, hideOverlap: true, width: 110, overflow: 'truncate' },
                  axisLine: { lineStyle: { color: color('--line-2') } },
                  axisTick: { show: false },
                },
                yAxis: {
                  type: 'value',
                  axisLabel: { ...text, formatter: (value: number) => axis(value) },
                  splitLine: { lineStyle: { color: color('--line') } },
                },
              }),
          series: series.map(one => ({
            name: one.name,
            type: kind === 'rows' ? 'bar' : kind,
            data:
              series.length === 1 && kind !== 'line'
                ? one.values.map((value, i) => ({ value, itemStyle: { color: own[i] } }))
                : one.values,
            ...(kind !== 'line' && {
              stack: 'all',
              barMaxWidth: kind === 'rows' ? 16 : 44,
              itemStyle: { borderRadius: series.length === 1 ? 4 : 0 },
            }),
            ...(kind === 'line' && { smooth: 0.2, symbolSize: 7, triggerLineEvent: true }),
            cursor: 'pointer',
          })),
        }
  }, [kind, labels, colors, series, format, axis, description, dark])
  const box = useChart(options, event => onPick(event.dataIndex, event.seriesIndex ?? 0))
  const usual = kind === 'rows' ? Math.max(140, labels.length * 30 + 40) : 256
  return <div ref={box} className="w-full" style={{ height: height ?? usual }} role="img" aria-label={description} />
}
