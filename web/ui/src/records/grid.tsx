import clsx from 'clsx'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { type KeyboardEvent, memo, useCallback, useEffect, useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { commits, Editor } from '../fields/editor'
import { isNumeric, toText, Value } from '../fields/value'
import { useWords } from '../platform/i18n'
import type { ResolvedPath } from '../platform/meta'
import type { TextKey } from '../platform/texts.en'
import type { FieldValue, ObjectDef, RecordItem } from '../platform/types'
import { useBigScroll } from '../ui/bigScroll'
import { Face } from '../ui/face'
import { useGradual } from '../ui/gradual'
import { Button, Checkbox } from '../ui/kit'
import { useChangeField } from './changes'
import { TILE, Tile } from './tile'

const ROW = 38
const HEAD = 34
/** Stays in sight when the list is moved sideways; before that a pinned cell would only cost a layer of its own. */
const PINNED = 'relative in-data-shifted:sticky in-data-shifted:z-10'
const WIDTHS: Record<string, number> = {
  personName: 220,
  lookup: 180,
  email: 220,
  choice: 160,
  money: 130,
  whole: 110,
  decimal: 110,
  percent: 90,
  moment: 130,
  date: 120,
  flag: 80,
  phone: 150,
}

export interface GridProps {
  object: ObjectDef
  columns: ResolvedPath[]
  total: number
  row: (index: number) => RecordItem | undefined
  onRange: (from: number, to: number) => void
  sort: string
  onSort: (sort: string) => void
  selected: Set<string>
  onSelect: (selected: Set<string>) => void
  mobile: boolean
}

interface Cell {
  row: number
  column: number
  editing: boolean
}

/** The list as a spreadsheet: any number of rows, arrow keys, editing in place. */
export function Grid(props: GridProps) {
  const { object, columns, total, row, onRange, mobile } = props
  const { t, label } = useWords()
  const navigate = useNavigate()
  const box = useRef<HTMLDivElement>(null)
  const scroll = useBigScroll(box, total, mobile ? TILE : ROW, mobile ? 0 : HEAD)
  const [cell, setCell] = useState<Cell>({ row: -1, column: 0, editing: false })
  const change = useChangeField(object.name)

  useEffect(() => onRange(scroll.from, scroll.to), [scroll.from, scroll.to, onRange])

  const editable = useCallback(
    (column: number) => {
      const at = columns[column]
      return (
        !!at &&
        at.via.length === 0 &&
        !at.part &&
        at.field.type !== 'encrypted' &&
        at.field.writable &&
        object.operations.includes('update')
      )
    },
    [columns, object],
  )
  const openRecord = useCallback((id: string) => navigate(`/o/${object.name}/${id}`), [navigate, object])
  const open = (index: number) => {
    const item = row(index)
    if (item) openRecord(item.id)
  }
  const toggle = useCallback(
    (id: string) => {
      const next = new Set(props.selected)
      if (!next.delete(id)) next.add(id)
      props.onSelect(next)
    },
    [props.selected, props.onSelect],
  )
  const move = (rows: number, columnsBy: number) => {
    const next = {
      row: Math.max(0, Math.min(total - 1, cell.row + rows)),
      column: Math.max(0, Math.min(columns.length - 1, cell.column + columnsBy)),
      editing: false,
    }
    setCell(next)
    scroll.scrollToRow(next.row)
  }
  const onKey = (event: KeyboardEvent) => {
    if (cell.editing || event.target !== box.current) return
    const page = Math.max(1, scroll.to - scroll.from - 13)
    const moves: Record<string, [number, number]> = {
      ArrowDown: [1, 0],
      ArrowUp: [-1, 0],
      ArrowRight: [0, 1],
      ArrowLeft: [0, -1],
      PageDown: [page, 0],
      PageUp: [-page, 0],
      Home: event.ctrlKey ? [-total, 0] : [0, -columns.length],
      End: event.ctrlKey ? [total, 0] : [0, columns.length],
    }
    const by = moves[event.key]
    if (by) {
      event.preventDefault()
      move(by[0], by[1])
    } else if (cell.row < 0) return
    else if (event.key === 'Enter' && editable(cell.column)) {
      event.preventDefault()
      setCell({ ...cell, editing: true })
    } else if (event.key === ' ') {
      event.preventDefault()
      const item = row(cell.row)
      if (item) toggle(item.id)
    } else if (event.key === 'o' && !event.metaKey && !event.ctrlKey) open(cell.row)
  }
  const pick = useCallback((index: number, column: number, editing: boolean) => {
    setCell({ row: index, column, editing })
    if (!editing) box.current?.focus({ preventScroll: true })
  }, [])
  const done = useCallback(
    (item: RecordItem, column: number, value?: FieldValue) => {
      setCell(c => ({ ...c, editing: false }))
      requestAnimationFrame(() => box.current?.focus({ preventScroll: true }))
      const field = columns[column]?.field
      if (field && value !== undefined && JSON.stringify(value) !== JSON.stringify(item[field.name] ?? null))
        change(item, field, value)
    },
    [columns, change],
  )

  const widths = columns.map(c => WIDTHS[c.field.type] ?? 170)
  const template = `44px ${widths.map((w, i) => (i === 0 ? `${w + 30}px` : `minmax(${w}px, 1fr)`)).join(' ')}`
  const minWidth = 74 + widths.reduce((a, b) => a + b, 0)
  // a row that scrolls out lends its elements to the one that scrolls in
  const slots = scroll.slots
  const filled = useGradual(scroll.from, scroll.to)
  const indexes: number[] = []
  for (let i = scroll.from; i <= scroll.to; i++) indexes.push(i)
  const loaded = indexes.map(row).filter(item => item !== undefined)
  const allSelected = loaded.length > 0 && loaded.every(item => props.selected.has(item.id))

  return (
    <div
      ref={box}
      role="grid"
      tabIndex={0}
      aria-label={label(object.plural)}
      aria-rowcount={total + 1}
      aria-colcount={columns.length + 1}
      aria-multiselectable
      aria-activedescendant={
        cell.row >= scroll.from && cell.row <= scroll.to ? `cell-${cell.row}-${cell.column}` : undefined
      }
      onKeyDown={onKey}
      onScroll={event => event.currentTarget.toggleAttribute('data-shifted', event.currentTarget.scrollLeft > 0)}
      className="relative min-h-0 flex-1 overflow-auto outline-none [overflow-anchor:none]"
    >
      <div
        role="row"
        aria-rowindex={1}
        className="sticky top-0 z-30 grid border-b border-line bg-surface-2 text-xs font-medium text-ink-3 max-md:sr-only"
        style={{ height: HEAD, gridTemplateColumns: template, minWidth: mobile ? undefined : minWidth }}
      >
        <div role="columnheader" className="sticky left-0 z-10 grid place-items-center bg-surface-2">
          <Checkbox
            label={t('selectAll')}
            checked={props.selected.size === 0 ? false : allSelected ? true : 'indeterminate'}
            onChange={() => props.onSelect(props.selected.size ? new Set() : new Set(loaded.map(item => item.id)))}
          />
        </div>
        {columns.map((column, i) => (
          <HeaderCell key={column.path} column={column} index={i} sort={props.sort} onSort={props.onSort} />
        ))}
      </div>
      <div
        role="rowgroup"
        className="relative"
        style={{ height: Math.max(1, scroll.height), minWidth: mobile ? '100%' : minWidth }}
      >
        {indexes.map(i =>
          mobile ? (
            <Tile key={i} index={i} item={row(i)} top={scroll.rowTop(i)} object={object} columns={columns} />
          ) : (
            <Row
              key={i % slots}
              index={i}
              item={filled(i, row(i) !== undefined) ? row(i) : undefined}
              top={scroll.rowTop(i)}
              object={object}
              columns={columns}
              template={template}
              selected={props.selected.has(row(i)?.id ?? '')}
              active={cell.row === i ? cell.column : -1}
              editing={cell.row === i && cell.editing}
              onToggle={toggle}
              onPick={pick}
              onDone={done}
              onOpen={openRecord}
              canEdit={editable}
            />
          ),
        )}
      </div>
    </div>
  )
}

function HeaderCell({
  column,
  index,
  sort,
  onSort,
}: {
  column: ResolvedPath
  index: number
  sort: string
  onSort: (s: string) => void
}) {
  const { label, t } = useWords()
  const path = column.sortPath
  const direction = !path ? undefined : sort === path ? 'asc' : sort === `-${path}` ? 'desc' : undefined
  return (
    <div
      role="columnheader"
      aria-colindex={index + 2}
      aria-sort={direction ? (direction === 'asc' ? 'ascending' : 'descending') : undefined}
      className={clsx('flex min-w-0', index === 0 && 'sticky left-11 z-10 border-r border-line bg-surface-2')}
    >
      <button
        type="button"
        tabIndex={-1}
        disabled={!path}
        onClick={() => path && onSort(direction === 'asc' ? `-${path}` : path)}
        className={clsx(
          'flex h-full w-full min-w-0 items-center gap-1 px-2.5 enabled:hover:text-ink',
          isNumeric(column.field) && 'justify-end',
          direction && 'text-ink',
        )}
      >
        <span className="truncate">
          {column.part ? t(`part.${column.part}` as TextKey) : label(column.field.labels)}
        </span>
        {direction && (direction === 'desc' ? <ArrowDown size={12} /> : <ArrowUp size={12} />)}
      </button>
    </div>
  )
}

interface RowProps {
  index: number
  item: RecordItem | undefined
  top: number
  object: ObjectDef
  columns: ResolvedPath[]
  template: string
  selected: boolean
  active: number
  editing: boolean
  onToggle: (id: string) => void
  onPick: (index: number, column: number, editing: boolean) => void
  onDone: (item: RecordItem, column: number, value?: FieldValue) => void
  onOpen: (id: string) => void
  canEdit: (column: number) => boolean
}

/**
 * A row in its place. One that is not filled yet keeps what its elements showed before, unseen: moving them costs next to
 * nothing, making them anew would.
 */
const Row = memo(function Row(props: RowProps) {
  const { item, selected } = props
  const [last, setLast] = useState<{ index: number; item: RecordItem }>()
  if (item && (last?.item !== item || last.index !== props.index)) setLast({ index: props.index, item })
  const shown = item ? { index: props.index, item } : last
  return (
    <div
      role="row"
      aria-rowindex={props.index + 2}
      aria-selected={selected}
      aria-busy={!item}
      className={clsx(
        'group absolute top-0 left-0 grid min-w-full border-b border-line [contain:layout_style]',
        !item ? 'row-waiting bg-surface' : selected ? 'bg-row-sel' : 'bg-surface hover:bg-hover',
      )}
      style={{ transform: `translateY(${props.top}px)`, height: ROW, gridTemplateColumns: props.template }}
    >
      {shown && (
        <Cells
          index={shown.index}
          item={shown.item}
          object={props.object}
          columns={props.columns}
          selected={selected}
          active={props.active}
          editing={props.editing}
          onToggle={props.onToggle}
          onPick={props.onPick}
          onDone={props.onDone}
          onOpen={props.onOpen}
          canEdit={props.canEdit}
        />
      )}
    </div>
  )
})

const Cells = memo(function Cells(props: Omit<RowProps, 'top' | 'template' | 'item'> & { item: RecordItem }) {
  const { index, item, object, columns, selected, active, editing } = props
  const { t, lang } = useWords()
  const background = selected ? 'bg-row-sel' : 'bg-surface group-hover:bg-hover'
  const nameField = object.fields.find(field => field.name === object.nameField)
  const name = nameField ? toText(nameField, item[nameField.name], lang) : ''
  return (
    <>
      <div role="gridcell" className={clsx(PINNED, 'in-data-shifted:left-0 grid place-items-center', background)}>
        <span
          className={clsx(
            'num text-2xs text-ink-3',
            selected ? 'hidden' : 'group-focus-within:hidden group-hover:hidden',
          )}
        >
          {index < 99_999 ? index + 1 : ''}
        </span>
        <span className={clsx(!selected && 'sr-only group-focus-within:not-sr-only group-hover:not-sr-only')}>
          <Checkbox checked={selected} onChange={() => props.onToggle(item.id)} label={`${t('selectRow')} ${name}`} />
        </span>
      </div>
      {columns.map((column, i) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the grid for its active cell
        <div
          key={column.path}
          role="gridcell"
          id={`cell-${index}-${i}`}
          aria-colindex={i + 2}
          onClick={() => props.onPick(index, i, false)}
          onDoubleClick={() => props.canEdit(i) && props.onPick(index, i, true)}
          className={clsx(
            'flex min-w-0 items-center px-2.5',
            i !== 0 && 'relative',
            i === 0 && clsx(PINNED, 'in-data-shifted:left-11 border-r border-line', background),
            active === i && 'z-20 rounded-[3px] ring-2 ring-accent ring-inset',
          )}
        >
          {i === 0 ? (
            <NameCell object={object} column={column} item={item} name={name} onOpen={props.onOpen} />
          ) : (
            <Value field={column.field} part={column.part} value={item[column.path]} />
          )}
          {active === i && editing && (
            <CellEditor column={column} item={item} onDone={value => props.onDone(item, i, value)} />
          )}
        </div>
      ))}
    </>
  )
})

