import type { EventDropArg, EventInput } from '@fullcalendar/core'
import zhLocale from '@fullcalendar/core/locales/zh-cn'
import dayGridPlugin from '@fullcalendar/daygrid'
import interactionPlugin from '@fullcalendar/interaction'
import FullCalendar from '@fullcalendar/react'
import timeGridPlugin from '@fullcalendar/timegrid'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { toText } from '../../fields/value'
import { api } from '../../platform/api'
import { formatNumber } from '../../platform/format'
import { useDictionary } from '../../platform/i18n'
import { useIsPhone } from '../../platform/phone'
import type { FieldDef, Filter, ObjectDef, Page, RecordItem } from '../../platform/types'
import { both } from '../analysis/analysis'
import { useChangeField } from '../changes'
import type { ListState } from '../listState'
import { dateField } from './calendarFields'

const en = { day: 'Day', month: 'Month', more: 'Only the first {n} are drawn.', today: 'Today', week: 'Week' }
const zh: typeof en = { day: '日', month: '月', more: '仅显示前 {n} 条。', today: '今天', week: '周' }

const MOST = 500
const NOTHING: RecordItem[] = []
const PLUGINS = [timeGridPlugin, dayGridPlugin, interactionPlugin]
const LOCALES = [zhLocale]
const TOOLBAR = { left: 'prev,next today', center: 'title', right: 'timeGridDay,timeGridWeek,dayGridMonth' }

interface Props {
  object: ObjectDef
  state: ListState
  onOpen: (id: string) => void
  onCreate: (given: Record<string, string>) => void
}

/** The list's records where they lie in time, by any of their dates; dragging one gives it another. */
export default function CalendarLayout({ object, state, onOpen, onCreate }: Props) {
  const { w, lang } = useDictionary(en, zh)
  const phone = useIsPhone()
  const field = dateField(object, state.layout)
  const change = useChangeField(object.name)
  const [range, setRange] = useState<[string, string]>()
  const { items, more } = useDated(object, field, range, state.filter, state.q)
  const events = useMemo(
    () => (field ? items.map(item => eventOf(object, field, item, lang)) : []),
    [object, field, items, lang],
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language alone
  const buttons = useMemo(() => ({ today: w('today'), week: w('week'), day: w('day'), month: w('month') }), [lang])
  if (!field) return null
  const movable = field.writable && object.operations.includes('update')
  const move = ({ event }: EventDropArg) => {
    const item = event.extendedProps.item as RecordItem
    const at = field.type === 'date' ? event.startStr.slice(0, 10) : event.start?.toISOString()
    if (at) change(item, field, at)
  }
  return (
    <div className="rapport-calendar min-h-0 flex-1 p-3 max-lg:min-h-[560px]">
      {more && <p className="mb-2 text-xs text-ink-3">{w('more', { n: formatNumber(MOST, lang) })}</p>}
      <FullCalendar
        key={`${lang}${phone}${field.name}`}
        plugins={PLUGINS}
        initialView={phone ? 'timeGridDay' : 'dayGridMonth'}
        locales={LOCALES}
        locale={lang === 'zh-CN' ? 'zh-cn' : 'en-gb'}
        firstDay={1}
        nowIndicator
        dayMaxEvents={4}
        scrollTime="08:00:00"
        editable={movable}
        eventDurationEditable={false}
        height="100%"
        headerToolbar={TOOLBAR}
        buttonIcons={false}
        buttonText={{ ...buttons, prev: '‹', next: '›' }}
        events={events}
        datesSet={info => {
          const [from, to] = [info.startStr.slice(0, 10), info.endStr.slice(0, 10)]
          setRange(old => (old?.[0] === from && old[1] === to ? old : [from, to]))
        }}
        eventClick={info => {
          info.jsEvent.preventDefault()
          onOpen((info.event.extendedProps.item as RecordItem).id)
        }}
        eventDrop={move}
        dateClick={info =>
          field.writable &&
          object.operations.includes('create') &&
          onCreate({ [field.name]: field.type === 'date' ? info.dateStr.slice(0, 10) : info.date.toISOString() })
        }
      />
    </div>
  )
}

function useDated(
  object: ObjectDef,
  field: FieldDef | undefined,
  range: [string, string] | undefined,
  filter: Filter | undefined,
  q: string,
) {
  const status = object.fields.find(f => f.name === 'status')
  const query = useQuery({
    queryKey: ['rows', object.name, 'calendar', field?.name, range, JSON.stringify(filter), q],
    enabled: !!range && !!field,
    placeholderData: keepPreviousData,
    queryFn: () =>
      api<Page>('POST', `/records/${object.name}/query`, {
        body: {
          fields: [object.nameField, field?.name, ...(status ? ['status'] : [])],
          filter: both(filter, [
            { field: field?.name, op: 'gte', value: range?.[0] },
            { field: field?.name, op: 'lt', value: range?.[1] },
          ]),
          ...(q && { q }),
          sort: field?.name,
          limit: MOST,
        },
      }),
  })
  return { items: query.data?.items ?? NOTHING, more: query.data?.next != null }
}

function eventOf(object: ObjectDef, field: FieldDef, item: RecordItem, lang: 'en' | 'zh-CN'): EventInput {
  const nameField = object.fields.find(f => f.name === object.nameField)
  const choice = object.fields.find(f => f.name === 'status')?.choices?.find(c => c.code === item.status)
  const color = choice?.color ?? 'indigo'
  return {
    id: item.id,
    title: (nameField && toText(nameField, item[nameField.name], lang)) || '—',
    start: String(item[field.name]),
    allDay: field.type === 'date',
    backgroundColor: `var(--${color}-b)`,
    textColor: `var(--${color}-f)`,
    borderColor: `var(--${color}-d)`,
    extendedProps: { item },
  }
}
