import type { EventDropArg, EventInput } from '@fullcalendar/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { recordName } from '../../fields/recordName'
import { api } from '../../platform/api'
import { formatNumber } from '../../platform/format'
import { useDictionary } from '../../platform/i18n'
import type { FieldDef, Filter, ObjectDef, Page, RecordItem } from '../../platform/types'
import { both } from '../analysis/analysis'
import { useChangeField } from '../changes'
import type { ListState } from '../listState'
import { dateField } from './calendarFields'
import { sameRange, TimeCalendar } from './timeCalendar'

const en = { more: 'Only the first {n} are drawn.' }
const zh: typeof en = { more: '仅显示前 {n} 条。' }

const MOST = 500
const NOTHING: RecordItem[] = []

interface Props {
  object: ObjectDef
  state: ListState
  onOpen: (id: string) => void
  onCreate: (given: Record<string, string>) => void
}

/** The list's records where they lie in time, by any of their dates; dragging one gives it another. */
export default function CalendarLayout({ object, state, onOpen, onCreate }: Props) {
  const { w, lang } = useDictionary(en, zh)
  const field = dateField(object, state.layout)
  const change = useChangeField(object.name)
  const [range, setRange] = useState<[string, string]>()
  const { items, more } = useDated(object, field, range, state.filter, state.q)
  const events = useMemo(
    () => (field ? items.map(item => eventOf(object, field, item, lang)) : []),
    [object, field, items, lang],
  )
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
      <TimeCalendar
        view="dayGridMonth"
        kind={field.name}
        editable={movable}
        eventDurationEditable={false}
        events={events}
        onRange={next => setRange(sameRange(next))}
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
  const choice = object.fields.find(f => f.name === 'status')?.choices?.find(c => c.code === item.status)
  const color = choice?.color ?? 'indigo'
  return {
    id: item.id,
    title: recordName(object, item, lang) || '—',
    start: String(item[field.name]),
    allDay: field.type === 'date',
    backgroundColor: `var(--${color}-b)`,
    textColor: `var(--${color}-f)`,
    borderColor: `var(--${color}-d)`,
    extendedProps: { item },
  }
}
