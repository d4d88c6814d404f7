import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { lazy, Suspense, useMemo, useState } from 'react'
import { api } from '../../platform/api'
import { formatMoney, formatNumber } from '../../platform/format'
import type { FieldDef, Filter, ObjectDef } from '../../platform/types'
import { Button, box } from '../../ui/kit'
import {
  type Analysis,
  BUCKETS,
  both,
  figureOf,
  filterOf,
  filterOfAll,
  type GroupRow,
  groupable,
  groupField,
  isMapped,
  isTime,
  type Key,
  KINDS,
  keyId,
  keyLabel,
  measureOf,
  requestOf,
  summable,
} from './analysis'
import { useAnalysisWords } from './words'

const Chart = lazy(() => import('./chart'))
const ProvinceMap = lazy(() => import('./provinceMap'))
const MOST_GROUPS = 60

interface Props {
  object: ObjectDef
  analysis: Analysis
  filter: Filter | undefined
  q: string
  onChange: (analysis: Analysis | undefined) => void
  onFilter: (filter: Filter) => void
}

interface Cells {
  rows: Key[]
  columns: Key[]
  value: (row: number, column: number) => number
}

/** The list in figures: groups of it as a chart or a table, each leading to the records behind it. */
export default function AnalysisPanel({ object, analysis, filter, q, onChange, onFilter }: Props) {
  const { w, lang } = useAnalysisWords()
  const [chosenCurrency, setCurrency] = useState('')
  const request = requestOf(analysis, object, filter, q)
  const query = useQuery({
    queryKey: ['rows', object.name, 'aggregate', JSON.stringify(request)],
    queryFn: () => api<{ groups: GroupRow[] }>('POST', `/records/${object.name}/aggregate`, { body: request }),
    placeholderData: keepPreviousData,
    retry: false,
  })
  const by = groupField(object, analysis.by)
  const by2 = groupField(object, analysis.by2)
  const measure = measureOf(analysis)
  const summed = object.fields.find(f => f.name === measure.field)
  const groups = query.data?.groups ?? []
  const currencies = summed?.type === 'money' ? currenciesOf(groups, `${summed.name}.currency`) : []
  const currency = currencies.includes(chosenCurrency) ? chosenCurrency : (currencies[0] ?? '')
  const cells = useMemo(
    () =>
      arrange(
        groups,
        by,
        by2,
        analysis.measure,
        summed?.type === 'money' ? { path: `${summed.name}.currency`, code: currency } : undefined,
      ),
    [groups, by, by2, analysis.measure, summed, currency],
  )
  const format = useMemo(
    () => (value: number) =>
      summed?.type === 'money' && currency
        ? formatMoney({ amount: String(value), currency }, lang)
        : formatNumber(Math.round(value * 100) / 100, lang),
    [summed, currency, lang],
  )
  const axis = useMemo(() => {
    const money = summed?.type === 'money' && currency
    const style = money ? ({ style: 'currency', currency, currencyDisplay: 'narrowSymbol' } as const) : {}
    const compact = new Intl.NumberFormat(lang, { notation: 'compact', maximumFractionDigits: 1, ...style })
    return (value: number) => compact.format(value)
  }, [summed, currency, lang])
  if (!by) return null
  const textOf = (field: FieldDef, key: Key) => keyLabel(field, key, analysis.bucket, lang, w('none'))
  const labels = cells.rows.map(key => textOf(by, key))
  const series = (by2 ? cells.columns : [null]).map((key, column) => ({
    name: by2 ? textOf(by2, key) : '',
    values: cells.rows.map((_, row) => cells.value(row, column)),
  }))
  const pick = (row: number, column: number) => {
    const parts = [filterOf(by, cells.rows[row] ?? null, analysis.bucket ?? 'month')]
    if (by2 && column >= 0) parts.push(filterOf(by2, cells.columns[column] ?? null, analysis.bucket ?? 'month'))
    onFilter(both(filter, parts))
  }
  const measureName = summed ? w(measure.fn === 'sum' ? 'sum' : 'avg', { field: summed.labels[lang] }) : w('count')
  const description = w('describe', { measure: measureName, field: by.labels[lang] })
  return (
    <section aria-label={description} className="flex-none border-b border-line px-4 py-3">
      <Controls
        object={object}
        analysis={analysis}
        onChange={onChange}
        currencies={currencies}
        currency={currency}
        onCurrency={setCurrency}
      />
      {query.isPending && <div className="sk h-64 rounded-lg" aria-busy />}
      {query.isError && <p className="py-6 text-center text-neg">{query.error.message}</p>}
      {query.isSuccess && !cells.rows.length && <p className="py-6 text-center text-ink-3">{w('empty')}</p>}
      {cells.rows.length > 0 &&
        (analysis.kind === 'table' ? (
          <PivotTable
            labels={labels}
            columns={by2 ? series.map(one => one.name) : []}
            series={series.map(one => one.values)}
            title={by.labels[lang]}
            measure={measureName}
            additive={measure.fn !== 'avg'}
            format={format}
            onPick={pick}
          />
        ) : analysis.kind === 'map' ? (
          <Suspense fallback={<div className="h-96" aria-busy />}>
            <ProvinceMap
              labels={labels}
              values={cells.rows.map((_, row) => series.reduce((sum, one) => sum + (one.values[row] ?? 0), 0))}
              format={format}
              description={description}
              elsewhere={(names, figure) => w('elsewhere', { names, figure })}
              onPick={rows =>
                onFilter(
                  both(filter, [
                    filterOfAll(
                      by,
                      rows.map(row => cells.rows[row] ?? null),
                    ),
                  ]),
                )
              }
            />
          </Suspense>
        ) : (
          <Suspense fallback={<div className="h-64" aria-busy />}>
            <Chart
              kind={analysis.kind}
              labels={labels}
              colors={cells.rows.map(key => by.choices?.find(c => c.code === key)?.color)}
              series={series}
              format={format}
              axis={axis}
              description={description}
              onPick={(row, column) => pick(row, by2 ? column : -1)}
            />
          </Suspense>
        ))}
      {cells.rows.length > 0 && (
        <p className="mt-1 text-xs text-ink-3">
          {w('hint')} {cells.rows.length === MOST_GROUPS && w('truncated', { n: MOST_GROUPS })}
        </p>
      )}
    </section>
  )
}

