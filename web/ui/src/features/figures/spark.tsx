/** A small line without axes: only which way things go. */
export function Spark({ values }: { values: number[] }) {
  const low = Math.min(...values)
  const high = Math.max(...values)
  const x = (i: number) => 3 + (i * 84) / (values.length - 1)
  const y = (value: number) => (high === low ? 20 : 34 - ((value - low) * 28) / (high - low))
  const points = values.map((value, i) => `${x(i)},${y(value)}`).join(' ')
  const last = values.length - 1
  return (
    <svg width="90" height="40" viewBox="0 0 90 40" aria-hidden className="flex-none self-start max-xl:hidden">
      <polyline points={points} fill="none" stroke="var(--c1)" strokeWidth="1.8" strokeLinejoin="round" />
      <circle cx={x(last)} cy={y(values[last] ?? 0)} r="2.6" fill="var(--c1)" />
    </svg>
  )
}
