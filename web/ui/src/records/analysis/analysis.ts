import type { FieldDef, Filter, Lang, Link, MoneyValue, ObjectDef } from '../../platform/types'

export const KINDS = ['bar', 'line', 'pie', 'funnel', 'table', 'map'] as const
export const BUCKETS = ['day', 'week', 'month', 'quarter', 'year'] as const

/** How a list is analysed; kept in the address and in saved views. */
export interface Analysis {
  kind: (typeof KINDS)[number]
  by: string
  bucket?: (typeof BUCKETS)[number]
  by2?: string
  /** `count`, `sum(field)` or `avg(field)` */
  measure: string
}

export type Key = string | number | boolean | null | Link
export type GroupRow = Record<string, unknown>

const TIMES = ['date', 'moment']
const NOT_GROUPED = ['longText', 'richText', 'tags', 'multiChoice', 'lookups', 'attachment', 'money', 'autoNumber']
const SUMMED = ['whole', 'decimal', 'percent', 'money', 'duration']

/** Parts of an address that records are grouped by, each as if it were a field. */
const ADDRESS_PARTS: [string, string, string][] = [
  ['city', 'city', '城市'],
  ['province', 'province', '省份'],
  ['country', 'country', '国家'],
]

const addressParts = (field: FieldDef): FieldDef[] =>
  ADDRESS_PARTS.map(([part, en, zh]) => ({
    ...field,
    name: `${field.name}.${part}`,
    labels: { en: `${field.labels.en}: ${en}`, 'zh-CN': `${field.labels['zh-CN']}：${zh}` },
  }))

/** What records can be grouped by. */
export const groupable = (object: ObjectDef) =>
  object.fields.filter(f => !NOT_GROUPED.includes(f.type)).flatMap(f => (f.type === 'address' ? addressParts(f) : [f]))

export const groupField = (object: ObjectDef, name: string | undefined) => groupable(object).find(f => f.name === name)

/** Whether the groups are places that the map of provinces can show. */
export const isMapped = (analysis: Analysis) => analysis.by.endsWith('.province')
export const summable = (object: ObjectDef) => object.fields.filter(f => SUMMED.includes(f.type))
export const isTime = (field: FieldDef | undefined) => !!field && TIMES.includes(field.type)

/** What a list is analysed by at first: a stage or another choice, else who owns it. */
export function firstAnalysis(object: ObjectDef): Analysis {
  const choice = object.fields.find(f => f.type === 'choice')
  return { kind: 'bar', by: choice?.name ?? 'owner', measure: 'count' }
}

export function readAnalysis(text: string | null | undefined, object: ObjectDef): Analysis | undefined {
  if (!text) return undefined
  try {
    const read = JSON.parse(text) as Analysis
    if (!groupField(object, read.by)) return undefined
    const kind = read.kind === 'map' && !isMapped(read) ? 'bar' : read.kind
    return { ...firstAnalysis(object), ...read, kind }
  } catch {
    return undefined
  }
}

export function measureOf(analysis: Analysis) {
  const match = /^(sum|avg)\((.+)\)$/.exec(analysis.measure)
  return match ? { fn: match[1] as 'sum' | 'avg', field: match[2] ?? '' } : { fn: 'count' as const }
}

export function requestOf(analysis: Analysis, object: ObjectDef, filter: Filter | undefined, q: string) {
  const by = groupField(object, analysis.by)
  const by2 = groupField(object, analysis.by2)
  const measure = measureOf(analysis)
  const summed = measure.field ? object.fields.find(f => f.name === measure.field) : undefined
  const key = (field: FieldDef) => ({
    field: field.name,
    ...(isTime(field) && { bucket: analysis.bucket ?? 'month' }),
  })
  return {
    ...(filter && { filter }),
    ...(q && { q }),
    groupBy: [
      ...(by ? [key(by)] : []),
      ...(by2 ? [key(by2)] : []),
      ...(summed?.type === 'money' ? [{ field: `${summed.name}.currency` }] : []),
    ],
    measures: [measure],
    limit: 2000,
  }
}