/** Currencies in the groups, the most frequent first. */
function currenciesOf(groups: GroupRow[], path: string) {
  const counts = new Map<string, number>()
  for (const group of groups) {
    const code = group[path]
    if (typeof code === 'string') counts.set(code, (counts.get(code) ?? 0) + 1)
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([code]) => code)
}

/** Groups as rows and columns: choices in their own order, times in theirs, everything else the largest first. */
function arrange(
  groups: GroupRow[],
  by: FieldDef | undefined,
  by2: FieldDef | undefined,
  measure: string,
  only?: { path: string; code: string },
): Cells {
  if (!by) return { rows: [], columns: [], value: () => 0 }
  const kept = only ? groups.filter(group => group[only.path] === only.code) : groups
  const values = new Map<string, number>()
  const totals = new Map<string, number>()
  const rowKeys = new Map<string, Key>()
  const columnKeys = new Map<string, Key>()
  for (const group of kept) {
    const row = group[by.name] as Key
    const column = by2 ? (group[by2.name] as Key) : null
    const figure = figureOf(group, measure)
    rowKeys.set(keyId(row), row)
    columnKeys.set(keyId(column), column)
    values.set(`${keyId(row)}\u0000${keyId(column)}`, figure)
    totals.set(`r${keyId(row)}`, (totals.get(`r${keyId(row)}`) ?? 0) + figure)
    totals.set(`c${keyId(column)}`, (totals.get(`c${keyId(column)}`) ?? 0) + figure)
  }
  const rows = order(by, rowKeys, totals, 'r')
  const columns = by2 ? order(by2, columnKeys, totals, 'c').slice(0, 12) : [...columnKeys.keys()]
  return {
    rows: rows.map(id => rowKeys.get(id) ?? null),
    columns: columns.map(id => columnKeys.get(id) ?? null),
    value: (row, column) => values.get(`${rows[row]}\u0000${columns[column]}`) ?? 0,
  }
}

