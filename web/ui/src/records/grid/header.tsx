import clsx from 'clsx'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react'
import { isNumeric } from '../../fields/value'
import { useWords } from '../../platform/i18n'
import type { ResolvedPath } from '../../platform/meta'
import type { TextKey } from '../../platform/texts.en'
import { useRecordWords } from '../words'

const STEP = 16
const DRAGGED = 'text/x-rapport-column'

interface HeaderProps {
  column: ResolvedPath
  index: number
  width: number
  sort: string
  onSort: (sort: string) => void
  onResize: (path: string, width: number | undefined) => void
  /** Puts the column `path` where this one stands. */
  onPlace: (path: string, before: string) => void
}

/** A column's head: sorts by a click, moves by dragging, and its right edge sets the width. */
export function HeaderCell({ column, index, width, sort, onSort, onResize, onPlace }: HeaderProps) {
  const { label, t } = useWords()
  const [under, setUnder] = useState(false)
  const path = column.sortPath
  const direction = !path ? undefined : sort === path ? 'asc' : sort === `-${path}` ? 'desc' : undefined
  const name = column.part ? t(`part.${column.part}` as TextKey) : label(column.field.labels)
  const movable = index > 0
  return (
    <div
      role="columnheader"
      aria-colindex={index + 2}
      aria-sort={direction ? (direction === 'asc' ? 'ascending' : 'descending') : undefined}
      onDragOver={event => {
        if (!movable || !event.dataTransfer.types.includes(DRAGGED)) return
        event.preventDefault()
        setUnder(true)
      }}
      onDragLeave={() => setUnder(false)}
      onDrop={event => {
        setUnder(false)
        const moved = event.dataTransfer.getData(DRAGGED)
        if (moved) onPlace(moved, column.path)
      }}
      className={clsx(
        'relative flex min-w-0',
        index === 0 && 'sticky left-11 z-10 border-r border-line bg-surface-2',
        under && 'shadow-[inset_2px_0_0_var(--accent)]',
      )}
    >
      <button
        type="button"
        tabIndex={-1}
        disabled={!path}
        draggable={movable}
        onDragStart={event => {
          event.dataTransfer.setData(DRAGGED, column.path)
          event.dataTransfer.effectAllowed = 'move'
        }}
        onClick={() => path && onSort(direction === 'asc' ? `-${path}` : path)}
        className={clsx(
          'flex h-full w-full min-w-0 items-center gap-1 px-2.5 enabled:hover:text-ink',
          isNumeric(column.field) && 'justify-end',
          direction && 'text-ink',
        )}
      >
        <span className="truncate">{name}</span>
        {direction && (direction === 'desc' ? <ArrowDown size={12} /> : <ArrowUp size={12} />)}
      </button>
      <Edge name={name} width={width} onResize={next => onResize(column.path, next)} />
    </div>
  )
}

/** The edge between two heads: drag it, use the arrow keys, or press twice for the usual width. */
function Edge({
  name,
  width,
  onResize,
}: {
  name: string
  width: number
  onResize: (width: number | undefined) => void
}) {
  const { w } = useRecordWords()
  const from = useRef<{ x: number; width: number }>(undefined)
  const start = (event: PointerEvent<HTMLElement>) => {
    event.preventDefault()
    event.currentTarget.setPointerCapture(event.pointerId)
    from.current = { x: event.clientX, width: event.currentTarget.parentElement?.offsetWidth ?? width }
  }
  const move = (event: PointerEvent) => {
    if (from.current) onResize(from.current.width + event.clientX - from.current.x)
  }
  const key = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key]
    if (!by) return
    event.preventDefault()
    event.stopPropagation()
    onResize(width + by)
  }
  return (
    <span
      role="separator"
      tabIndex={-1}
      aria-orientation="vertical"
      aria-label={w('columnWidth', { column: name })}
      aria-valuenow={Math.round(width)}
      onPointerDown={start}
      onPointerMove={move}
      onPointerUp={() => {
        from.current = undefined
      }}
      onDoubleClick={() => onResize(undefined)}
      onKeyDown={key}
      className="absolute top-1.5 -right-1 bottom-1.5 z-10 w-2 cursor-col-resize touch-none after:absolute after:inset-y-0 after:left-[3px] after:w-px after:bg-transparent hover:after:bg-ink-4"
    />
  )
}
