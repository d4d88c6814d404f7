import { useQuery } from '@tanstack/react-query'
import { ChevronRight, CloudOff } from 'lucide-react'
import { Value } from '../../fields/value'
import { api } from '../../platform/api'
import { formatMoment, formatRelative } from '../../platform/format'
import { useWords } from '../../platform/i18n'
import type { TextKey } from '../../platform/texts.en'
import type { FieldValue, Link, ObjectDef, RecordItem } from '../../platform/types'
import { Face } from '../../ui/face'
import { Button, Notice, Skeleton } from '../../ui/kit'

interface Entry {
  at: string
  actor: Link
  kind: string
  version: number
  changes: { field: string; from: FieldValue; to: FieldValue }[]
}

/** Who changed which field from what to what, newest first. */
export function HistoryList({ object, item }: { object: ObjectDef; item: RecordItem }) {
  const { t, lang } = useWords()
  const query = useQuery({
    queryKey: ['history', object.name, item.id],
    queryFn: () => api<{ items: Entry[] }>('GET', `/records/${object.name}/${item.id}/history?limit=100`),
  })
  const entries = query.data?.items ?? []
  if (query.isPending)
    return (
      <div className="flex flex-col gap-4 py-3" aria-busy>
        <Skeleton width="55%" />
        <Skeleton width="70%" />
      </div>
    )
  if (query.isError)
    return (
      <Notice icon={<CloudOff size={18} />} text={query.error.message}>
        <Button onClick={() => query.refetch()}>{t('retry')}</Button>
      </Notice>
    )
  if (query.isSuccess && !entries.length) return <p className="py-8 text-center text-ink-3">{t('noHistory')}</p>
  return (
    <ol className="flex flex-col gap-3">
      {entries.map(entry => (
        <li key={`${entry.version}-${entry.at}`} className="flex gap-3">
          <Face name={entry.actor.name ?? '—'} size={28} />
          <div className="min-w-0 flex-1 border-b border-line pb-3">
            <div className="flex items-baseline gap-1.5">
              <span className="font-medium">{entry.actor.name ?? '—'}</span>
              <span className="text-ink-3">{t(`change.${entry.kind}` as TextKey)}</span>
              <time
                className="num ml-auto flex-none text-xs text-ink-3"
                dateTime={entry.at}
                title={formatMoment(entry.at, lang)}
              >
                {formatRelative(entry.at, lang)}
              </time>
            </div>
            {entry.changes.map(change => (
              <ChangeLine key={change.field} object={object} change={change} />
            ))}
          </div>
        </li>
      ))}
    </ol>
  )
}

function ChangeLine({ object, change }: { object: ObjectDef; change: Entry['changes'][number] }) {
  const { label } = useWords()
  const field = object.fields.find(f => f.name === change.field)
  if (!field) return null
  return (
    <div className="mt-1 flex min-w-0 flex-wrap items-center gap-1.5 text-sm [&_.text-right]:!text-left">
      <span className="text-ink-3">{label(field.labels)}</span>
      <span className="flex max-w-64 min-w-0 line-through decoration-ink-4">
        <Value field={field} value={change.from} />
      </span>
      <ChevronRight size={13} className="flex-none text-ink-4" aria-hidden />
      <span className="flex max-w-64 min-w-0">
        <Value field={field} value={change.to} />
      </span>
    </div>
  )
}
