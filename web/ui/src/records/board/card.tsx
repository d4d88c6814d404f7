import { draggable } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import clsx from 'clsx'
import { ArrowRight, CalendarDays, MoreHorizontal } from 'lucide-react'
import { memo, useEffect, useRef, useState } from 'react'
import { Link } from 'react-router'
import { isEmpty, toText } from '../../fields/value'
import { formatShortDay, localDay } from '../../platform/format'
import { useWords } from '../../platform/i18n'
import { shortMoney } from '../../platform/shortMoney'
import type { FieldDef, Link as LinkValue, MoneyValue, ObjectDef, RecordItem } from '../../platform/types'
import { Face } from '../../ui/face'
import { Button, Menu, MenuItem } from '../../ui/kit'
import type { BoardColumn } from './columns'
import { useBoardWords } from './words'

/** What a card shows of its object, decided once for the board. */
export interface CardShape {
  name?: FieldDef
  about?: FieldDef
  money?: FieldDef
  day?: FieldDef
  next?: FieldDef
  since?: string
}

const DAY = 86_400_000

export function shapeOf(object: ObjectDef): CardShape {
  const listed = object.layouts.list.map(path => object.fields.find(f => f.name === path)).filter(f => f !== undefined)
  const by = (name: string) => object.fields.find(f => f.name === name)
  return {
    name: by(object.nameField),
    about: listed.find(f => f.type === 'lookup' && f.target !== 'user' && !f.within) ?? by('company') ?? by('account'),
    money: by('amount') ?? by('total') ?? listed.find(f => f.type === 'money'),
    day: by('closeDate') ?? listed.find(f => f.type === 'date'),
    next: by('nextStep'),
    since: by('stageSince')?.name ?? by('lastTouchAt')?.name,
  }
}

/** The fields of records that cards need. */
export const fieldsOf = (shape: CardShape) =>
  [shape.name, shape.about, shape.money, shape.day, shape.next]
    .filter(f => f !== undefined)
    .map(f => f.name)
    .concat(shape.since ? [shape.since] : [], ['owner'])

interface Props {
  object: ObjectDef
  item: RecordItem
  shape: CardShape
  column: BoardColumn
  columns: BoardColumn[]
  onMove: (item: RecordItem, to: BoardColumn) => void
}

export const Card = memo(function Card({ object, item, shape, column, columns, onMove }: Props) {
  const { lang } = useWords()
  const { b } = useBoardWords()
  const box = useRef<HTMLElement>(null)
  const [dragging, setDragging] = useState(false)
  useEffect(() => {
    if (!box.current) return
    return draggable({
      element: box.current,
      getInitialData: () => ({ item, from: column.key }),
      onDragStart: () => setDragging(true),
      onDrop: () => setDragging(false),
    })
  }, [item, column.key])
  const text = (field?: FieldDef) => (field ? toText(field, item[field.name], lang) : '')
  const name = text(shape.name) || '—'
  const about = text(shape.about)
  const owner = item.owner as LinkValue | null
  const money = shape.money ? (item[shape.money.name] as MoneyValue | null) : null
  const since = shape.since ? item[shape.since] : undefined
  const days = typeof since === 'string' ? Math.floor((Date.now() - new Date(since).getTime()) / DAY) : 0
  const rots = column.rotDays !== undefined && days >= column.rotDays
  const day = shape.day && !isEmpty(item[shape.day.name]) ? String(item[shape.day.name]) : ''
  const late = day !== '' && day < localDay(new Date()) && column.rotDays !== undefined
  const beside = (step: number) => columns[columns.indexOf(column) + step]
  return (
    <article
      ref={box}
      aria-label={name}
      className={clsx(
        'group rounded-xl border border-line bg-surface px-3 py-2.5 shadow-1 [content-visibility:auto] focus-within:border-accent hover:border-line-2',
        dragging && 'opacity-40',
      )}
    >
      <div className="flex items-start gap-1">
        <Link
          to={`/o/${object.name}/${item.id}`}
          className="min-w-0 flex-1 text-sm font-semibold [overflow-wrap:anywhere] hover:underline"
          title={b('moveHint')}
          onKeyDown={event => {
            const to = event.key === '[' ? beside(-1) : event.key === ']' ? beside(1) : undefined
            if (!to) return
            event.preventDefault()
            onMove(item, to)
          }}
        >
          {name}
        </Link>
        <Menu
          align="end"
          trigger={
            <Button
              kind="ghost"
              size="sm"
              className="-mt-0.5 -mr-1 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 max-md:opacity-100"
              aria-label={b('move', { name })}
              icon={<MoreHorizontal size={14} />}
            />
          }
        >
          <div className="px-2 pt-1 pb-1.5 text-2xs text-ink-3">{b('moveTo')}</div>
          {columns
            .filter(other => other.key !== column.key)
            .map(other => (
              <MenuItem key={other.key} icon={<Dot color={other.color} />} onSelect={() => onMove(item, other)}>
                {other.label}
              </MenuItem>
            ))}
        </Menu>
      </div>
      {about && (
        <div className="mt-1 flex min-w-0 items-center gap-1.5 text-xs text-ink-2">
          <Face name={about} size={16} square />
          <span className="truncate">{about}</span>
        </div>
      )}
      {text(shape.next) && (
        <div className="mt-2 flex min-w-0 items-center gap-1.5 rounded-md bg-sunken px-2 py-1 text-xs text-ink-2">
          <ArrowRight size={12} className="flex-none text-ink-3" aria-hidden />
          <span className="truncate">{text(shape.next)}</span>
        </div>
      )}
      <div className="mt-2 flex min-w-0 items-center gap-2 text-xs">
        {money && (
          <span className="num text-sm font-semibold whitespace-nowrap" title={text(shape.money)}>
            {shortMoney(Number(money.amount), money.currency, lang)}
          </span>
        )}
        {day && (
          <span
            className={clsx(
              'num flex min-w-0 items-center gap-1 truncate whitespace-nowrap',
              late ? 'text-neg' : 'text-ink-3',
            )}
          >
            <CalendarDays size={12} aria-hidden />
            {late ? b('overdue') : formatShortDay(day, lang)}
          </span>
        )}
        <span className="ml-auto flex items-center gap-1.5">
          {rots && (
            <span
              className="num rounded-md px-1.5 py-0.5 font-medium whitespace-nowrap"
              style={{ background: 'var(--amber-b)', color: 'var(--amber-f)' }}
              title={b('daysHere', { n: days })}
            >
              {b('days', { n: days })}
            </span>
          )}
          {owner?.name && (
            <span title={owner.name}>
              <Face name={owner.name} size={20} />
            </span>
          )}
        </span>
      </div>
    </article>
  )
})

export const Dot = ({ color }: { color: string }) => (
  <i aria-hidden className="size-2 flex-none rounded-full" style={{ background: `var(--${color}-d)` }} />
)
