import type { EventDropArg, EventInput } from '@fullcalendar/core'
import zhLocale from '@fullcalendar/core/locales/zh-cn'
import dayGridPlugin from '@fullcalendar/daygrid'
import interactionPlugin from '@fullcalendar/interaction'
import FullCalendar from '@fullcalendar/react'
import timeGridPlugin from '@fullcalendar/timegrid'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { CalendarDays, MapPin, Plus } from 'lucide-react'
import { lazy, Suspense, useMemo, useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { toast } from 'sonner'
import { api } from '../../platform/api'
import { useObjects } from '../../platform/meta'
import { useSession } from '../../platform/session'
import type { FieldValue, Filter, Link as LinkValue, Page, RecordItem } from '../../platform/types'
import { useIsPhone } from '../../records/list'
import { Button } from '../../ui/kit'
import { TopBar } from '../../ui/topBar'
import { useCalendarWords } from './words'

const CreateForm = lazy(() => import('../../records/createForm'))
const HOUR = 3_600_000
const NEGLECTED_AFTER = 30
/** The calendar draws anew whenever this is another list. */
const NO_EVENTS: EventInput[] = []
const PLUGINS = [timeGridPlugin, dayGridPlugin, interactionPlugin]
const LOCALES = [zhLocale]
const TOOLBAR = { left: 'prev,next today', center: 'title', right: 'timeGridDay,timeGridWeek,dayGridMonth' }

/** Where each object stands in time, and its colour. */
const KINDS = [
  { object: 'visit', at: 'plannedAt', end: undefined, color: 'teal' },
  { object: 'meeting', at: 'startsAt', end: 'endsAt', color: 'violet' },
  { object: 'call', at: 'startedAt', end: undefined, color: 'sky' },
  { object: 'task', at: 'dueOn', end: undefined, color: 'amber' },
] as const

/** Visits, meetings, calls and tasks of a week, moved by dragging. */
export function CalendarPage() {
  const { c, lang } = useCalendarWords()
  const navigate = useNavigate()
  const client = useQueryClient()
  const objects = useObjects().data
  const me = useSession().data?.user.id
  const phone = useIsPhone()
  const [everybody, setEverybody] = useState(false)
  const [range, setRange] = useState<[string, string]>()
  const [planning, setPlanning] = useState<Record<string, FieldValue>>()
  const events = useEvents(range, everybody ? undefined : me)
  const visit = objects?.get('visit')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language alone
  const buttons = useMemo(() => ({ today: c('today'), week: c('week'), day: c('day'), month: c('month') }), [lang])
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
      <TopBar
        icon={<CalendarDays size={16} />}
        title={c('calendar')}
        right={
          <>
            <Button kind={everybody ? 'soft' : 'ghost'} aria-pressed={everybody} onClick={() => setEverybody(e => !e)}>
              {c('everybody')}
            </Button>
            {visit?.operations.includes('create') && (
              <Button kind="solid" icon={<Plus size={14} />} onClick={() => setPlanning({})}>
                <span className="max-md:hidden">{c('newVisit')}</span>
              </Button>
            )}
          </>
        }
      />
      <div className="flex min-h-0 flex-1 max-lg:flex-col max-lg:overflow-y-auto">
        <div className="rapport-calendar min-h-0 min-w-0 flex-1 p-3 max-lg:min-h-[620px]">
          <FullCalendar
            key={`${lang}${phone}`}
            plugins={PLUGINS}
            initialView={phone ? 'timeGridDay' : 'timeGridWeek'}
            locales={LOCALES}
            locale={lang === 'zh-CN' ? 'zh-cn' : 'en-gb'}
            firstDay={1}
            nowIndicator
            dayMaxEvents={4}
            scrollTime="08:00:00"
            editable
            selectable
            height="100%"
            allDayText={lang === 'zh-CN' ? '全天' : 'All day'}
            headerToolbar={TOOLBAR}
            buttonIcons={false}
            buttonText={{ ...buttons, prev: '‹', next: '›' }}
            events={events}
            datesSet={info => {
              const [from, to] = [info.startStr.slice(0, 10), info.endStr.slice(0, 10)]
              setRange(old => (old?.[0] === from && old[1] === to ? old : [from, to]))
            }}
            eventClick={info => {
              const { kind, item } = info.event.extendedProps as { kind: (typeof KINDS)[number]; item: RecordItem }
              navigate(`/o/${kind.object}/${item.id}`)
            }}
            eventDrop={move}
            eventResize={info => move(info as unknown as EventDropArg)}
            dateClick={info => setPlanning({ plannedAt: info.date.toISOString() })}
          />
          <p className="sr-only">{c('hint')}</p>
        </div>
        <Neglected me={me} onPlan={account => setPlanning({ account })} />
      </div>
      {planning && visit && (
        <Suspense>
          <CreateForm object={visit} given={planning} onClose={() => setPlanning(undefined)} />
        </Suspense>
      )}
    </>
  )
}

