import { type ClipboardEvent, type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useDensity } from '../../platform/density'
import { useWords } from '../../platform/i18n'
import type { ResolvedPath } from '../../platform/meta'
import type { FieldDef, FieldValue, ObjectDef, RecordItem } from '../../platform/types'
import { useBigScroll } from '../../ui/bigScroll'
import { useGradual } from '../../ui/gradual'
import { Checkbox } from '../../ui/kit'
import { toast } from '../../ui/toast'
import { useChangeField } from '../changes'
import { useRecordWords } from '../words'
import { type Block, blockOf, type CellChange, copied, type Refused, useWriteCells } from './block'
import { useColumnWidths } from './columns'
import { useFill } from './fill'
import { HeaderCell } from './header'
import { type Onward, Row, type Typed } from './row'
import { TILE, Tile } from './tile'

const ROW = { comfortable: 38, compact: 30 }
const HEAD = 34
/** Most rows that are pasted, filled or chosen at once. */
const MOST = 1000
/** Types that typing begins to write; the others begin with Enter. */
const TYPED = ['text', 'email', 'phone', 'url', 'whole', 'decimal', 'percent', 'money', 'choice', 'lookup']
const NOT_PASTED = ['attachment', 'encrypted', 'richText']
const NOTHING_REFUSED: Refused = new Map()

export interface GridProps {
  object: ObjectDef
  columns: ResolvedPath[]
  total: number
  row: (index: number) => RecordItem | undefined
  onRange: (from: number, to: number) => void
  /** Loads rows that are not in sight. */
  ready: (from: number, to: number) => Promise<void>
  sort: string
  onSort: (sort: string) => void
  onColumns: (paths: string[]) => void
  selected: Set<string>
  onSelect: (selected: Set<string>) => void
  /** The record shown beside the list. */
  open?: string
  onOpen: (id: string, index: number) => void
  /** Opens the record on a page of its own. */
  onPage: (id: string) => void
  mobile: boolean
}

interface Place {
  row: number
  column: number
}

interface Cell extends Place {
  /** The other end of the chosen block. */
  anchor: Place
  editing: '' | 'all' | 'fresh'
}

const NOWHERE: Cell = { row: -1, column: 0, anchor: { row: -1, column: 0 }, editing: '' }

