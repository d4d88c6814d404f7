import clsx from 'clsx'
import { type KeyboardEvent, memo, type RefObject, useEffect, useState } from 'react'
import { commits, Editor } from '../../fields/editor'
import { recordName } from '../../fields/recordName'
import { Value } from '../../fields/value'
import { useWords } from '../../platform/i18n'
import type { ResolvedPath } from '../../platform/meta'
import type { FieldValue, ObjectDef, RecordItem } from '../../platform/types'
import { Face } from '../../ui/face'
import { Button, Checkbox } from '../../ui/kit'

/** Stays in sight when the list is moved sideways; before that a pinned cell would only cost a layer of its own. */
const PINNED = 'relative in-data-shifted:sticky in-data-shifted:z-10'
const WIDE_EDITORS = ['address', 'personName', 'longText', 'money']

/** What is being typed into a cell, for whoever has to put it away in good order. */
export interface Typed {
  item: RecordItem
  column: number
  value: FieldValue
}

/** Where to go once a cell is written: a row down, a column on or back, or nowhere. */
export type Onward = 'down' | 'on' | 'back' | undefined

export interface RowProps {
  index: number
  item: RecordItem | undefined
  top: number
  height: number
  object: ObjectDef
  columns: ResolvedPath[]
  template: string
  selected: boolean
  /** Whether its record is shown beside the list. */
  open: boolean
  active: number
  /** The columns of the chosen block, -1 if this row is not part of it. */
  from: number
  to: number
  /** The column at whose corner the block is drawn out to fill other rows, -1 if none. */
  handle: number
  editing: '' | 'all' | 'fresh'
  refused: Readonly<Record<string, string>> | undefined
  typed: RefObject<Typed | undefined>
  onToggle: (id: string, index: number, span: boolean) => void
  onPick: (index: number, column: number, how: 'pick' | 'extend' | 'edit') => void
  onDrag: (index: number, column: number) => void
  onFill: () => void
  onDone: (item: RecordItem, column: number, value: FieldValue | undefined, onward: Onward) => void
  onOpen: (id: string) => void
  canEdit: (column: number) => boolean
}

/**
 * A row in its place. One that is not filled yet keeps what its elements showed before, unseen: moving them costs next to
 * nothing, making them anew would.
 */
export const Row = memo(function Row(props: RowProps) {
  const { item, selected } = props
  const [last, setLast] = useState<{ index: number; item: RecordItem }>()
  if (item && (last?.item !== item || last.index !== props.index)) setLast({ index: props.index, item })
  const shown = item ? { index: props.index, item } : last
  const { top, height, template, ...cells } = props
  return (
    <div
      role="row"
      aria-rowindex={props.index + 2}
      aria-selected={selected}
      aria-busy={!item}
      className={clsx(
        'group absolute top-0 left-0 grid min-w-full border-b border-line [contain:layout_style]',
        !item ? 'row-waiting bg-surface' : selected || props.open ? 'bg-row-sel' : 'bg-surface hover:bg-hover',
      )}
      style={{ transform: `translateY(${top}px)`, height, gridTemplateColumns: template }}
    >
      {shown && <Cells {...cells} index={shown.index} item={shown.item} />}
    </div>
  )
})

type CellsProps = Omit<RowProps, 'top' | 'height' | 'template' | 'item'> & { item: RecordItem }

