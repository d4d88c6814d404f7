import clsx from 'clsx'
import { Check, ChevronDown, SquareKanban, Table2 } from 'lucide-react'
import { useWords } from '../../platform/i18n'
import type { ObjectDef } from '../../platform/types'
import { Button, Menu, MenuItem } from '../../ui/kit'
import type { Layout, ListState } from '../listState'
import { boardField, boardFields, useColumns } from './columns'
import { useBoardWords } from './words'

/** Table or board; for a board, which pipeline and which field parts it. */
export function LayoutSwitch({ object, state }: { object: ObjectDef; state: ListState }) {
  const { label } = useWords()
  const { b } = useBoardWords()
  const { layout } = state
  const field = boardField(object, layout)
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
        <button
          type="button"
          aria-label={b('board')}
          aria-pressed={layout.kind === 'board'}
          className={half(layout.kind === 'board')}
          onClick={() => set({ ...layout, kind: 'board' })}
        >
          <SquareKanban size={14} />
        </button>
      </span>
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
