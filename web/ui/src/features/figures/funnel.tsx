import { formatNumber } from '../../platform/format'
import { cellText } from './cells'
import type { Report } from './scope'
import { useFigureWords } from './words'

const WIDTH = 800
const HEIGHT = 170

/** Stages side by side, each as high as the share of deals that reached it (ui.md: ECharts' own funnel looked cheap). */
export function Funnel({ report, onPick }: { report: Report; onPick: (row: number) => void }) {
  const { lang } = useFigureWords()
  const rows = report.rows
  const most = Math.max(1, ...rows.map(row => Number(row.cells.reached ?? 0)))
  const step = WIDTH / Math.max(1, rows.length)
  const half = (i: number) => (Math.max(0.02, Number(rows[i]?.cells.reached ?? 0) / most) * HEIGHT) / 2
  const middle = HEIGHT / 2
  const edge = (sign: number) =>
    rows.map((_, i) => {
      const x = i * step
      const y = middle + sign * half(i)
      const next = i + 1 < rows.length ? middle + sign * half(i + 1) : y
      return `L${x} ${y} L${x + step * 0.55} ${y} C${x + step * 0.8} ${y} ${x + step * 0.75} ${next} ${x + step} ${next}`
    })
  const mirrored = rows
    .map((_, i) => rows.length - 1 - i)
    .map(i => {
      const x = i * step
      const y = middle + half(i)
      const next = i + 1 < rows.length ? middle + half(i + 1) : y
      return `L${x + step} ${next} C${x + step * 0.75} ${next} ${x + step * 0.8} ${y} ${x + step * 0.55} ${y} L${x} ${y}`
    })
  const path = `M0 ${middle - half(0)} ${edge(-1).join(' ')} ${mirrored.join(' ')} Z`
  return (
    <div>
      <div className="grid" style={{ gridTemplateColumns: `repeat(${rows.length}, minmax(0, 1fr))` }}>
        {rows.map((row, i) => (
          <button
            key={i}
            type="button"
            onClick={() => onPick(i)}
            className="min-w-0 border-l border-line px-2 py-1 text-left first:border-l-0 hover:bg-hover"
          >
            <span className="block truncate text-xs text-ink-3">
              {cellText({ type: 'text' }, row.cells.stage, report.currency, lang)}
            </span>
            <span className="num block text-lg font-semibold tracking-[-.01em]">
              {formatNumber(Number(row.cells.reached ?? 0), lang)}
            </span>
            <span className="num block h-4 text-xs text-ink-3">
              {row.cells.onward !== null && row.cells.onward !== undefined
                ? `↳ ${formatNumber(Math.round(Number(row.cells.onward)), lang)}%`
                : ''}
            </span>
          </button>
        ))}
      </div>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="mt-2 block h-40 w-full"
        role="img"
        aria-label={report.about}
      >
        <defs>
          <linearGradient id="funnel-fill" x1="0" x2="1">
            <stop offset="0" stopColor="var(--c1)" />
            <stop offset="1" stopColor="var(--c2)" />
          </linearGradient>
        </defs>
        <path d={path} fill="url(#funnel-fill)" opacity="0.85" />
      </svg>
    </div>
  )
}
