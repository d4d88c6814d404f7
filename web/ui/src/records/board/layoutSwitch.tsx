import clsx from 'clsx'
import { CalendarDays, Check, ChevronDown, SquareKanban, Table2 } from 'lucide-react'
import { useWords } from '../../platform/i18n'
import type { ObjectDef } from '../../platform/types'
import { Button, Menu, MenuItem } from '../../ui/kit'
import { dateField, dateFields } from '../calendar/calendarFields'
import type { Layout, ListState } from '../listState'
import { boardField, boardFields, useColumns } from './columns'
import { useBoardWords } from './words'

/** Table, board or calendar; for a board, which pipeline and which field parts it; for a calendar, which date. */
export function LayoutSwitch({ object, state }: { object: ObjectDef; state: ListState }) {
  const { label } = useWords()
  const { b } = useBoardWords()
  const { layout } = state
  const field = boardField(object, layout)
  const dates = dateFields(object)
  const date = dateField(object, layout)
  const { parents, parent } = useColumns(object, layout.kind === 'board' ? field : undefined, layout)
  const set = (next: Layout) => state.set({ layout: next.kind === 'table' ? '' : JSON.stringify(next) })
  const half = (on: boolean) =>
    clsx(
      'grid h-7 w-8 place-items-center rounded-md max-md:h-9 max-md:w-10',
      on ? 'bg-surface text-ink shadow-1' : 'text-ink-3',
    )
  return (
    <>
      <span className="flex rounded-lg bg-sunken p-0.5">
        <button
          type="button"
          aria-label={b('table')}
          aria-pressed={layout.kind === 'table'}
          className={half(layout.kind === 'table')}
          onClick={() => set({ kind: 'table' })}
        >
          <Table2 size={14} />
        </button>
        {boardFields(object).length > 0 && (
          <button
            type="button"
            aria-label={b('board')}
            aria-pressed={layout.kind === 'board'}
            className={half(layout.kind === 'board')}
            onClick={() => set({ kind: 'board', parent: layout.parent })}
          >
            <SquareKanban size={14} />
          </button>
        )}
        {dates.length > 0 && (
          <button
            type="button"
            aria-label={b('calendar')}
            aria-pressed={layout.kind === 'calendar'}
            className={half(layout.kind === 'calendar')}
            onClick={() => set({ kind: 'calendar' })}
          >
            <CalendarDays size={14} />
          </button>
        )}
      </span>
      {layout.kind === 'calendar' && dates.length > 1 && (
        <Menu
          trigger={
            <Button kind="ghost" size="sm">
              {b('on', { field: date ? label(date.labels) : '' })}
              <ChevronDown size={13} />
            </Button>
          }
        >
          {dates.map(one => (
            <MenuItem
              key={one.name}
              icon={one === date && <Check size={14} />}
              onSelect={() => set({ kind: 'calendar', by: one.name })}
            >
              {label(one.labels)}
            </MenuItem>
          ))}
        </Menu>
      )}
      {layout.kind === 'board' && parents.length > 1 && (
        <Menu
          trigger={
            <Button kind="ghost" size="sm">
              {parent?.name}
              <ChevronDown size={13} />
            </Button>
          }
        >
          {parents.map(one => (
            <MenuItem
              key={one.id}
              icon={one.id === parent?.id && <Check size={14} />}
              onSelect={() => set({ ...layout, parent: one.id })}
            >
              {one.name}
            </MenuItem>
          ))}
        </Menu>
      )}
      {layout.kind === 'board' && boardFields(object).length > 1 && (
        <Menu
          trigger={
            <Button kind="ghost" size="sm">
              {b('by', { field: field ? label(field.labels) : '' })}
              <ChevronDown size={13} />
            </Button>
          }
        >
          {boardFields(object).map(one => (
            <MenuItem
              key={one.name}
              icon={one.name === field?.name && <Check size={14} />}
              onSelect={() => set({ ...layout, by: one.name })}
            >
              {label(one.labels)}
            </MenuItem>
          ))}
        </Menu>
      )}
    </>
  )
}
