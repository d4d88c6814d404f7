import { useQuery } from '@tanstack/react-query'
import { isEmpty, toText } from '../../fields/value'
import { api } from '../../platform/api'
import { formatMoment, formatRelative } from '../../platform/format'
import { useWords } from '../../platform/i18n'
import { shortMoney } from '../../platform/shortMoney'
import type { FieldDef, FieldValue, MoneyValue, ObjectDef, RecordItem } from '../../platform/types'
import { useRecordWords } from '../words'

const MOST = 4
const FIGURES = ['money', 'percent', 'whole', 'decimal']

/** Fields that say most at a glance: what is computed over the record's children first, then its amounts. */
export function highlightsOf(object: ObjectDef, item: RecordItem): FieldDef[] {
  const filled = object.fields.filter(
    field => FIGURES.includes(field.type) && !isEmpty(item[field.name]) && !field.traits.includes('sensitive'),
  )
  const rank = (field: FieldDef) => (amountOf(item[field.name]) === 0 ? 4 : 0) + kindRank(field)
  const kindRank = (field: FieldDef) =>
    field.rollUp ? 0 : field.type === 'money' ? 1 : field.formula || !field.writable ? 2 : 3
  return filled.sort((a, b) => rank(a) - rank(b)).slice(0, MOST)
}

const amountOf = (value: FieldValue) =>
  Number(value && typeof value === 'object' && 'amount' in value ? value.amount : value)

interface TimelinePage {
  items: { at: string; object: string }[]
}

/** The figures that say most about a record, and when something happened with it last. */
export function Highlights({ object, item }: { object: ObjectDef; item: RecordItem }) {
  const { label, lang } = useWords()
  const { w } = useRecordWords()
  const last = useQuery({
    queryKey: ['timeline', object.name, item.id, 'last'],
    enabled: object.layouts.timeline,
    queryFn: () => api<TimelinePage>('GET', `/records/${object.name}/${item.id}/timeline?limit=10`),
  })
  const fields = highlightsOf(object, item)
  const at = last.data?.items.find(entry => Date.parse(entry.at) <= Date.now())?.at
  if (!fields.length && !at) return null
  const shown = (field: FieldDef) => {
    const value = item[field.name]
    if (field.type === 'money') {
      const { amount, currency } = value as MoneyValue
      return shortMoney(Number(amount), currency, lang)
    }
    return toText(field, value, lang)
  }
  return (
    <dl className="mt-4 grid auto-cols-fr grid-flow-col overflow-hidden rounded-2xl border border-line bg-surface shadow-1 max-md:grid-flow-row max-md:grid-cols-2">
      {fields.slice(0, at ? MOST - 1 : MOST).map(field => (
        <div key={field.name} className="min-w-0 border-line px-4 py-3 md:not-first:border-l max-md:even:border-l">
          <dt className="truncate text-xs text-ink-3">{label(field.labels)}</dt>
          <dd
            className="num truncate text-lg font-semibold tracking-[-.015em]"
            title={toText(field, item[field.name], lang)}
          >
            {shown(field)}
          </dd>
        </div>
      ))}
      {at && (
        <div className="min-w-0 border-line px-4 py-3 md:not-first:border-l max-md:even:border-l">
          <dt className="truncate text-xs text-ink-3">{w('lastActivity')}</dt>
          <dd className="truncate text-lg font-semibold tracking-[-.015em]" title={formatMoment(at, lang)}>
            {formatRelative(at, lang)}
          </dd>
        </div>
      )}
    </dl>
  )
}
