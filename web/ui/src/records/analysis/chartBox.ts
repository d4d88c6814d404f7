import { type ECElementEvent, type ECharts, init } from 'echarts/core'
import { useEffect, useRef } from 'react'

/** Reads the theme's colours and fonts as they are now. */
export function themeColors() {
  const style = getComputedStyle(document.documentElement)
  return (name: string) => style.getPropertyValue(name).trim()
}

/** A box that a chart is drawn in as SVG and that it grows and shrinks with. @param options kept as long as they are the same */
export function useChart(options: object, onClick: (event: ECElementEvent) => void) {
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<ECharts>(null)
  const click = useRef(onClick)
  click.current = onClick

  useEffect(() => {
    if (!box.current) return
    const made = init(box.current, undefined, { renderer: 'svg' })
    chart.current = made
    made.on('click', event => click.current(event))
    const observer = new ResizeObserver(() => made.resize())
    observer.observe(box.current)
    return () => {
      observer.disconnect()
      made.dispose()
    }
  }, [])

  useEffect(() => {
    chart.current?.setOption(options as never, true)
  }, [options])
  return box
}
