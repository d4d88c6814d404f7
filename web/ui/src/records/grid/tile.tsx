import { Link } from 'react-router'
import { toText, Value } from '../../fields/value'
import { useWords } from '../../platform/i18n'
import type { ResolvedPath } from '../../platform/meta'
import type { ObjectDef, RecordItem } from '../../platform/types'
import { Face } from '../../ui/face'
import { Skeleton } from '../../ui/kit'
import { standsAlone } from '../facts'

export const TILE = 62

interface TileProps {
  index: number
  item: RecordItem | undefined
  top: number
  object: ObjectDef
  columns: ResolvedPath[]
}

/** A row on a phone: two lines to tap. */
export function Tile({ index, item, top, object, columns }: TileProps) {
  const { lang } = useWords()
  const [first, ...rest] = columns
  const name = item && first ? toText(first.field, item[first.path], lang) : ''
  const choice = rest.find(c => c.field.type === 'choice')
  const facts = rest.filter(c => c !== choice && standsAlone(c.field)).slice(0, 2)
  const line = item
    ? facts
        .map(c => (c.part ? String(item[c.path] ?? '') : toText(c.field, item[c.path], lang)))
        .filter(Boolean)
        .join(' · ')
    : ''
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className="absolute inset-x-0 border-b border-line"
      style={{ top, height: TILE }}
    >
      <div role="gridcell" className="h-full">
        {item ? (
          <Link to={`/o/${object.name}/${item.id}`} className="flex h-full items-center gap-3 px-4">
            <Face name={name} size={36} square={first?.field.type !== 'personName'} />
            <span className="min-w-0 flex-1">
              <span className="block truncate text-base font-medium">{name || '—'}</span>
              <span className="block truncate text-ink-3">{line}</span>
            </span>
            {choice && <Value field={choice.field} value={item[choice.path]} />}
          </Link>
        ) : (
          <span className="flex h-full items-center px-4">
            <Skeleton width="60%" />
          </span>
        )}
      </div>
    </div>
  )
}
