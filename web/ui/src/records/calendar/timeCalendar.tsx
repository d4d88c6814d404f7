import type { CalendarOptions } from '@fullcalendar/core'
import zhLocale from '@fullcalendar/core/locales/zh-cn'
import dayGridPlugin from '@fullcalendar/daygrid'
import interactionPlugin from '@fullcalendar/interaction'
import FullCalendar from '@fullcalendar/react'
import timeGridPlugin from '@fullcalendar/timegrid'
import { useMemo } from 'react'
import { useDictionary } from '../../platform/i18n'
import { useIsPhone } from '../../platform/phone'

const en = { allDay: 'All day', day: 'Day', month: 'Month', today: 'Today', week: 'Week' }
const zh: typeof en = { allDay: '全天', day: '日', month: '月', today: '今天', week: '周' }

const PLUGINS = [timeGridPlugin, dayGridPlugin, interactionPlugin]
const LOCALES = [zhLocale]
const TOOLBAR = { left: 'prev,next today', center: 'title', right: 'timeGridDay,timeGridWeek,dayGridMonth' }

interface Props extends Omit<CalendarOptions, 'datesSet' | 'initialView'> {
  /** What is shown at first where there is room; a phone shows a day. */
  view: 'timeGridWeek' | 'dayGridMonth'
  /** Draws everything anew when it changes. */
  kind?: string
  /** Told the first day that is shown, and the first that is not. */
  onRange: (range: [string, string]) => void
}

/** Days, weeks and months in the user's language. */
export function TimeCalendar({ view, kind = '', onRange, ...options }: Props) {
  const { w, lang } = useDictionary(en, zh)
  const phone = useIsPhone()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words change with the language alone
  const buttons = useMemo(() => ({ today: w('today'), week: w('week'), day: w('day'), month: w('month') }), [lang])
  return (
    <FullCalendar
      key={`${lang}${phone}${kind}`}
      plugins={PLUGINS}
      initialView={phone ? 'timeGridDay' : view}
      locales={LOCALES}
      locale={lang === 'zh-CN' ? 'zh-cn' : 'en-gb'}
      firstDay={1}
      nowIndicator
      dayMaxEvents={4}
      scrollTime="08:00:00"
      height="100%"
      allDayText={w('allDay')}
      headerToolbar={TOOLBAR}
      buttonIcons={false}
      buttonText={{ ...buttons, prev: '‹', next: '›' }}
      datesSet={info => onRange([info.startStr.slice(0, 10), info.endStr.slice(0, 10)])}
      {...options}
    />
  )
}

/** Keeps the range that is there if the other is the same. */
export const sameRange = (next: [string, string]) => (old: [string, string] | undefined) =>
  old?.[0] === next[0] && old[1] === next[1] ? old : next
