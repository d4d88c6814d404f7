import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import clsx from 'clsx'
import { ArrowUp, CloudOff, Pin, PinOff, Plus, Search } from 'lucide-react'
import { lazy, Suspense, useDeferredValue, useState } from 'react'
import { Link } from 'react-router'
import { api } from '../../platform/api'
import { formatMoment, formatRelative } from '../../platform/format'
import { useWords } from '../../platform/i18n'
import { useObjects } from '../../platform/meta'
import type { ObjectDef, RecordItem } from '../../platform/types'
import { ObjectIcon } from '../../ui/icon'
import { Button, Menu, MenuItem, Notice, Skeleton } from '../../ui/kit'
import { toast } from '../../ui/toast'
import { useRecordWords } from '../words'
import { givenBy, viaOf } from './given'
import { Upcoming } from './upcoming'

const CreateForm = lazy(() => import('../createForm'))
const HUES: Record<string, string> = {
  note: 'amber',
  task: 'indigo',
  call: 'green',
  meeting: 'violet',
  visit: 'teal',
  mail: 'pink',
  order: 'sky',
  attachment: 'gray',
}

interface Entry {
  object: string
  id: string
  at: string
  title: string | null
  body: string | null
  by?: { id: string; name: string | null }
  pinned: boolean
}

interface TimelinePage {
  items: Entry[]
  next: string | null
}

/** Everything that happened with a record, newest first, what is planned above it, and the place to add to it. */
export function Timeline({ object, item }: { object: ObjectDef; item: RecordItem }) {
  const { t, label } = useWords()
  const { w } = useRecordWords()
  const client = useQueryClient()
  const objects = useObjects().data ?? new Map<string, ObjectDef>()
  const [creating, setCreating] = useState<ObjectDef>()
  const [kind, setKind] = useState('')
  const [typed, setTyped] = useState('')
  const q = useDeferredValue(typed.trim())
  const key = ['timeline', object.name, item.id]
  const path = `/records/${object.name}/${item.id}/timeline`
  const query = useInfiniteQuery({
    queryKey: [...key, kind, q],
    initialPageParam: '',
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam, signal }) =>
      api<TimelinePage>(
        'GET',
        `${path}?${new URLSearchParams({ limit: '30', ...(pageParam && { after: pageParam }), ...(kind && { objects: kind }), ...(q && { q }) })}`,
        { signal },
      ),
    getNextPageParam: page => page.next ?? undefined,
  })
  const pinned = useQuery({
    queryKey: [...key, 'pinned'],
    queryFn: () => api<TimelinePage>('GET', `${path}?pinned=true&limit=20`),
  })
  const refresh = () => client.invalidateQueries({ queryKey: key })
  const entries = query.data?.pages.flatMap(page => page.items) ?? []
  const kinds = [...objects.values()].filter(o => (o.group === 'activities' || holdsFile(o)) && viaOf(o, object))
  const activities = kinds.filter(o => o.operations.includes('create'))
  const narrowed = kind !== '' || q !== ''
  return (
    <div>
      <div className="mb-4 flex items-start gap-2">
        <NoteComposer object={object} item={item} onWritten={refresh} />
        <Menu align="end" trigger={<Button aria-label={t('add')} icon={<Plus size={15} />} />}>
          {activities.map(activity => (
            <MenuItem
              key={activity.name}
              icon={<ObjectIcon name={activity.icon} />}
              onSelect={() => setCreating(activity)}
            >
              {label(activity.labels)}
            </MenuItem>
          ))}
        </Menu>
      </div>
      <Upcoming object={object} item={item} />
      {(narrowed || entries.length > 0) && (
        <div className="mb-4 flex flex-wrap items-center gap-1">
          <KindFilter kinds={kinds} kind={kind} onKind={setKind} />
          <label className="ml-auto flex h-7 w-44 items-center gap-1.5 rounded-lg border border-transparent bg-sunken px-2 text-ink-3 focus-within:border-accent focus-within:bg-surface max-md:h-11 max-md:w-full">
            <Search size={13} aria-hidden />
            <input
              aria-label={w('searchTimeline')}
              placeholder={w('searchTimeline')}
              value={typed}
              maxLength={200}
              onChange={event => setTyped(event.target.value)}
              className="min-w-0 flex-1 bg-transparent text-xs text-ink outline-none placeholder:text-ink-3"
            />
          </label>
        </div>
      )}
      {!narrowed && !!pinned.data?.items.length && (
        <ol className="mb-2 border-b border-line">
          {pinned.data.items.map((entry, i) => (
            <TimelineItem
              key={entry.object + entry.id}
              entry={entry}
              objects={objects}
              last={i === pinned.data.items.length - 1}
              onChanged={refresh}
            />
          ))}
        </ol>
      )}
      {query.isPending && (
        <div className="flex flex-col gap-4 py-3" aria-busy>
          <Skeleton width="60%" />
          <Skeleton width="80%" />
          <Skeleton width="45%" />
        </div>
      )}
      {query.isError && (
        <Notice icon={<CloudOff size={18} />} text={query.error.message}>
          <Button onClick={() => query.refetch()}>{t('retry')}</Button>
        </Notice>
      )}
      {query.isSuccess && entries.length === 0 && (
        <p className="py-8 text-center text-ink-3">{narrowed ? w('nothingThere') : t('noTimeline')}</p>
      )}
      <ol>
        {entries.map((entry, i) => (
          <TimelineItem
            key={entry.object + entry.id}
            entry={entry}
            objects={objects}
            last={i === entries.length - 1}
            onChanged={refresh}
          />
        ))}
      </ol>
      {query.hasNextPage && (
        <Button kind="ghost" onClick={() => query.fetchNextPage()}>
          {t('loadMore')}
        </Button>
      )}
      {creating && (
        <Suspense>
          <CreateForm
            object={creating}
            given={givenBy(creating, object, item)}
            onClose={() => setCreating(undefined)}
            onCreated={refresh}
          />
        </Suspense>
      )}
    </div>
  )
}