const Cells = memo(function Cells(props: CellsProps) {
  const { index, item, object, columns, selected, active, editing } = props
  const { t, lang } = useWords()
  const background = selected || props.open ? 'bg-row-sel' : 'bg-surface group-hover:bg-hover'
  const name = recordName(object, item, lang)
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
        <span
          onClickCapture={event => {
            if (!event.shiftKey) return
            event.preventDefault()
            event.stopPropagation()
            props.onToggle(item.id, index, true)
          }}
          className={clsx(!selected && 'sr-only group-focus-within:not-sr-only group-hover:not-sr-only')}
        >
          <Checkbox
            checked={selected}
            onChange={() => props.onToggle(item.id, index, false)}
            label={`${t('selectRow')} ${name}`}
          />
        </span>
      </div>
      {columns.map((column, i) => {
        const why = props.refused?.[column.field.name]
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the grid for its active cell
          <div
            key={column.path}
            role="gridcell"
            id={`cell-${index}-${i}`}
            aria-colindex={i + 2}
            aria-invalid={why ? true : undefined}
            title={why}
            onPointerDown={event =>
              event.pointerType === 'mouse' &&
              event.button === 0 &&
              props.onPick(index, i, event.shiftKey ? 'extend' : 'pick')
            }
            onClick={event => props.onPick(index, i, event.shiftKey ? 'extend' : 'pick')}
            onDoubleClick={() => props.canEdit(i) && props.onPick(index, i, 'edit')}
            onPointerEnter={event => event.buttons === 1 && props.onDrag(index, i)}
            className={clsx(
              'flex min-w-0 items-center px-2.5',
              i !== 0 && 'relative',
              i === 0 && clsx(PINNED, 'in-data-shifted:left-11 border-r border-line', background),
              i >= props.from && i <= props.to && active !== i && 'bg-accent-soft',
              active === i && 'z-20 rounded-[3px] ring-2 ring-accent ring-inset',
              why && 'rounded-[3px] ring-2 ring-neg ring-inset',
            )}
          >
            {i === 0 ? (
              <NameCell object={object} column={column} item={item} name={name} onOpen={props.onOpen} />
            ) : (
              <Value field={column.field} part={column.part} value={item[column.path]} />
            )}
            {props.handle === i && (
              <span
                aria-hidden
                onPointerDown={event => {
                  event.preventDefault()
                  event.stopPropagation()
                  props.onFill()
                }}
                onClick={event => event.stopPropagation()}
                className="absolute -right-1 -bottom-1 z-30 size-2.5 cursor-crosshair rounded-[2px] border-2 border-surface bg-accent max-md:hidden"
              />
            )}
            {why && active === i && !editing && (
              <span
                role="alert"
                className="absolute top-full left-0 z-40 mt-0.5 w-max max-w-80 rounded-lg bg-neg px-2.5 py-1.5 text-xs font-medium whitespace-normal text-surface shadow-3"
              >
                {why}
              </span>
            )}
            {active === i && editing && (
              <CellEditor
                column={column}
                at={i}
                item={item}
                fresh={editing === 'fresh'}
                typed={props.typed}
                onDone={(value, onward) => props.onDone(item, i, value, onward)}
              />
            )}
          </div>
        )
      })}
    </>
  )
})

interface NameProps {
  object: ObjectDef
  column: ResolvedPath
  item: RecordItem
  name: string
  onOpen: (id: string) => void
}

function NameCell({ object, column, item, name, onOpen }: NameProps) {
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
        draggable={false}
        tabIndex={-1}
        aria-label={`${t('open')} ${name}`}
        onClick={event => {
          if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
          event.preventDefault()
          event.stopPropagation()
          onOpen(item.id)
        }}
        className="ml-auto hidden flex-none rounded-md border border-line-2 bg-surface px-1.5 text-2xs leading-5 font-medium text-ink-2 shadow-1 group-hover:block"
      >
        {t('open')}
      </a>
    </>
  )
}

interface EditorProps {
  column: ResolvedPath
  at: number
  item: RecordItem
  /** Begun by typing, which replaces what was there. */
  fresh: boolean
  typed: RefObject<Typed | undefined>
  onDone: (value: FieldValue | undefined, onward: Onward) => void
}

function CellEditor({ column, at, item, fresh, typed, onDone }: EditorProps) {
  const { t } = useWords()
  const [value, setValue] = useState<FieldValue>(fresh ? null : item[column.field.name])
  const immediate = column.field.type === 'choice' || column.field.type === 'flag' || column.field.type === 'lookup'
  useEffect(() => {
    typed.current = { item, column: at, value }
    return () => {
      typed.current = undefined
    }
  }, [typed, item, at, value])
  const change = (next: FieldValue) => {
    setValue(next)
    if (immediate) onDone(next ?? null, undefined)
  }
  const key = (event: KeyboardEvent) => {
    event.stopPropagation()
    const inside = event.currentTarget.querySelectorAll('input, select, textarea')
    const edge = event.shiftKey ? inside[0] : inside[inside.length - 1]
    if (event.key === 'Escape') onDone(undefined, undefined)
    else if (event.key === 'Tab' && document.activeElement === edge && !event.nativeEvent.isComposing) {
      event.preventDefault()
      onDone(value ?? null, event.shiftKey ? 'back' : 'on')
    } else if (commits(event, column.field)) {
      event.preventDefault()
      onDone(value ?? null, 'down')
    }
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the editor inside is the control; this catches its keys
    <div
      className="absolute top-0 left-0 z-40 min-w-full rounded-lg bg-surface p-0.5 shadow-3 max-md:hidden"
      style={{ width: WIDE_EDITORS.includes(column.field.type) ? 340 : undefined }}
      onPointerDown={e => e.stopPropagation()}
      onClick={e => e.stopPropagation()}
      onDoubleClick={e => e.stopPropagation()}
      onKeyDown={key}
    >
      <Editor id={`edit-${column.path}`} field={column.field} value={value} onChange={change} autoFocus />
      {!immediate && (
        <span className="flex justify-end gap-1 pt-1">
          <Button size="sm" kind="ghost" onClick={() => onDone(undefined, undefined)}>
            {t('cancel')}
          </Button>
          <Button size="sm" kind="solid" onClick={() => onDone(value ?? null, undefined)}>
            {t('save')}
          </Button>
        </span>
      )}
    </div>
  )
}
