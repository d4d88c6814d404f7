import { ListFilter } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useWords } from '../platform/i18n'
import type { Filter, ObjectDef } from '../platform/types'
import { Button, Popover } from '../ui/kit'
import { countConditions, emptyGroup, type Group, toFilter, toTree } from './filterTree'

const GroupEditor = lazy(() => import('./filterEditor'))

interface Props {
  object: ObjectDef
  filter: Filter | undefined
  onChange: (filter: Filter | undefined) => void
}

/** Builds filters with AND, OR and groups; what is shown is always what the list runs. */
export function FilterBuilder({ object, filter, onChange }: Props) {
  const { t } = useWords()
  const [tree, setTree] = useState<Group>(() => toTree(filter))
  const n = countConditions(toTree(filter))
  const change = (next: Group) => {
    setTree(next)
    onChange(toFilter(next))
  }
  return (
    <Popover
      className="w-[620px] max-w-[calc(100vw-24px)] p-3"
      onOpenChange={open => open && setTree(toTree(filter))}
      trigger={
        <Button size="sm" icon={<ListFilter size={14} />} className={n ? 'border-accent-line text-accent-ink' : ''}>
          {t('filter')}
          {n > 0 && <span className="num rounded bg-accent-soft px-1 text-2xs">{n}</span>}
        </Button>
      }
    >
      <Suspense fallback={<div className="h-24" aria-busy />}>
        <GroupEditor object={object} group={tree} onChange={change} depth={0} />
      </Suspense>
      {tree.items.length > 0 && (
        <div className="mt-2 flex justify-end border-t border-line pt-2">
          <Button kind="ghost" size="sm" onClick={() => change(emptyGroup())}>
            {t('clearFilters')}
          </Button>
        </div>
      )}
    </Popover>
  )
}
