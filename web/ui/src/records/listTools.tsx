import { ArrowDown, ArrowUp, Check, Columns3, Download, FileUp, Search } from 'lucide-react'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useNavigate } from 'react-router'
import { useWords } from '../platform/i18n'
import type { ResolvedPath } from '../platform/meta'
import type { ObjectDef } from '../platform/types'
import { Button, Menu, MenuItem, Popover } from '../ui/kit'
import { exportRecords } from './exportRecords'
import type { ListState } from './listState'

export function ListActions({
  object,
  columns,
  state,
}: {
  object: ObjectDef
  columns: ResolvedPath[]
  state: ListState
}) {
  const { t } = useWords()
  const navigate = useNavigate()
  const { filter, q, sort } = state
  const where = { ...(filter && { filter }), ...(q && { q }) }
  const download = (format: 'csv' | 'xlsx') =>
    exportRecords({ object, fields: columns.map(c => c.path), sort, where, format, t })
  return (
    <>
      {object.operations.includes('import') && (
        <Button
          kind="ghost"
          aria-label={t('import')}
          icon={<FileUp size={15} />}
          onClick={() => navigate(`/imports/new?object=${object.name}`)}
        >
          <span className="max-md:hidden">{t('import')}</span>
        </Button>
      )}
      {object.operations.includes('export') && (
        <Menu
          align="end"
          trigger={
            <Button kind="ghost" aria-label={t('export')} icon={<Download size={15} />}>
              <span className="max-md:hidden">{t('export')}</span>
            </Button>
          }
        >
          <MenuItem onSelect={() => download('csv')}>{t('exportCsv')}</MenuItem>
          <MenuItem onSelect={() => download('xlsx')}>{t('exportXlsx')}</MenuItem>
        </Menu>
      )}
    </>
  )
}

export function SortMenu({
  columns,
  sort,
  onSort,
}: {
  columns: ResolvedPath[]
  sort: string
  onSort: (sort: string) => void
}) {
  const { t, label } = useWords()
  const path = sort.replace(/^-/, '')
  const descending = sort.startsWith('-')
  const sortable = columns.flatMap(column => (column.sortPath ? [{ column, by: column.sortPath }] : []))
  const current = sortable.find(c => c.by === path)?.column
  return (
    <Menu
      trigger={
        <Button
          kind="ghost"
          size="sm"
          aria-label={t('sort')}
          icon={descending ? <ArrowDown size={13} /> : <ArrowUp size={13} />}
        >
          {current ? label(current.field.labels) : t('sort')}
        </Button>
      }
    >
      {sortable.map(({ column, by }) => (
        <MenuItem
          key={column.path}
          icon={by === path && <Check size={14} />}
          onSelect={() => onSort(by === path && !descending ? `-${by}` : by)}
        >
          {label(column.field.labels)}
        </MenuItem>
      ))}
    </Menu>
  )
}

export function ListSearch({ q, onSearch }: { q: string; onSearch: (q: string) => void }) {
  const { t } = useWords()
  const [text, setText] = useState(q)
  useEffect(() => setText(q), [q])
  // biome-ignore lint/correctness/useExhaustiveDependencies: only typing starts a search
  useEffect(() => {
    const timer = setTimeout(() => text !== q && onSearch(text), 200)
    return () => clearTimeout(timer)
  }, [text])
  return (
    <label className="ml-auto flex h-7 w-52 items-center gap-1.5 rounded-lg border border-transparent bg-sunken px-2 text-ink-3 focus-within:border-accent focus-within:bg-surface max-md:h-9 max-md:w-40">
      <Search size={13} aria-hidden />
      <input
        id="list-search"
        aria-label={t('searchList')}
        aria-keyshortcuts="/"
        value={text}
        onChange={e => setText(e.target.value)}
        placeholder={t('searchList')}
        className="min-w-0 flex-1 bg-transparent text-xs text-ink outline-none placeholder:text-ink-3"
      />
    </label>
  )
}

const ColumnList = lazy(() => import('./columnMenu'))

interface ColumnProps {
  object: ObjectDef
  columns: string[]
  onChange: (columns: string[]) => void
}

export function ColumnMenu(props: ColumnProps) {
  const { t } = useWords()
  return (
    <Popover
      align="end"
      className="max-h-96 w-80 overflow-auto"
      trigger={
        <Button kind="ghost" size="sm" aria-label={t('columns')} icon={<Columns3 size={14} />}>
          <span className="max-md:hidden">{t('columns')}</span>
        </Button>
      }
    >
      <Suspense fallback={<div className="h-60" aria-busy />}>
        <ColumnList {...props} />
      </Suspense>
    </Popover>
  )
}
