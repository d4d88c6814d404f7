import clsx from 'clsx'
import { Bell, CheckCheck } from 'lucide-react'
import { Link } from 'react-router'
import { formatDay, formatMoment, formatRelative } from '../../platform/format'
import { useObjects } from '../../platform/meta'
import type { ObjectDef } from '../../platform/types'
import { ObjectIcon } from '../../ui/icon'
import { Button, Notice, Skeleton } from '../../ui/kit'
import { TopBar } from '../../ui/topBar'
import { type Told, useInbox, useMarkRead } from './inbox'
import { useNotificationWords } from './words'

const DAY = /^\d{4}-\d{2}-\d{2}$/

/** What somebody has been told, the newest first. */
export function NotificationsPage() {
  const { n } = useNotificationWords()
  const inbox = useInbox()
  const markRead = useMarkRead()
  const items = inbox.data?.items ?? []
  return (
    <>
      <TopBar
        icon={<Bell size={16} />}
        title={n('notifications')}
        right={
          <Button
            kind="ghost"
            icon={<CheckCheck size={15} />}
            disabled={!inbox.data?.unread}
            aria-label={n('allRead')}
            onClick={() => markRead()}
          >
            <span className="max-md:hidden">{n('allRead')}</span>
          </Button>
        }
      />
      <div className="min-h-0 flex-1 overflow-y-auto">
        {inbox.isPending && (
          <div className="flex flex-col gap-4 p-5" aria-busy>
            <Skeleton width="60%" height={16} />
            <Skeleton width="45%" height={16} />
          </div>
        )}
        {inbox.isError && (
          <Notice icon={<Bell size={18} />} text={inbox.error.message}>
            <Button onClick={() => inbox.refetch()}>{n('retry')}</Button>
          </Notice>
        )}
        {inbox.isSuccess && !items.length && <Notice icon={<Bell size={18} />} text={n('nothing')} />}
        <ul className="mx-auto max-w-[760px]">
          {items.map(told => (
            <ToldItem key={told.id} told={told} onOpen={() => !told.read && markRead([told.id])} />
          ))}
        </ul>
      </div>
    </>
  )
}

/** A report that is ready is made with the reader's own rights; everything else is a record. */
const addressOf = (told: Told) =>
  told.kind === 'report-ready' ? `/reports/${told.details.report}` : `/o/${told.object}/${told.record.id}`

/** The day or moment that it is about, or what was answered; nothing where the words say it all. */
function Detail({ told, object }: { told: Told; object: ObjectDef | undefined }) {
  const { lang, label } = useNotificationWords()
  const [name, value] = Object.entries(told.details)[0] ?? []
  if (!value || told.kind === 'task-due' || told.kind === 'next-step') return null
  if (DAY.test(value)) return ` · ${formatDay(value, lang)}`
  if (told.kind.endsWith('-soon')) return ` · ${formatMoment(value, lang)}`
  const choice = object?.fields.find(field => field.name === name)?.choices?.find(one => one.code === value)
  return choice && told.kind === 'quote-answered' ? ` · ${label(choice.labels)}` : null
}

function ToldItem({ told, onOpen }: { told: Told; onOpen: () => void }) {
  const { n, kind, lang } = useNotificationWords()
  const object = useObjects().data?.get(told.object)
  return (
    <li className="border-b border-line">
      <Link
        to={addressOf(told)}
        onClick={onOpen}
        className="flex min-h-14 items-center gap-3 px-4 py-2.5 hover:bg-hover"
      >
        <span className="grid size-8 flex-none place-items-center rounded-full bg-sunken text-ink-2">
          <ObjectIcon name={object?.icon ?? ''} size={15} />
        </span>
        <span className="min-w-0 flex-1">
          <span className={clsx('block truncate', told.read ? 'text-ink-2' : 'font-semibold')}>{told.record.name}</span>
          <span className="block truncate text-xs text-ink-3">
            {kind(told.kind)}
            <Detail told={told} object={object} />
          </span>
        </span>
        <time className="num flex-none text-xs text-ink-3" dateTime={told.at} title={formatMoment(told.at, lang)}>
          {formatRelative(told.at, lang)}
        </time>
        <span className="grid w-2 flex-none place-items-center">
          {!told.read && <i className="size-2 rounded-full bg-accent" title={n('unread', { n: 1 })} />}
        </span>
      </Link>
    </li>
  )
}