/** The list as a spreadsheet: any number of rows, arrow keys, typing, copying and pasting of blocks. */
export function Grid(props: GridProps) {
  const { object, columns, total, row, onRange, mobile, onSelect, selected } = props
  const { t, label } = useWords()
  const { w } = useRecordWords()
  const box = useRef<HTMLDivElement>(null)
  const [density] = useDensity()
  const height = mobile ? TILE : ROW[density]
  const scroll = useBigScroll(box, total, height, mobile ? 0 : HEAD)
  const [cell, setCell] = useState<Cell>(NOWHERE)
  const [refused, setRefused] = useState<Refused>(NOTHING_REFUSED)
  const typed = useRef<Typed>(undefined)
  const clipboard = useRef<typeof import('./clipboard')>(undefined)
  const lastToggled = useRef(-1)
  const { widths, template, minWidth, resize } = useColumnWidths(object.name, columns)
  const change = useChangeField(
    object.name,
    useCallback(
      (item: RecordItem, field: FieldDef, why: string) =>
        setRefused(old => new Map(old).set(item.id, { ...old.get(item.id), [field.name]: why })),
      [],
    ),
  )
  const writeCells = useWriteCells(object.name)

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
  const indexOf = (id: string) => {
    for (let i = scroll.from; i <= scroll.to; i++) if (row(i)?.id === id) return i
    return -1
  }
  const indexes: number[] = []
  for (let i = scroll.from; i <= scroll.to; i++) indexes.push(i)
  const openRef = useRef((_: string) => {})
  openRef.current = id => props.onOpen(id, indexOf(id))
  const openRecord = useCallback((id: string) => openRef.current(id), [])

  /** Waits for rows that are out of sight; false, and told why, if they cannot be had. */
  const loaded = async (from: number, to: number) => {
    if (to - from >= MOST) {
      toast.error(w('tooManyRows', { n: MOST }))
      return false
    }
    try {
      await props.ready(from, to)
      return true
    } catch (error) {
      toast.error(error instanceof Error ? error.message : t('offline'))
      return false
    }
  }
  const toggleRef = useRef((_: string, __: number, ___: boolean) => {})
  toggleRef.current = async (id, index, span) => {
    const next = new Set(selected)
    if (span && lastToggled.current >= 0) {
      const [from, to] = [Math.min(index, lastToggled.current), Math.max(index, lastToggled.current)]
      if (!(await loaded(from, to))) return
      for (let i = from; i <= to; i++) {
        const item = row(i)
        if (item) next.add(item.id)
      }
    } else if (!next.delete(id)) next.add(id)
    lastToggled.current = index
    onSelect(next)
  }
  const toggle = useCallback((id: string, index: number, span: boolean) => toggleRef.current(id, index, span), [])

  const go = (to: Place, extend = false) => {
    const next = {
      row: Math.max(0, Math.min(total - 1, to.row)),
      column: Math.max(0, Math.min(columns.length - 1, to.column)),
    }
    setCell(old => ({ ...next, anchor: extend && old.row >= 0 ? old.anchor : next, editing: '' }))
    scroll.scrollToRow(next.row)
  }
  const block = cell.row < 0 ? undefined : blockOf(cell, cell.anchor)

  const write = useCallback(
    (item: RecordItem, column: number, value: FieldValue) => {
      const field = columns[column]?.field
      if (!field || JSON.stringify(value ?? null) === JSON.stringify(item[field.name] ?? null)) return
      setRefused(old => {
        const { [field.name]: _, ...others } = old.get(item.id) ?? {}
        return new Map(old).set(item.id, others)
      })
      change(item, field, value ?? null)
    },
    [columns, change],
  )
  const writeRef = useRef(write)
  writeRef.current = write

  /** What is being typed is not lost by looking elsewhere. */
  const putAway = useCallback(() => {
    const now = typed.current
    if (now) writeRef.current(now.item, now.column, now.value)
  }, [])
  const pick = useCallback(
    (index: number, column: number, how: 'pick' | 'extend' | 'edit') => {
      putAway()
      setCell(old => {
        const place = { row: index, column }
        if (how === 'extend' && old.row >= 0) return { ...place, anchor: old.anchor, editing: '' }
        return { ...place, anchor: place, editing: how === 'edit' ? 'all' : '' }
      })
      if (how !== 'edit') box.current?.focus({ preventScroll: true })
    },
    [putAway],
  )
  const { fillTo, filling, beginFill, fillOver, filled } = useFill()
  const dragRef = useRef((_: number, __: number) => {})
  dragRef.current = (index, column) => {
    if (filling.current) fillOver(index)
    else setCell(old => (old.row < 0 || old.editing ? old : { ...old, row: index, column }))
    scroll.scrollToRow(index)
  }
  const drag = useCallback((index: number, column: number) => dragRef.current(index, column), [])
  const doneRef = useRef((_: RecordItem, __: number, ___: FieldValue | undefined, ____: Onward) => {})
  doneRef.current = (item, column, value, onward) => {
    typed.current = undefined
    const across = onward === 'on' ? 1 : onward === 'back' ? -1 : 0
    go({ row: cell.row + (onward === 'down' ? 1 : 0), column: cell.column + across })
    requestAnimationFrame(() => box.current?.focus({ preventScroll: true }))
    if (value !== undefined) write(item, column, value)
  }
  const done = useCallback(
    (item: RecordItem, column: number, value: FieldValue | undefined, onward: Onward) =>
      doneRef.current(item, column, value, onward),
    [],
  )

  const itemsOf = ({ top, bottom }: Block) => {
    const items: RecordItem[] = []
    for (let i = top; i <= bottom; i++) {
      const item = row(i)
      if (item) items.push(item)
    }
    return items
  }
  const fieldsOf = ({ left, right }: Block) => columns.slice(left, right + 1)
  /** Cells that take the text of others; those of other types or of other records stay. */
  const changesFor = (at: Block, textOf: (row: number, column: number) => string | undefined) => {
    const changes: CellChange[] = []
    for (let r = at.top; r <= at.bottom; r++) {
      const item = row(r)
      for (let c = at.left; item && c <= at.right; c++) {
        const field = columns[c]?.field
        const text = textOf(r - at.top, c - at.left)
        if (field && text !== undefined && editable(c) && !NOT_PASTED.includes(field.type))
          changes.push({ item, field, text })
      }
    }
    return changes
  }
  /** Writes the cells of an area, of rows out of sight too. @param source a block that is read for it */
  const writeArea = async (
    at: Block,
    textOf: (row: number, column: number) => string | undefined,
    source: Block = at,
  ) => {
    if (!(await loaded(Math.min(at.top, source.top), Math.max(at.bottom, source.bottom)))) return
    const changes = changesFor(at, textOf)
    if (!changes.length) {
      toast.error(w('nothingToPaste'))
      return
    }
    setRefused(NOTHING_REFUSED)
    setRefused(await writeCells(changes))
  }
  const tabbed = (from: Block) =>
    clipboard.current?.toTabbed(
      itemsOf(from).map(item => fieldsOf(from).map(column => copied(column.field, item[column.path]))),
    ) ?? ''
  const onCopy = (event: ClipboardEvent) => {
    if (!block || cell.editing || event.target !== box.current || !clipboard.current) return
    event.preventDefault()
    const rows = block.bottom - block.top + 1
    const told = () => toast(w('copiedCells', { n: rows * (block.right - block.left + 1) }))
    if (itemsOf(block).length === rows) {
      event.clipboardData.setData('text/plain', tabbed(block))
      told()
    } else copyUnseen(block).then(done => done && told())
  }
  /** The browser gives its clipboard only for a moment; what has to be loaded first is put there afterwards. */
  const copyUnseen = async (from: Block) => {
    if (!(await loaded(from.top, from.bottom))) return false
    try {
      await navigator.clipboard.writeText(tabbed(from))
      return true
    } catch {
      toast.error(w('notCopied'))
      return false
    }
  }
  const onPaste = (event: ClipboardEvent) => {
    if (!block || cell.editing || event.target !== box.current || !clipboard.current) return
    event.preventDefault()
    const cells = clipboard.current.fromTabbed(event.clipboardData.getData('text/plain'))
    const width = Math.max(0, ...cells.map(line => line.length))
    if (!width) return
    // one copied cell, or line of cells, fills the whole block
    const rows = cells.length === 1 ? Math.max(1, block.bottom - block.top + 1) : cells.length
    const across = width === 1 ? Math.max(1, block.right - block.left + 1) : width
    const at = {
      top: block.top,
      left: block.left,
      bottom: Math.min(total - 1, block.top + rows - 1),
      right: Math.min(columns.length - 1, block.left + across - 1),
    }
    setCell(old => ({ ...old, row: at.bottom, column: at.right, anchor: { row: at.top, column: at.left } }))
    const beyond = block.top + rows - total
    if (beyond > 0) toast.error(w('pasteBeyond', { n: beyond }))
    writeArea(at, (r, c) => cells[r % cells.length]?.[c % width])
  }
  /** Repeats the rows of {@code source} in the rows {@code top} to {@code bottom} above or below them. */
  const fill = (source: Block, top: number, bottom: number) => {
    const height = source.bottom - source.top + 1
    const textOf = (r: number, c: number) => {
      const away = (top + r - source.top) % height
      const column = columns[source.left + c]
      const item = row(source.top + ((away + height) % height))
      return column && item && copied(column.field, item[column.path])
    }
    return writeArea({ ...source, top, bottom }, textOf, source)
  }
  const fillDown = () => {
    if (block && block.bottom > block.top) fill({ ...block, bottom: block.top }, block.top + 1, block.bottom)
  }

  filled.current = to => {
    if (!block || (to >= block.top && to <= block.bottom)) return
    const below = to > block.bottom
    setCell(old => ({
      ...old,
      row: to,
      column: block.right,
      anchor: { row: below ? block.top : block.bottom, column: block.left },
    }))
    if (below) fill(block, block.bottom + 1, to)
    else fill(block, to, block.top - 1)
  }
  const fillable =
    !!block && !cell.editing && !mobile && columns.some((_, i) => i >= block.left && i <= block.right && editable(i))

  const begin = (editing: 'all' | 'fresh') => {
    // at once, so that the key that was pressed, or an input method, already writes into the editor
    flushSync(() => setCell(old => ({ ...old, anchor: { row: old.row, column: old.column }, editing })))
  }
  const command = (event: KeyboardEvent): boolean => {
    const item = row(cell.row)
    const type = columns[cell.column]?.field.type ?? ''
    const control = event.metaKey || event.ctrlKey
    const types = event.key.length === 1 || event.key === 'Process'
    if (event.key === 'Escape') {
      setCell(NOWHERE)
      return false
    }
    if (event.key === 'Tab') {
      const on = cell.column + (event.shiftKey ? -1 : 1)
      if (on < 0 || on >= columns.length) return false
      go({ row: cell.row, column: on })
    } else if (event.key === 'Enter' && (control || event.altKey)) {
      if (item) props.onPage(item.id)
    } else if (event.key === 'Enter' || event.key === 'F2') {
      if (editable(cell.column)) begin('all')
      else if (item) props.onOpen(item.id, cell.row)
    } else if (event.key === ' ') {
      if (item) toggleRef.current(item.id, cell.row, event.shiftKey)
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      if (block) writeArea(block, () => '')
    } else if (control && event.key.toLowerCase() === 'd') fillDown()
    else if (control || event.altKey) return false
    else if (types && TYPED.includes(type) && editable(cell.column)) {
      begin('fresh')
      return false
    } else if (event.key === 'o' && item) props.onOpen(item.id, cell.row)
    else if (event.key === 'e' && editable(cell.column)) begin('all')
    else return false
    return true
  }
  const onKey = (event: KeyboardEvent) => {
    if (cell.editing || event.target !== box.current) return
    const page = Math.max(1, scroll.to - scroll.from - 13)
    const control = event.metaKey || event.ctrlKey
    const writes = cell.row >= 0 && editable(cell.column) && TYPED.includes(columns[cell.column]?.field.type ?? '')
    const moves: Record<string, [number, number]> = {
      ArrowDown: [1, 0],
      ArrowUp: [-1, 0],
      ArrowRight: [0, 1],
      ArrowLeft: [0, -1],
      PageDown: [page, 0],
      PageUp: [-page, 0],
      Home: event.ctrlKey ? [-total, 0] : [0, -columns.length],
      End: event.ctrlKey ? [total, 0] : [0, columns.length],
      ...(!control && !writes && { j: [1, 0], k: [-1, 0] }),
    }
    const by = moves[event.key]
    if (by) go({ row: cell.row + by[0], column: cell.column + by[1] }, event.shiftKey)
    else if (cell.row < 0 || !command(event)) return
    event.preventDefault()
    event.stopPropagation()
  }
  const place = (path: string, before: string) => {
    const paths = columns.map(c => c.path)
    const from = paths.indexOf(path)
    const to = paths.indexOf(before)
    if (from < 1 || to < 1 || from === to) return
    paths.splice(from, 1)
    paths.splice(to, 0, path)
    props.onColumns(paths)
  }

  const shownBlock =
    block && fillTo >= 0
      ? { ...block, top: Math.min(block.top, fillTo), bottom: Math.max(block.bottom, fillTo) }
      : block
  // a row that scrolls out lends its elements to the one that scrolls in
  const slots = scroll.slots
  const shownRow = useGradual(scroll.from, scroll.to)
  const shownItems = indexes.map(row).filter(item => item !== undefined)
  const allSelected = shownItems.length > 0 && shownItems.every(item => selected.has(item.id))

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
      onCopy={onCopy}
      onPaste={onPaste}
      onFocus={() => {
        if (!clipboard.current)
          import('./clipboard').then(loadedClipboard => {
            clipboard.current = loadedClipboard
          })
      }}
      onScroll={event => event.currentTarget.toggleAttribute('data-shifted', event.currentTarget.scrollLeft > 0)}
      className="relative min-h-0 flex-1 overflow-auto outline-none select-none [overflow-anchor:none]"
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
            checked={selected.size === 0 ? false : allSelected ? true : 'indeterminate'}
            onChange={() => onSelect(selected.size ? new Set() : new Set(shownItems.map(item => item.id)))}
          />
        </div>
        {columns.map((column, i) => (
          <HeaderCell
            key={column.path}
            column={column}
            index={i}
            width={widths[i] ?? 0}
            sort={props.sort}
            onSort={props.onSort}
            onResize={resize}
            onPlace={place}
          />
        ))}
      </div>
      <div
        role="rowgroup"
        className="relative"
        style={{ height: Math.max(1, scroll.height), minWidth: mobile ? '100%' : minWidth }}
      >
        {indexes.map(i => {
          if (mobile)
            return <Tile key={i} index={i} item={row(i)} top={scroll.rowTop(i)} object={object} columns={columns} />
          const item = shownRow(i, row(i) !== undefined) ? row(i) : undefined
          const inBlock = !!shownBlock && i >= shownBlock.top && i <= shownBlock.bottom
          return (
            <Row
              key={i % slots}
              index={i}
              item={item}
              top={scroll.rowTop(i)}
              height={height}
              object={object}
              columns={columns}
              template={template}
              selected={selected.has(row(i)?.id ?? '')}
              open={!!props.open && row(i)?.id === props.open}
              active={cell.row === i ? cell.column : -1}
              from={inBlock ? shownBlock.left : -1}
              to={inBlock ? shownBlock.right : -1}
              handle={fillable && i === shownBlock?.bottom ? shownBlock.right : -1}
              editing={cell.row === i ? cell.editing : ''}
              refused={item && refused.get(item.id)}
              typed={typed}
              onToggle={toggle}
              onPick={pick}
              onDrag={drag}
              onFill={beginFill}
              onDone={done}
              onOpen={openRecord}
              canEdit={editable}
            />
          )
        })}
      </div>
    </div>
  )
}
