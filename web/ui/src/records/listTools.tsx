import { ArrowDown, ArrowUp, Check, Columns3, Download, FileUp, Merge, Pencil, Search, Trash2, X } from 'lucide-react'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useNavigate } from 'react-router'
import { toast } from 'sonner'
import { api } from '../platform/api'
import { formatNumber } from '../platform/format'
import { useWords } from '../platform/i18n'
import { type ResolvedPath, resolvePath, useObjects } from '../platform/meta'
import type { ObjectDef } from '../platform/types'
import { Button, Checkbox, Menu, MenuItem, Popover } from '../ui/kit'
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
  const download = async (format: 'csv' | 'xlsx') => {
    const { filter, q, sort } = state
    try {
      const body = {
        object: object.name,
        format,
        fields: columns.map(c => c.path),
        sort,
        ...(filter && { filter }),
        ...(q && { q }),
      }
      const made = await api<{ file: string }>('POST', '/exports', { body })
      location.assign(made.file)
    } catch (error) {
      toast.error(error instanceof Error ? error.message : t('offline'))
    }
  }
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

export function ColumnMenu({
  object,
  columns,
  onChange,
}: {
  object: ObjectDef
  columns: string[]
  onChange: (columns: string[]) => void
}) {
  const { t, label } = useWords()
  const extra = object.fields.filter(
    field => !columns.includes(field.name) && !['longText', 'richText'].includes(field.type),
  )
  const objects = useObjects().data ?? new Map<string, ObjectDef>()
  const text = (path: string) => {
    const found = resolvePath(objects, object, path)
    return found ? label(found.field.labels) : path
  }
  const toggle = (path: string, on: boolean) => onChange(on ? [...columns, path] : columns.filter(c => c !== path))
  return (
    <Popover
      align="end"
      className="max-h-96 w-60 overflow-auto"
      trigger={
        <Button kind="ghost" size="sm" aria-label={t('columns')} icon={<Columns3 size={14} />}>
          <span className="max-md:hidden">{t('columns')}</span>
        </Button>
      }
    >
      {[...columns, ...extra.map(field => field.name)].map(path => (
        <span key={path} className="flex h-8 items-center gap-2 px-2 text-sm">
          <Checkbox
            label={text(path)}
            checked={columns.includes(path)}
            onChange={on => (columns.length > 1 || on) && toggle(path, on)}
          />
          {text(path)}
        </span>
      ))}
    </Popover>
  )
}

interface SelectionProps {
  object: ObjectDef
  selected: Set<string>
  total: number
  exact: boolean
  state: ListState
  onClear: () => void
  refetch: () => void
}

const BulkEdit = lazy(() => import('../features/batches/bulkEdit'))
const MergeForm = lazy(() => import('../features/batches/mergeForm'))
const barButton =
  'flex h-8 items-center gap-2 rounded-xl px-2.5 whitespace-nowrap hover:bg-white/12 aria-pressed:bg-white/20 max-md:h-11'

/** What can be done with the chosen records, or with all that the list shows. */
export function SelectionBar({ object, selected, total, exact, state, onClear, refetch }: SelectionProps) {
  const { t, lang } = useWords()
  const [all, setAll] = useState(false)
  const [editing, setEditing] = useState(false)
  const [merging, setMerging] = useState(false)
  const count = all ? total : selected.size
  const where = all
    ? { ...(state.filter && { filter: state.filter }), ...(state.q && { q: state.q }) }
    : { filter: { field: 'id', op: 'in', value: [...selected] } }
  const can = (operation: string) => object.operations.includes(operation)
  const removeAll = async () => {
    try {
      const answer = await api<{ batch: string }>('POST', `/records/${object.name}/bulk`, {
        body: { where, delete: true },
      })
      onClear()
      setTimeout(refetch, 1500)
      const undo = async () => {
        await api('POST', `/batches/${answer.batch}/undo`)
        setTimeout(refetch, 1500)
      }
      toast(t('confirmDelete'), { action: { label: t('undo'), onClick: undo } })
    } catch (error) {
      toast.error(error instanceof Error ? error.message : t('offline'))
    }
  }
  const remove = async () => {
    if (all) return removeAll()
    try {
      const answer = await api<{ batch: string; delete: { status: number }[] }>(
        'POST',
        `/records/${object.name}/bulk`,
        {
          body: { delete: [...selected] },
        },
      )
      onClear()
      refetch()
      const undo = async () => {
        await api('POST', `/batches/${answer.batch}/undo`)
        setTimeout(refetch, 1200)
      }
      const refused = answer.delete.filter(item => item.status >= 400).length
      if (refused) toast.error(t('notDeleted', { n: refused }))
      if (refused < answer.delete.length) toast(t('confirmDelete'), { action: { label: t('undo'), onClick: undo } })
    } catch (error) {
      toast.error(error instanceof Error ? error.message : t('offline'))
    }
  }
  return (
    <div
      role="toolbar"
      aria-label={t('moreActions')}
      className="fixed bottom-14 left-1/2 z-40 flex -translate-x-1/2 items-center gap-1 rounded-2xl bg-[#16191f] p-1.5 text-sm font-medium text-white shadow-4 ring-1 ring-white/10 pop md:left-[calc(50%+114px)]"
    >
      <span className="num flex h-8 items-center gap-2 rounded-xl bg-white/10 pr-1.5 pl-3 whitespace-nowrap">
        {t('selectedCount', {
          n: exact || !all ? formatNumber(count, lang) : t('about', { n: formatNumber(count, lang) }),
        })}
        <button
          type="button"
          aria-label={t('clear')}
          onClick={onClear}
          className="grid size-5 place-items-center rounded-md hover:bg-white/15"
        >
          <X size={13} />
        </button>
      </span>
      {can('mass') && total > selected.size && (
        <button type="button" aria-pressed={all} onClick={() => setAll(v => !v)} className={barButton}>
          {t('allMatching', { n: exact ? formatNumber(total, lang) : t('about', { n: formatNumber(total, lang) }) })}
        </button>
      )}
      {can('mass') && can('update') && (
        <button type="button" onClick={() => setEditing(true)} className={barButton}>
          <Pencil size={15} />
          {t('edit')}
        </button>
      )}
      {can('update') && can('delete') && !all && selected.size > 1 && selected.size <= 20 && (
        <button type="button" onClick={() => setMerging(true)} className={barButton}>
          <Merge size={15} />
          {t('merge')}
        </button>
      )}
      {can('delete') && (
        <button type="button" onClick={remove} className={barButton}>
          <Trash2 size={15} className="text-[#ff8f98]" />
          {t('delete')}
        </button>
      )}
      <Suspense>
        {editing && (
          <BulkEdit
            object={object}
            where={where}
            count={count}
            onClose={() => setEditing(false)}
            onDone={() => {
              onClear()
              refetch()
            }}
          />
        )}
        {merging && (
          <MergeForm
            object={object}
            ids={[...selected]}
            onClose={() => setMerging(false)}
            onMerged={() => {
              onClear()
              refetch()
            }}
          />
        )}
      </Suspense>
    </div>
  )
}