function useEvents(range: [string, string] | undefined, owner: string | undefined): EventInput[] {
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
            body: { filter: { and }, sort: kind.at, limit: 500 },
          })
          return page.items.map(item => eventOf(kind, item))
        }),
      )
      return pages.flat()
    },
  })
  return query.data ?? NO_EVENTS
}

function eventOf(kind: (typeof KINDS)[number], item: RecordItem): EventInput {
  const at = String(item[kind.at])
  const who = (item.account as LinkValue | null)?.name ?? (item.contact as LinkValue | null)?.name
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

/** Accounts of mine with which nothing has happened for a month. */
const neglected = (me: string): Filter => ({
  and: [
    { field: 'owner', op: 'eq', value: me },
    ...['call', 'meeting', 'visit', 'note'].map(object => ({
      not: {
        exists: {
          object,
          via: 'account',
          filter: { field: 'createdAt', op: 'after', value: { relative: `-P${NEGLECTED_AFTER}D` } },
        },
      },
    })),
  ],
})

function Neglected({ me, onPlan }: { me: string | undefined; onPlan: (account: LinkValue) => void }) {
  const { c } = useCalendarWords()
  const filter = me ? neglected(me) : undefined
  const query = useQuery({
    queryKey: ['rows', 'account', 'neglected', me],
    enabled: !!me,
    queryFn: () =>
      api<Page>('POST', '/records/account/query', {
        body: { fields: ['name'], filter, sort: 'updatedAt', limit: 15 },
      }),
    staleTime: 60_000,
  })
  const items = query.data?.items ?? []
  return (
    <aside className="w-72 flex-none overflow-y-auto border-l border-line p-4 max-lg:w-full max-lg:border-t max-lg:border-l-0">
      <h2 className="mb-2 text-sm font-semibold">{c('neglected', { n: NEGLECTED_AFTER })}</h2>
      {!query.isPending && !items.length && <p className="text-sm text-ink-3">{c('nobody')}</p>}
      <ul className="flex flex-col">
        {items.map(item => (
          <li key={item.id} className="flex items-center gap-2 border-t border-line py-1.5 first:border-t-0">
            <Link to={`/o/account/${item.id}`} className="min-w-0 flex-1 truncate text-sm hover:underline">
              {String(item.name)}
            </Link>
            <Button
              kind="ghost"
              size="sm"
              aria-label={c('plan', { name: String(item.name) })}
              icon={<MapPin size={14} />}
              onClick={() => onPlan({ id: item.id, name: String(item.name) })}
            />
          </li>
        ))}
      </ul>
      {items.length > 0 && (
        <Link
          to={`/o/account?filter=${encodeURIComponent(JSON.stringify(filter))}`}
          className="mt-2 inline-block text-xs font-medium text-accent-ink hover:underline"
        >
          {c('all')}
        </Link>
      )}
    </aside>
  )
}
