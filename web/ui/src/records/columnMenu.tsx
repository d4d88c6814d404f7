import { ArrowDown, ArrowUp, Minus, Plus } from 'lucide-react'
import { useWords } from '../platform/i18n'
import { resolvePath, useObjects } from '../platform/meta'
import { remember } from '../platform/remembered'
import type { ObjectDef } from '../platform/types'
import { Button, Checkbox } from '../ui/kit'
import { useColumnWidths } from './grid/columns'
import { useRecordWords } from './words'

/** In pixels. */
const STEP = 24

/** Which columns the list shows, and in what order. */
export default function ColumnList({
  object,
  columns,
  onChange,
}: {
  object: ObjectDef
  columns: string[]
  onChange: (columns: string[]) => void
}) {
  const { label } = useWords()
  const extra = object.fields.filter(
    field => !columns.includes(field.name) && !['longText', 'richText'].includes(field.type),
  )
  const objects = useObjects().data ?? new Map<string, ObjectDef>()
  const text = (path: string) => {
    const found = resolvePath(objects, object, path)
    return found ? label(found.field.labels) : path
  }
  const { w } = useRecordWords()
  const resolved = columns.map(path => resolvePath(objects, object, path)).filter(c => c !== undefined)
  const { widths, resize } = useColumnWidths(object.name, resolved)
  const size = (at: number, by: number) => {
    const index = resolved.findIndex(column => column.path === columns[at])
    const width = widths[index]
    if (width !== undefined) resize(columns[at] ?? '', width + by)
  }
  const move = (at: number, by: number) => {
    const next = [...columns]
    const [moved] = next.splice(at, 1)
    if (moved) next.splice(at + by, 0, moved)
    onChange(next)
  }
  const toggle = (path: string, on: boolean) => onChange(on ? [...columns, path] : columns.filter(c => c !== path))
  return (
    <>
      {[...columns, ...extra.map(field => field.name)].map(path => {
        const at = columns.indexOf(path)
        return (
          <span key={path} className="group flex h-8 items-center gap-2 px-2 text-sm max-md:h-11">
            <Checkbox
              label={text(path)}
              checked={at >= 0}
              onChange={on => (columns.length > 1 || on) && toggle(path, on)}
            />
            <span className="min-w-0 flex-1 truncate">{text(path)}</span>
            {at >= 0 && (
              <span className="flex">
                <Button
                  kind="ghost"
                  size="sm"
                  aria-label={w('narrower', { column: text(path) })}
                  icon={<Minus size={12} />}
                  onClick={() => size(at, -STEP)}
                />
                <Button
                  kind="ghost"
                  size="sm"
                  aria-label={w('wider', { column: text(path) })}
                  icon={<Plus size={12} />}
                  onClick={() => size(at, STEP)}
                />
                <Button
                  kind="ghost"
                  size="sm"
                  aria-label={w('moveLeft', { column: text(path) })}
                  disabled={at < 2}
                  icon={<ArrowUp size={12} />}
                  onClick={() => move(at, -1)}
                />
                <Button
                  kind="ghost"
                  size="sm"
                  aria-label={w('moveRight', { column: text(path) })}
                  disabled={at === 0 || at === columns.length - 1}
                  icon={<ArrowDown size={12} />}
                  onClick={() => move(at, 1)}
                />
              </span>
            )}
          </span>
        )
      })}
      <span className="sticky -bottom-1.5 -mx-1.5 flex gap-1 border-t border-line bg-surface p-1.5">
        <Button kind="ghost" size="sm" onClick={() => onChange(object.layouts.list)}>
          {w('usualColumns')}
        </Button>
        <Button kind="ghost" size="sm" onClick={() => remember(`widths.${object.name}`, undefined)}>
          {w('usualWidths')}
        </Button>
      </span>
    </>
  )
}
