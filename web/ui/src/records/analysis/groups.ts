import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { api } from '../../platform/api'
import { formatMoney, formatNumber, locale } from '../../platform/format'
import { useObjects } from '../../platform/meta'
import type { FieldDef, Filter, ObjectDef } from '../../platform/types'
import {
  type Analysis,
  figureOf,
  filterOf,
  filterOfAll,
  type GroupRow,
  groupField,
  isTime,
  type Key,
  keyId,
  keyLabel,
  measureOf,
  requestOf,
} from './analysis'
import { useAnalysisWords } from './words'

export const MOST_GROUPS = 60

interface Cells {
  rows: Key[]
  columns: Key[]
  value: (row: number, column: number) => number
}

/**
 * The groups of an analysis with everything a chart or table of them shows.
 *
 * @param chosenCurrency the currency in which sums of money are shown; the most frequent one if there is none such
 */
export function useGroups(
  object: ObjectDef,
  analysis: Analysis,
  filter: Filter | undefined,
  q: string,
  chosenCurrency = '',
) {
  const { w, lang } = useAnalysisWords()
  const objects = useObjects().data
  const plain = requestOf(analysis, object, filter, q)
  // stages come in the order of their pipeline, not of their figures
  const placed = placedBy(groupField(object, analysis.by), objects)
  const request = placed ? { ...plain, groupBy: [...plain.groupBy, { field: placed }] } : plain
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
  const groups = query.data?.groups ?? NO_GROUPS
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
        placed,
      ),
    [groups, by, by2, analysis.measure, summed, currency, placed],
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
    const compact = new Intl.NumberFormat(locale(lang), { notation: 'compact', maximumFractionDigits: 1, ...style })
    return (value: number) => compact.format(value)
  }, [summed, currency, lang])
  const textOf = (field: FieldDef, key: Key) => keyLabel(field, key, analysis.bucket, lang, w('none'))
  const labels = by ? cells.rows.map(key => textOf(by, key)) : []
  const series = (by2 ? cells.columns : [null]).map((key, column) => ({
    name: by2 ? textOf(by2, key) : '',
    values: cells.rows.map((_, row) => cells.value(row, column)),
  }))
  const measureName = summed ? w(measure.fn === 'sum' ? 'sum' : 'avg', { field: summed.labels[lang] }) : w('count')
  /** What the records of one mark have in common. @param column -1 for all of them */
  const filtersOf = (row: number, column: number): Filter[] => {
    if (!by) return []
    const parts = [filterOf(by, cells.rows[row] ?? null, analysis.bucket ?? 'month')]
    if (by2 && column >= 0) parts.push(filterOf(by2, cells.columns[column] ?? null, analysis.bucket ?? 'month'))
    return parts
  }
  /** The same for several rows at once. */
  const filtersOfRows = (rows: number[]): Filter[] =>
    by
      ? [
          filterOfAll(
            by,
            rows.map(row => cells.rows[row] ?? null),
          ),
        ]
      : []
  return {
    query,
    by,
    by2,
    labels,
    series,
    colors: cells.rows.map(key => by?.choices?.find(c => c.code === key)?.color),
    currencies,
    currency,
    format,
    axis,
    additive: measure.fn !== 'avg',
    measureName,
    description: by ? w('describe', { measure: measureName, field: by.labels[lang] }) : measureName,
    filtersOf,
    filtersOfRows,
  }
}

export type Groups = ReturnType<typeof useGroups>

const NO_GROUPS: GroupRow[] = []

/** The path to the place of a field's records among their own kind, as of stages within a pipeline. */
function placedBy(field: FieldDef | undefined, objects: Map<string, ObjectDef> | undefined) {
  const target = field?.type === 'lookup' && field.within ? objects?.get(field.target ?? '') : undefined
  return target?.fields.some(other => other.name === 'position') ? `${field?.name}.position` : undefined
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
  placed?: string,
): Cells {
  if (!by) return { rows: [], columns: [], value: () => 0 }
  const kept = only ? groups.filter(group => group[only.path] === only.code) : groups
  const values = new Map<string, number>()
  const totals = new Map<string, number>()
  const rowKeys = new Map<string, Key>()
  const columnKeys = new Map<string, Key>()
  const places = new Map<string, number>()
  for (const group of kept) {
    const row = group[by.name] as Key
    const column = by2 ? (group[by2.name] as Key) : null
    const figure = figureOf(group, measure)
    rowKeys.set(keyId(row), row)
    columnKeys.set(keyId(column), column)
    if (placed) places.set(keyId(row), Number(group[placed] ?? Number.MAX_SAFE_INTEGER))
    values.set(`${keyId(row)}\u0000${keyId(column)}`, figure)
    totals.set(`r${keyId(row)}`, (totals.get(`r${keyId(row)}`) ?? 0) + figure)
    totals.set(`c${keyId(column)}`, (totals.get(`c${keyId(column)}`) ?? 0) + figure)
  }
  const rows = placed
    ? [...rowKeys.keys()].sort((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0)).slice(0, MOST_GROUPS)
    : order(by, rowKeys, totals, 'r')
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