export const figureOf = (row: GroupRow, measure: string) => {
  const value = row[measure]
  if (value && typeof value === 'object') return Number((value as MoneyValue).amount)
  return Number(value ?? 0)
}

export const keyId = (key: Key | undefined) =>
  key === null || key === undefined ? '' : typeof key === 'object' ? key.id : String(key)

/** A group's key as people read it. */
export function keyLabel(field: FieldDef, key: Key, bucket: Analysis['bucket'], lang: Lang, none: string) {
  if (key === null || key === undefined || key === '') return none
  if (typeof key === 'object') return key.name ?? '—'
  if (field.type === 'choice') return field.choices?.find(c => c.code === key)?.labels[lang] ?? String(key)
  if (typeof key === 'boolean') return lang === 'zh-CN' ? (key ? '是' : '否') : key ? 'Yes' : 'No'
  if (field.type === 'address' && field.name.endsWith('.country')) return countryName(String(key), lang)
  if (!isTime(field)) return String(key)
  const day = new Date(`${String(key).slice(0, 10)}T00:00:00`)
  if (bucket === 'year') return String(day.getFullYear())
  if (bucket === 'quarter') return `${day.getFullYear()} Q${Math.floor(day.getMonth() / 3) + 1}`
  const style: Intl.DateTimeFormatOptions =
    (bucket ?? 'month') === 'month'
      ? { year: 'numeric', month: 'short' }
      : { year: 'numeric', month: 'short', day: 'numeric' }
  return new Intl.DateTimeFormat(lang === 'zh-CN' ? 'zh-CN' : 'en-GB', style).format(day)
}

function countryName(code: string, lang: Lang) {
  try {
    return new Intl.DisplayNames(lang, { type: 'region' }).of(code) ?? code
  } catch {
    return code
  }
}

function nextStart(day: Date, bucket: Analysis['bucket']) {
  const next = new Date(day)
  if (bucket === 'day') next.setDate(day.getDate() + 1)
  else if (bucket === 'week') next.setDate(day.getDate() + 7)
  else if (bucket === 'quarter') next.setMonth(day.getMonth() + 3)
  else if (bucket === 'year') next.setFullYear(day.getFullYear() + 1)
  else next.setMonth(day.getMonth() + 1)
  return next
}

const dayText = (date: Date) =>
  `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`

/** The filter whose records make up one group. */
export function filterOf(field: FieldDef, key: Key, bucket: Analysis['bucket']): Filter {
  const path = field.name
  if (key === null || key === undefined || key === '') return { field: path, op: 'isEmpty' }
  if (!isTime(field)) return { field: path, op: 'eq', value: typeof key === 'object' ? key.id : key }
  const start = String(key).slice(0, 10)
  const end = nextStart(new Date(`${start}T00:00:00`), bucket)
  return {
    and: [
      { field: path, op: 'gte', value: start },
      { field: path, op: 'lt', value: dayText(end) },
    ],
  }
}

/** The filter whose records make up several groups, such as one province under each of its names. */
export function filterOfAll(field: FieldDef, keys: Key[]): Filter {
  const [only] = keys
  if (keys.length === 1) return filterOf(field, only ?? null, undefined)
  return { field: field.name, op: 'in', value: keys.map(keyId) }
}

/** Both conditions, as the filter builder can show them. */
export function both(filter: Filter | undefined, more: Filter[]): Filter {
  const parts = [...(filter ? (Array.isArray(filter.and) ? (filter.and as Filter[]) : [filter]) : [])]
  for (const part of more) parts.push(...(Array.isArray(part.and) ? (part.and as Filter[]) : [part]))
  return parts.length === 1 && parts[0] ? parts[0] : { and: parts }
}
