import { useAnalysisWords } from './words'

interface TableProps {
  labels: string[]
  columns: string[]
  series: number[][]
  title: string
  measure: string
  additive: boolean
  format: (value: number) => string
  onPick: (row: number, column: number) => void
}

/** The same figures as a table, with totals where figures add up. */
export function PivotTable({ labels, columns, series, title, measure, additive, format, onPick }: TableProps) {
  const { w } = useAnalysisWords()
  const heads = columns.length ? columns : [measure]
  const sum = (values: number[]) => values.reduce((a, b) => a + b, 0)
  const row = (i: number) => series.map(values => values[i] ?? 0)
  const wide = columns.length > 0 && additive
  const cell = 'num h-8 px-3 text-right'
  return (
    <div className="max-h-72 overflow-auto rounded-lg border border-line">
      <table className="w-full text-sm">
        <thead className="sticky top-0 bg-surface-2 text-xs text-ink-3">
          <tr>
            <th scope="col" className="h-8 px-3 text-left font-medium">
              {title}
            </th>
            {heads.map(name => (
              <th key={name} scope="col" className="px-3 text-right font-medium whitespace-nowrap">
                {name}
              </th>
            ))}
            {wide && (
              <th scope="col" className="px-3 text-right font-medium">
                {w('total')}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {labels.map((name, i) => (
            <tr key={name} className="border-t border-line hover:bg-hover">
              <th scope="row" className="h-8 max-w-60 truncate px-3 text-left font-normal">
                {name}
              </th>
              {row(i).map((value, j) => (
                <td key={heads[j]} className={cell}>
                  <button type="button" className="hover:underline" onClick={() => onPick(i, columns.length ? j : -1)}>
                    {format(value)}
                  </button>
                </td>
              ))}
              {wide && (
                <td className={`${cell} font-medium`}>
                  <button type="button" className="hover:underline" onClick={() => onPick(i, -1)}>
                    {format(sum(row(i)))}
                  </button>
                </td>
              )}
            </tr>
          ))}
        </tbody>
        {additive && (
          <tfoot className="sticky bottom-0 bg-surface-2">
            <tr className="border-t border-line font-medium">
              <th scope="row" className="h-8 px-3 text-left">
                {w('total')}
              </th>
              {series.map((values, j) => (
                <td key={heads[j]} className={cell}>
                  {format(sum(values))}
                </td>
              ))}
              {wide && <td className={cell}>{format(sum(series.flat()))}</td>}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  )
}