function KindFilter({ kinds, kind, onKind }: { kinds: ObjectDef[]; kind: string; onKind: (kind: string) => void }) {
  const { label } = useWords()
  const { w } = useRecordWords()
  const look = (on: boolean) =>
    clsx(
      'h-7 rounded-lg px-2 text-xs font-medium max-md:h-11',
      on ? 'bg-accent-soft text-accent-ink' : 'text-ink-3 hover:bg-press hover:text-ink',
    )
  return (
    <fieldset className="flex flex-wrap gap-0.5" aria-label={w('filterTimeline')}>
      <button type="button" aria-pressed={!kind} className={look(!kind)} onClick={() => onKind('')}>
        {w('allKinds')}
      </button>
      {kinds.map(one => (
        <button
          key={one.name}
          type="button"
          aria-pressed={kind === one.name}
          className={look(kind === one.name)}
          onClick={() => onKind(kind === one.name ? '' : one.name)}
        >
          {label(one.plural)}
        </button>
      ))}
    </fieldset>
  )
}

/** Files are added like activities, though they have no place of their own in the navigation. */
const holdsFile = (object: ObjectDef) => object.fields.some(field => field.type === 'attachment')

interface ItemProps {
  entry: Entry
  objects: Map<string, ObjectDef>
  last: boolean
  onChanged: () => void
}

