import { useInfiniteQuery } from '@tanstack/react-query'
import { ChevronDown, ChevronRight, History, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'react-router'
import { Value } from '../../fields/value'
import { api, ProblemError } from '../../platform/api'
import { formatMoment, formatNumber, formatRelative } from '../../platform/format'
import { useWords } from '../../platform/i18n'
import { useFunction, useObjects } from '../../platform/meta'
import type { FieldValue, Job, Link as LinkValue, ObjectDef } from '../../platform/types'
import { Face } from '../../ui/face'
import { ObjectIcon } from '../../ui/icon'
import { Button, Notice, Tag, Waiting } from '../../ui/kit'
import { toast } from '../../ui/toast'
import { TopBar } from '../../ui/topBar'
import { LoadFailure } from '../loadFailure'
import { useFollowedJob } from './jobs'
import { useBatchWords } from './words'

interface Batch {
  id: string
  kind: string
  object: string
  createdAt: string
  undoneAt: string | null
  actor: LinkValue
  counts: Record<string, number>
  more: boolean
}

interface Entry {
  object: string
  id: string
  name: string | null
  kind: string
  changes: { field: string; from: FieldValue; to: FieldValue }[]
}

/** Everything that changed many records at once, newest first, with what it changed and the way back. */
export function ChangesPage() {
  const { b } = useBatchWords()
  const caresForAll = useFunction('jobs')
  const [all, setAll] = useState(false)
  const query = useInfiniteQuery({
    queryKey: ['batches', all],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      api<{ items: Batch[]; next: string | null }>(
        'GET',
        `/batches?all=${all}${pageParam ? `&after=${pageParam}` : ''}`,
      ),
    getNextPageParam: page => page.next ?? undefined,
  })
  const batches = query.data?.pages.flatMap(page => page.items) ?? []
  return (
    <>
      <TopBar
        icon={<History size={16} />}
        title={b('changes')}
        right={
          caresForAll && (
            <Button kind={all ? 'soft' : 'line'} aria-pressed={all} onClick={() => setAll(v => !v)}>
              {b('everybody')}
            </Button>
          )
        }
      />
      <div className="min-h-0 flex-1 overflow-y-auto">
        {query.isSuccess && !batches.length && <Notice icon={<History size={18} />} text={b('none')} />}
        {query.isPending && <Waiting />}
        <LoadFailure />
        <ul>
          {batches.map(batch => (
            <BatchItem key={batch.id} batch={batch} />
          ))}
        </ul>
        {query.hasNextPage && (
          <div className="p-4 text-center">
            <Button onClick={() => query.fetchNextPage()}>{b('more')}</Button>
          </div>
        )}
      </div>
    </>
  )
}

function BatchItem({ batch }: { batch: Batch }) {
  const { b, known, label, lang } = useBatchWords()
  const object = useObjects().data?.get(batch.object)
  const [open, setOpen] = useState(false)
  const [result, setResult] = useState<Job>()
  const undo = useFollowedJob(setResult)
  const start = async () => {
    try {
      undo.follow((await api<{ job: Job }>('POST', `/batches/${batch.id}/undo`)).job.id)
    } catch (error) {
      toast.error(error instanceof ProblemError ? error.message : b('failed'))
    }
  }
  const counts = Object.entries(batch.counts)
    .map(([kind, n]) => known(`count.${kind}`).replace('{n}', formatNumber(n, lang) + (batch.more ? '+' : '')))
    .join(lang === 'en' ? ', ' : '，')
  return (
    <li className="border-b border-line">
      <div className="flex min-h-14 flex-wrap items-center gap-3 px-4 py-2">
        <button
          type="button"
          aria-expanded={open}
          aria-label={b('showChanges')}
          onClick={() => setOpen(v => !v)}
          className="grid size-8 flex-none place-items-center rounded-md text-ink-3 hover:bg-press max-md:size-11"
        >
          {open ? <ChevronDown size={16} /> : <ChevronRight size={16} />}
        </button>
        <span className="text-ink-3">
          <ObjectIcon name={object?.icon ?? ''} />
        </span>
        <span className="min-w-0 flex-1">
          <span className="font-medium">
            {known(`kind.${batch.kind}`)} · {object ? label(object.plural) : batch.object}
          </span>
          <span className="ml-2 text-ink-3">{counts}</span>
        </span>
        <span className="flex items-center gap-1.5 text-xs text-ink-3">
          <Face name={batch.actor.name ?? '—'} size={18} />
          {batch.actor.name}
          <time className="num" dateTime={batch.createdAt} title={formatMoment(batch.createdAt, lang)}>
            {formatRelative(batch.createdAt, lang)}
          </time>
        </span>
        {batch.undoneAt ? (
          <Tag color="gray">{b('undone')}</Tag>
        ) : (
          <Button size="sm" icon={<Undo2 size={13} />} disabled={undo.running} onClick={start}>
            {undo.running ? b('undoing') : b('undo')}
          </Button>
        )}
      </div>
      {result && <UndoResult job={result} />}
      {open && <BatchEntries id={batch.id} />}
    </li>
  )
}

function UndoResult({ job }: { job: Job }) {
  const { b, lang } = useBatchWords()
  const { undone = 0, conflicting = 0 } = (job.result ?? {}) as Record<string, number>
  if (job.state !== 'done') return <p className="px-16 pb-3 text-neg">{b('failed')}</p>
  return (
    <p role="status" className="px-16 pb-3 text-sm text-ink-2 max-md:px-4">
      {b('undoDone', { undone: formatNumber(undone, lang), conflicting: formatNumber(conflicting, lang) })}
    </p>
  )
}

function BatchEntries({ id }: { id: string }) {
  const { b } = useBatchWords()
  const objects = useObjects().data
  const query = useInfiniteQuery({
    queryKey: ['batch', id],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      api<{ entries: Entry[]; next: string | null }>('GET', `/batches/${id}${pageParam ? `?after=${pageParam}` : ''}`),
    getNextPageParam: page => page.next ?? undefined,
  })
  const entries = query.data?.pages.flatMap(page => page.entries) ?? []
  return (
    <div className="border-t border-line bg-surface-2 px-16 py-2 max-md:px-4">
      <ul>
        {entries.map((entry, i) => (
          <EntryLine key={`${entry.id}-${entry.kind}-${i}`} entry={entry} object={objects?.get(entry.object)} />
        ))}
      </ul>
      {query.hasNextPage && (
        <Button size="sm" onClick={() => query.fetchNextPage()}>
          {b('more')}
        </Button>
      )}
    </div>
  )
}

function EntryLine({ entry, object }: { entry: Entry; object?: ObjectDef }) {
  const { t, label } = useWords()
  return (
    <li className="flex min-h-8 flex-wrap items-center gap-x-2 gap-y-0.5 border-b border-line py-1 last:border-0">
      <Link to={`/o/${entry.object}/${entry.id}`} className="font-medium hover:underline">
        {entry.name ?? '—'}
      </Link>
      <span className="text-xs text-ink-3">{t(`change.${entry.kind}` as 'change.create')}</span>
      {entry.changes.map(change => {
        const field = object?.fields.find(f => f.name === change.field)
        return (
          field && (
            <span key={change.field} className="flex min-w-0 items-center gap-1 text-sm [&_.text-right]:!text-left">
              <span className="text-ink-3">{label(field.labels)}</span>
              <span className="flex max-w-52 min-w-0 line-through decoration-ink-4">
                <Value field={field} value={change.from} />
              </span>
              <ChevronRight size={12} className="flex-none text-ink-4" aria-hidden />
              <span className="flex max-w-52 min-w-0">
                <Value field={field} value={change.to} />
              </span>
            </span>
          )
        )
      })}
    </li>
  )
}
