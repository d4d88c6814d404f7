import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { toText } from '../../fields/value'
import { api } from '../../platform/api'
import { useWords } from '../../platform/i18n'
import type { FieldDef, FieldValue, Filter, ObjectDef } from '../../platform/types'

interface Props {
  object: ObjectDef
  fields: FieldDef[]
  filter: Filter | undefined
  q: string
  /** Whether the list is so long that adding it up takes a while, and waits to be asked for. */
  long: boolean
}

/** Sums of the list's number columns; amounts of several currencies are summed by currency. */
export function FooterTotals({ object, fields, filter, q, long }: Props) {
  const { t, label, lang } = useWords()
  const [asked, setAsked] = useState(false)
  const summed = fields.filter(f => ['money', 'whole', 'decimal'].includes(f.type)).slice(0, 4)
  const enabled = summed.length > 0 && (!long || asked)
  const query = useQuery({
    queryKey: ['rows', object.name, 'totals', summed.map(f => f.name).join(), JSON.stringify(filter), q],
    enabled,
    retry: false,
    queryFn: () => Promise.all(summed.map(field => total(object, field, filter, q))),
  })
  if (!summed.length) return null
  if (long && !asked)
    return (
      <button type="button" className="hover:text-ink hover:underline" onClick={() => setAsked(true)}>
        {t('addUp')}
      </button>
    )
  return summed.map((field, i) => (
    <span key={field.name} className="num truncate">
      {label(field.labels)} Σ{' '}
      <b className="font-medium text-ink-2">
        {(query.data?.[i] ?? []).map(value => toText(field, value, lang)).join(' + ') || '—'}
      </b>
    </span>
  ))
}

async function total(object: ObjectDef, field: FieldDef, filter: Filter | undefined, q: string) {
  const name = `sum(${field.name})`
  const { groups } = await api<{ groups: Record<string, FieldValue>[] }>('POST', `/records/${object.name}/aggregate`, {
    body: {
      ...(filter && { filter }),
      ...(q && { q }),
      ...(field.type === 'money' && { groupBy: [{ field: `${field.name}.currency` }] }),
      measures: [{ fn: 'sum', field: field.name }],
    },
  })
  return groups.map(group => group[name]).filter(value => value !== null && value !== undefined)
}
