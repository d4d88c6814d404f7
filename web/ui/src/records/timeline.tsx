import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { ArrowUp, Plus } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { Link } from 'react-router'
import { toast } from 'sonner'
import { toText } from '../fields/value'
import { api } from '../platform/api'
import { formatMoment, formatRelative } from '../platform/format'
import { useWords } from '../platform/i18n'
import { useObjects } from '../platform/meta'
import type { FieldValue, ObjectDef, RecordItem } from '../platform/types'
import { ObjectIcon } from '../ui/icon'
import { Button, Menu, MenuItem } from '../ui/kit'

const CreateForm = lazy(() => import('./createForm'))
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
}

interface TimelinePage {
  items: Entry[]
  next: string | null
}

/** Everything that happened with a record, newest first, and the place to add to it. */
export function Timeline({ object, item }: { object: ObjectDef; item: RecordItem }) {
  const { t, label } = useWords()
  const client = useQueryClient()
  const objects = useObjects().data ?? new Map<string, ObjectDef>()
  const [creating, setCreating] = useState<ObjectDef>()
  const key = ['timeline', object.name, item.id]
  const query = useInfiniteQuery({
    queryKey: key,
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      api<TimelinePage>(
        'GET',
        `/records/${object.name}/${item.id}/timeline?limit=30${pageParam && `&after=${encodeURIComponent(pageParam)}`}`,
      ),
    getNextPageParam: page => page.next ?? undefined,
  })
  const refresh = () => client.invalidateQueries({ queryKey: key })
  const entries = query.data?.pages.flatMap(page => page.items) ?? []
  const activities = [...objects.values()].filter(
    o => (o.group === 'activities' || holdsFile(o)) && o.operations.includes('create') && viaOf(o, object),
  )
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
      {query.isSuccess && entries.length === 0 && <p className="py-8 text-center text-ink-3">{t('noTimeline')}</p>}
      <ol>
        {entries.map((entry, i) => (
          <TimelineItem key={entry.object + entry.id} entry={entry} objects={objects} last={i === entries.length - 1} />
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

const viaOf = (activity: ObjectDef, target: ObjectDef) =>
  activity.fields.find(field => field.type === 'lookup' && field.target === target.name && field.writable)?.name

/** What a new activity takes over from the record that it is about: the link to it, its person and their address. */
function givenBy(activity: ObjectDef, object: ObjectDef, item: RecordItem): Record<string, FieldValue> {
  const given: Record<string, FieldValue> = {
    [viaOf(activity, object) ?? '']: { id: item.id, name: nameOf(object, item) },
  }
  const has = (name: string) => activity.fields.some(field => field.name === name && field.writable)
  if (has('contact') && object.name !== 'contact' && item.contact) given.contact = item.contact
  if (has('to') && typeof item.email === 'string') given.to = item.email
  return given
}

/** Files are added like activities, though they have no place of their own in the navigation. */
const holdsFile = (object: ObjectDef) => object.fields.some(field => field.type === 'attachment')

function nameOf(object: ObjectDef, item: RecordItem) {
  const field = object.fields.find(f => f.name === object.nameField)
  return field ? toText(field, item[field.name], 'en') : ''
}

function TimelineItem({ entry, objects, last }: { entry: Entry; objects: Map<string, ObjectDef>; last: boolean }) {
  const { lang, label } = useWords()
  const object = objects.get(entry.object)
  const hue = HUES[entry.object] ?? 'gray'
  const choice = object?.fields.flatMap(f => f.choices ?? []).find(c => c.code === entry.body)
  const body = choice ? label(choice.labels) : entry.body
  const repeated = entry.title && body?.startsWith(entry.title)
  return (
    <li className="relative flex gap-3 pb-4">
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
          <time
            className="num ml-auto flex-none text-xs text-ink-3"
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
      toast.error(error instanceof Error && error.message !== 'offline' ? error.message : t('offline'))
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