function TimelineItem({ entry, objects, last, onChanged }: ItemProps) {
  const { t, lang, label } = useWords()
  const { w } = useRecordWords()
  const object = objects.get(entry.object)
  const hue = HUES[entry.object] ?? 'gray'
  const choice = object?.fields.flatMap(f => f.choices ?? []).find(c => c.code === entry.body)
  const body = choice ? label(choice.labels) : entry.body
  const pinnable = object?.fields.some(f => f.name === 'pinned' && f.writable) && object.operations.includes('update')
  const pin = async () => {
    try {
      const now = await api<RecordItem>('GET', `/records/${entry.object}/${entry.id}?fields=pinned`)
      await api('PATCH', `/records/${entry.object}/${entry.id}`, {
        version: now.version,
        body: { pinned: !entry.pinned },
      })
      onChanged()
    } catch (error) {
      toast.error(error instanceof Error ? error.message : t('offline'))
    }
  }
  const repeated = entry.title && body?.startsWith(entry.title)
  return (
    <li className="group relative flex gap-3 pb-4">
      {!last && <i className="absolute top-8 bottom-0 left-[13.5px] w-px bg-line" />}
      <span
        className="grid size-7 flex-none place-items-center rounded-full"
        style={{ background: `var(--${hue}-b)`, color: `var(--${hue}-f)` }}
      >
        <ObjectIcon name={object?.icon ?? ''} size={14} />
      </span>
      <div className="min-w-0 flex-1 pt-[3px]">
        <div className="flex items-baseline gap-1.5">
          <Link to={`/o/${entry.object}/${entry.id}`} className="truncate font-medium hover:underline">
            {(!repeated && entry.title) || (object && label(object.labels))}
          </Link>
          <span className="flex-none text-xs text-ink-3">{entry.by?.name}</span>
          {pinnable && (
            <button
              type="button"
              aria-label={`${w(entry.pinned ? 'unpin' : 'pin')}: ${entry.title ?? label(object?.labels ?? { en: '', 'zh-CN': '' })}`}
              onClick={pin}
              className={clsx(
                'ml-auto grid size-6 flex-none place-items-center self-center rounded-md hover:bg-press max-md:size-11',
                entry.pinned
                  ? 'text-accent-ink'
                  : 'text-ink-3 opacity-0 group-hover:opacity-100 focus-visible:opacity-100 max-md:opacity-100',
              )}
            >
              {entry.pinned ? <PinOff size={13} /> : <Pin size={13} />}
            </button>
          )}
          <time
            className={clsx('num flex-none text-xs text-ink-3', !pinnable && 'ml-auto')}
            dateTime={entry.at}
            title={formatMoment(entry.at, lang)}
          >
            {formatRelative(entry.at, lang)}
          </time>
        </div>
        {body && (
          <div className="mt-1.5 rounded-xl border border-line bg-surface px-3.5 py-2.5 leading-relaxed break-words whitespace-pre-wrap text-ink-2 shadow-1">
            {body}
          </div>
        )}
      </div>
    </li>
  )
}

function NoteComposer({ object, item, onWritten }: { object: ObjectDef; item: RecordItem; onWritten: () => void }) {
  const { t } = useWords()
  const notes = useObjects().data?.get('note')
  const [text, setText] = useState('')
  const via = notes && viaOf(notes, object)
  if (!notes?.operations.includes('create') || !via) return null
  const write = async () => {
    if (!text.trim()) return
    try {
      await api('POST', '/records/note', { body: { body: text, [via]: item.id } })
      setText('')
      onWritten()
    } catch (error) {
      toast.error(error instanceof Error ? error.message : t('offline'))
    }
  }
  return (
    <form
      className="flex min-w-0 flex-1 items-end gap-2 rounded-xl border border-line-2 bg-surface p-1.5 pl-3 shadow-1 focus-within:border-accent"
      onSubmit={event => {
        event.preventDefault()
        write()
      }}
    >
      <textarea
        rows={1}
        aria-label={t('writeNote')}
        placeholder={t('writeNote')}
        value={text}
        onChange={e => setText(e.target.value)}
        onKeyDown={event => {
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) write()
        }}
        className="field-sizing-content max-h-40 min-h-7 flex-1 resize-none bg-transparent py-1 outline-none placeholder:text-ink-3"
      />
      <Button
        kind="solid"
        type="submit"
        size="sm"
        aria-label={t('save')}
        disabled={!text.trim()}
        icon={<ArrowUp size={14} />}
      />
    </form>
  )
}
