import {
  ArrowDown,
  ArrowUp,
  Check,
  Columns3,
  Download,
  FileUp,
  Merge,
  Pencil,
  Search,
  Tag as TagIcon,
  Trash2,
  UserRoundPlus,
  X,
} from 'lucide-react'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useNavigate } from 'react-router'
import { toast } from 'sonner'
import { api } from '../platform/api'
import { formatNumber } from '../platform/format'
import { useWords } from '../platform/i18n'
import { type ResolvedPath, resolvePath, useObjects } from '../platform/meta'
import { remember } from '../platform/remembered'
import type { ObjectDef } from '../platform/types'
import { Button, Checkbox, Menu, MenuItem, Popover } from '../ui/kit'
import type { ListState } from './listState'
import { useRecordWords } from './words'

interface Export {
  object: ObjectDef
  fields: string[]
  sort: string
  where: { filter?: unknown; q?: string }
  format: 'csv' | 'xlsx'
  t: ReturnType<typeof useWords>['t']
}

/** Downloads records as a file. */
async function exportRecords({ object, fields, sort, where, format, t }: Export) {
  try {
    const made = await api<{ file: string }>('POST', '/exports', {
      body: { object: object.name, format, fields, sort, ...where },
    })
    location.assign(made.file)
  } catch (error) {
    toast.error(error instanceof Error && error.message !== 'offline' ? error.message : t('offline'))
  }
}

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
  const { w } = useRecordWords()
  const move = (at: number, by: number) => {
    const next = [...columns]
    const [moved] = next.splice(at, 1)
    if (moved) next.splice(at + by, 0, moved)
    onChange(next)
  }
  const toggle = (path: string, on: boolean) => onChange(on ? [...columns, path] : columns.filter(c => c !== path))
  return (
    <Popover
      align="end"
      className="max-h-96 w-72 overflow-auto"
      trigger={
        <Button kind="ghost" size="sm" aria-label={t('columns')} icon={<Columns3 size={14} />}>
          <span className="max-md:hidden">{t('columns')}</span>
        </Button>
      }
    >
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
            {at > 0 && (
              <span className="flex">
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
                  disabled={at === columns.length - 1}
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
  const [editing, setEditing] = useState<{ field?: string }>()
  const [merging, setMerging] = useState(false)
  const count = all ? total : selected.size
  const where = all
    ? { ...(state.filter && { filter: state.filter }), ...(state.q && { q: state.q }) }
    : { filter: { field: 'id', op: 'in', value: [...selected] } }
  const can = (operation: string) => object.operations.includes(operation)
  const writable = (name: string) => object.fields.some(field => field.name === name && field.writable)
  const exportThem = () => exportRecords({ object, fields: state.columns, sort: state.sort, where, format: 'xlsx', t })
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
        <button type="button" onClick={() => setEditing({})} className={barButton}>
          <Pencil size={15} />
          {t('edit')}
        </button>
      )}
      {can('mass') && can('update') && writable('owner') && (
        <button type="button" onClick={() => setEditing({ field: 'owner' })} className={barButton}>
          <UserRoundPlus size={15} />
          {t('assign')}
        </button>
      )}
      {can('mass') && can('update') && writable('tags') && (
        <button type="button" onClick={() => setEditing({ field: 'tags' })} className={barButton}>
          <TagIcon size={15} />
          {t('tag')}
        </button>
      )}
      {can('update') && can('delete') && !all && selected.size > 1 && selected.size <= 20 && (
        <button type="button" onClick={() => setMerging(true)} className={barButton}>
          <Merge size={15} />
          {t('merge')}
        </button>
      )}
      {can('export') && (
        <button type="button" onClick={exportThem} className={barButton}>
          <Download size={15} />
          {t('export')}
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
            only={editing.field}
            onClose={() => setEditing(undefined)}
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
