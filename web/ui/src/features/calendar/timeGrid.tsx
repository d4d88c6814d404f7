import type { EventDropArg, EventInput } from '@fullcalendar/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { api } from '../../platform/api'
import { useObjects } from '../../platform/meta'
import type { Link, Page, RecordItem } from '../../platform/types'
import { sameRange, TimeCalendar } from '../../records/calendar/timeCalendar'
import { toast } from '../../ui/toast'
import { useCalendarWords } from './words'

const HOUR = 3_600_000
/** Appointments of a kind that are drawn; a day view shows those beyond. */
const MOST = 500
/** The calendar draws anew whenever this is another list. */
const NOTHING = { events: [] as EventInput[], more: false }

/** Where each object stands in time, and its colour. */
const KINDS = [
  { object: 'visit', at: 'plannedAt', end: undefined, color: 'teal' },
  { object: 'meeting', at: 'startsAt', end: 'endsAt', color: 'violet' },
  { object: 'call', at: 'startedAt', end: undefined, color: 'sky' },
  { object: 'task', at: 'dueOn', end: undefined, color: 'amber' },
] as const

/**
 * Days, weeks and months of appointments, moved by dragging. `owner` is whose (everybody's without one); `onPlan` gets
 * the moment (ISO 8601) that somebody clicked.
 */
export default function TimeGrid({ owner, onPlan }: { owner: string | undefined; onPlan: (at: string) => void }) {
  const { c } = useCalendarWords()
  const navigate = useNavigate()
  const client = useQueryClient()
  const [range, setRange] = useState<[string, string]>()
  const { events, more } = useEvents(range, owner)
  const move = async (change: EventDropArg) => {
    const { kind, item } = change.event.extendedProps as { kind: (typeof KINDS)[number]; item: RecordItem }
    const start = change.event.start
    if (!start) return
    const at = kind.object === 'task' ? change.event.startStr.slice(0, 10) : start.toISOString()
    const ends = kind.end && change.event.end ? { [kind.end]: change.event.end.toISOString() } : {}
    try {
      await api('PATCH', `/records/${kind.object}/${item.id}`, {
        version: item.version,
        body: { [kind.at]: at, ...ends },
      })
      toast(c('moved'))
    } catch (error) {
      change.revert()
      toast.error(error instanceof Error ? error.message : c('failed'))
    }
    client.invalidateQueries({ queryKey: ['rows'] })
  }
  return (
    <>
      {more && <p className="mb-2 text-xs text-ink-3">{c('more', { n: MOST })}</p>}
      <TimeCalendar
        view="timeGridWeek"
        editable
        selectable
        events={events}
        onRange={next => setRange(sameRange(next))}
        eventClick={info => {
          const { kind, item } = info.event.extendedProps as { kind: (typeof KINDS)[number]; item: RecordItem }
          navigate(`/o/${kind.object}/${item.id}`)
        }}
        eventDrop={move}
        eventResize={info => move(info as unknown as EventDropArg)}
        dateClick={info => onPlan(info.date.toISOString())}
      />
    </>
  )
}

function useEvents(
  range: [string, string] | undefined,
  owner: string | undefined,
): { events: EventInput[]; more: boolean } {
  const objects = useObjects().data
  const query = useQuery({
    queryKey: ['rows', 'calendar', range, owner],
    enabled: !!range && !!objects,
    queryFn: async () => {
      const pages = await Promise.all(
        KINDS.filter(kind => objects?.has(kind.object)).map(async kind => {
          const and = [
            { field: kind.at, op: 'gte', value: range?.[0] },
            { field: kind.at, op: 'lt', value: range?.[1] },
            ...(owner ? [{ field: 'owner', op: 'eq', value: owner }] : []),
          ]
          const page = await api<Page>('POST', `/records/${kind.object}/query`, {
            body: { filter: { and }, sort: kind.at, limit: MOST },
          })
          return { events: page.items.map(item => eventOf(kind, item)), more: page.next !== null }
        }),
      )
      return { events: pages.flatMap(page => page.events), more: pages.some(page => page.more) }
    },
  })
  return query.data ?? NOTHING
}

function eventOf(kind: (typeof KINDS)[number], item: RecordItem): EventInput {
  const at = String(item[kind.at])
  const who = (item.account as Link | null)?.name ?? (item.contact as Link | null)?.name
  const done = item.status === 'done' || item.status === 'cancelled'
  const allDay = kind.object === 'task'
  const end =
    kind.end && item[kind.end] ? String(item[kind.end]) : new Date(new Date(at).getTime() + HOUR).toISOString()
  return {
    id: `${kind.object}-${item.id}`,
    title: who ? `${item.name} · ${who}` : String(item.name),
    start: at,
    ...(!allDay && { end }),
    allDay,
    backgroundColor: `var(--${done ? 'gray' : kind.color}-b)`,
    textColor: `var(--${done ? 'gray' : kind.color}-f)`,
    borderColor: `var(--${done ? 'gray' : kind.color}-d)`,
    extendedProps: { kind, item },
  }
}