function NameCell({
  object,
  column,
  item,
  name,
  onOpen,
}: {
  object: ObjectDef
  column: ResolvedPath
  item: RecordItem
  name: string
  onOpen: (id: string) => void
}) {
  const { t } = useWords()
  const isName = column.path === object.nameField
  return (
    <>
      {isName ? (
        <span className="flex min-w-0 items-center gap-2.5">
          <Face name={name} size={24} square={column.field.type !== 'personName'} />
          <span className="truncate font-medium">{name || '—'}</span>
        </span>
      ) : (
        <Value field={column.field} value={item[column.path]} />
      )}
      <a
        href={`/o/${object.name}/${item.id}`}
        tabIndex={-1}
        aria-label={`${t('open')} ${name}`}
        onClick={event => {
          if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
          event.preventDefault()
          onOpen(item.id)
        }}
        className="ml-auto hidden flex-none rounded-md border border-line-2 bg-surface px-1.5 text-2xs leading-5 font-medium text-ink-2 shadow-1 group-hover:block"
      >
        {t('open')}
      </a>
    </>
  )
}

function CellEditor({
  column,
  item,
  onDone,
}: {
  column: ResolvedPath
  item: RecordItem
  onDone: (value?: FieldValue) => void
}) {
  const { t } = useWords()
  const [value, setValue] = useState<FieldValue>(item[column.field.name])
  const immediate = column.field.type === 'choice' || column.field.type === 'flag' || column.field.type === 'lookup'
  const change = (next: FieldValue) => {
    setValue(next)
    if (immediate) onDone(next ?? null)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the editor inside is the control; this catches its keys
    <div
      className="absolute top-0 left-0 z-40 min-w-full rounded-lg bg-surface p-0.5 shadow-3 max-md:hidden"
      style={{ width: ['address', 'personName', 'longText', 'money'].includes(column.field.type) ? 340 : undefined }}
      onClick={e => e.stopPropagation()}
      onDoubleClick={e => e.stopPropagation()}
      onKeyDown={event => {
        event.stopPropagation()
        if (event.key === 'Escape') onDone()
        else if (commits(event, column.field)) {
          event.preventDefault()
          onDone(value ?? null)
        }
      }}
    >
      <Editor id={`edit-${column.path}`} field={column.field} value={value} onChange={change} autoFocus />
      {!immediate && (
        <span className="flex justify-end gap-1 pt-1">
          <Button size="sm" kind="ghost" onClick={() => onDone()}>
            {t('cancel')}
          </Button>
          <Button size="sm" kind="solid" onClick={() => onDone(value ?? null)}>
            {t('save')}
          </Button>
        </span>
      )}
    </div>
  )
}
