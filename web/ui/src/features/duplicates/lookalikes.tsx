import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import { writtenValues } from '../../fields/wire'
import { api } from '../../platform/api'
import type { FieldValue, ObjectDef } from '../../platform/types'
import { useSettled } from '../../ui/settled'
import { percent, type Reason, Reasons } from './reasons'
import { useDuplicateWords } from './words'

const COMPARED = ['personName', 'text', 'email', 'phone', 'address', 'date']

interface Candidate {
  id: string
  name: string | null
  probability: number
  reasons: Reason[]
}

/** Tells while a form is filled which records it looks like. */
export default function Lookalikes({ object, values }: { object: ObjectDef; values: Record<string, FieldValue> }) {
  const { d, lang } = useDuplicateWords()
  const compared = object.fields.filter(field => COMPARED.includes(field.type))
  const settled = useSettled(JSON.stringify(writtenValues(compared, values)))
  const found = useQuery({
    queryKey: ['lookalikes', object.name, settled],
    enabled: settled !== '{}',
    queryFn: () =>
      api<{ items: Candidate[] }>('POST', `/records/${object.name}/duplicates`, {
        body: { values: JSON.parse(settled) },
      }),
    retry: false,
  }).data?.items
  if (!found?.length) return null
  return (
    <section role="status" className="col-span-2 rounded-lg border border-line bg-warn-soft p-3 text-sm">
      <p className="mb-1 font-medium">{d('looksLike')}</p>
      <ul className="flex flex-col gap-1">
        {found.map(one => (
          <li key={one.id} className="flex flex-wrap items-center gap-2">
            <Link to={`/o/${object.name}/${one.id}`} target="_blank" className="font-medium underline">
              {one.name ?? '—'}
            </Link>
            <span className="num text-xs text-ink-2">{percent(one.probability, lang)}</span>
            <Reasons reasons={one.reasons.filter(reason => reason.points > 0)} />
          </li>
        ))}
      </ul>
    </section>
  )
}