function order(field: FieldDef, keys: Map<string, Key>, totals: Map<string, number>, prefix: string) {
  const ids = [...keys.keys()]
  if (field.choices) {
    const place = (id: string) => {
      const index = field.choices?.findIndex(c => c.code === id) ?? -1
      return index < 0 ? Number.MAX_SAFE_INTEGER : index
    }
    return ids.sort((a, b) => place(a) - place(b))
  }
  if (isTime(field)) return ids.sort().slice(-MOST_GROUPS)
  return ids.sort((a, b) => (totals.get(prefix + b) ?? 0) - (totals.get(prefix + a) ?? 0)).slice(0, MOST_GROUPS)
}

interface ControlsProps {
  object: ObjectDef
  analysis: Analysis
  onChange: (analysis: Analysis | undefined) => void
  currencies: string[]
  currency: string
  onCurrency: (code: string) => void
}

function Controls({ object, analysis, onChange, currencies, currency, onCurrency }: ControlsProps) {
  const { w, label } = useAnalysisWords()
  const put = (part: Partial<Analysis>) => {
    const next = { ...analysis, ...part }
    onChange(next.kind === 'map' && !isMapped(next) ? { ...next, kind: 'bar' } : next)
  }
  const fields = groupable(object).map(f => [f.name, label(f.labels)] as [string, string])
  const sums = summable(object).flatMap(f => [
    [`sum(${f.name})`, w('sum', { field: label(f.labels) })] as [string, string],
    [`avg(${f.name})`, w('avg', { field: label(f.labels) })] as [string, string],
  ])
  const timed = [analysis.by, analysis.by2].some(name => isTime(groupField(object, name)))
  return (
    <div className="mb-2 flex flex-wrap items-center gap-2">
      <Pick label={w('groupBy')} value={analysis.by} options={fields} onChange={by => put({ by })} />
      <Pick
        label={w('second')}
        value={analysis.by2 ?? ''}
        options={[['', w('nothing')], ...fields.filter(([name]) => name !== analysis.by)]}
        onChange={by2 => put({ by2: by2 || undefined })}
      />
      {timed && (
        <Pick
          label={w('bucket')}
          value={analysis.bucket ?? 'month'}
          options={BUCKETS.map(code => [code, w(code)])}
          onChange={bucket => put({ bucket: bucket as Analysis['bucket'] })}
        />
      )}
      <Pick
        label={w('measure')}
        value={analysis.measure}
        options={[['count', w('count')], ...sums]}
        onChange={measure => put({ measure })}
      />
      {currencies.length > 1 && (
        <Pick
          label={w('currency')}
          value={currency}
          options={currencies.map(code => [code, code])}
          onChange={onCurrency}
        />
      )}
      <Pick
        label={w('chart')}
        value={analysis.kind}
        options={KINDS.filter(code => code !== 'map' || isMapped(analysis)).map(code => [code, w(code)])}
        onChange={kind => put({ kind: kind as Analysis['kind'] })}
      />
      <Button
        kind="ghost"
        size="sm"
        className="ml-auto"
        aria-label={w('close')}
        icon={<X size={14} />}
        onClick={() => onChange(undefined)}
      />
    </div>
  )
}

function Pick({
  label,
  value,
  options,
  onChange,
}: {
  label: string
  value: string
  options: [string, string][]
  onChange: (value: string) => void
}) {
  return (
    <label className="flex items-center gap-1.5 text-xs text-ink-3">
      {label}
      <select
        aria-label={label}
        className={`${box} !min-h-7 !w-auto max-w-44 !px-1.5 text-xs`}
        value={value}
        onChange={e => onChange(e.target.value)}
      >
        {options.map(([code, text]) => (
          <option key={code} value={code}>
            {text}
          </option>
        ))}
      </select>
    </label>
  )
}

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
function PivotTable({ labels, columns, series, title, measure, additive, format, onPick }: TableProps) {
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
