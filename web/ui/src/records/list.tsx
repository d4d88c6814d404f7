import clsx from 'clsx'
import {
  ArrowDown,
  ArrowUp,
  Bookmark,
  Check,
  Columns3,
  Download,
  FileUp,
  ListFilter,
  Plus,
  Search,
  Trash2,
  X,
} from 'lucide-react'
import { lazy, Suspense, useEffect, useMemo, useState, useSyncExternalStore } from 'react'
import { Link, useNavigate, useParams, useSearchParams } from 'react-router'
import { toast } from 'sonner'
import { api } from '../platform/api'
import { formatNumber } from '../platform/format'
import { useWords } from '../platform/i18n'
import { type ResolvedPath, resolvePath, useObjects } from '../platform/meta'
import { useSession } from '../platform/session'
import type { Filter, ObjectDef } from '../platform/types'
import { ObjectIcon } from '../ui/icon'
import { Button, Checkbox, Kbd, Menu, MenuItem, Notice, Popover } from '../ui/kit'
import { TopBar } from '../ui/topBar'
import { FilterBuilder } from './filterBuilder'
import { Grid } from './grid'
import { useRows } from './rows'
import { type SavedView, useSaveView, useViews, type ViewDefinition } from './views'

const CreateForm = lazy(() => import('./createForm'))
const phone = matchMedia('(max-width: 767px)')
export const useIsPhone = () =>
  useSyncExternalStore(
    listener => {
      phone.addEventListener('change', listener)
      return () => phone.removeEventListener('change', listener)
    },
    () => phone.matches,
  )

/** The list of any object, by the name in the address. */
export function ListPage() {
  const { object: name = '' } = useParams()
  const objects = useObjects()
  const { t } = useWords()
  const object = objects.data?.get(name)
  if (objects.isPending) return null
  if (!object) return <Notice icon={<Search size={18} />} text={t('notFound')} />
  return <ListView key={name} object={object} />
}

function parseFilter(text: string | null): Filter | undefined {
  if (!text) return undefined
  try {
    return JSON.parse(text) as Filter
  } catch {
    return undefined
  }
}

/** Filters, sort, columns and view live in the address alone. */
function useListState(object: ObjectDef, views: SavedView[]) {
  const [params, setParams] = useSearchParams()
  const view = views.find(v => v.id === params.get('view'))
  const saved: ViewDefinition = view?.definition ?? {}
  const state = {
    view,
    filter: params.has('filter') ? parseFilter(params.get('filter')) : saved.filter,
    sort: params.get('sort') ?? saved.sort ?? object.defaultSort,
    columns: params.get('columns')?.split(',') ?? saved.columns ?? object.layouts.list,
    q: params.get('q') ?? '',
  }
  const set = (changes: Record<string, string | undefined>) =>
    setParams(
      old => {
        const next = new URLSearchParams(old)
        for (const [key, value] of Object.entries(changes)) {
          if (value === undefined) next.delete(key)
          else next.set(key, value)
        }
        return next
      },
      { replace: true },
    )
  const changed = ['filter', 'sort', 'columns'].some(key => params.has(key))
  return { ...state, set, changed, reset: { filter: undefined, sort: undefined, columns: undefined } }
}

function ListView({ object }: { object: ObjectDef }) {
  const { t, label, lang } = useWords()
  const objects = useObjects().data ?? new Map<string, ObjectDef>()
  const session = useSession().data
  const views = useViews(object.name, session?.user.id ?? '').data ?? []
  const state = useListState(object, views)
  const mobile = useIsPhone()
  const [creating, setCreating] = useState(false)
  const [selected, setSelected] = useState(new Set<string>())
  const columns = useMemo(
    () => state.columns.map(path => resolvePath(objects, object, path)).filter(c => c !== undefined),
    [state.columns, objects, object],
  )
  const rows = useRows({
    object: object.name,
    fields: [...new Set([object.nameField, ...columns.map(c => c.path)])],
    filter: state.filter,
    q: state.q,
    sort: state.sort,
  })
  useEffect(() => {
    const keys = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLElement && /INPUT|TEXTAREA|SELECT/.test(event.target.tagName)
      if (typing || event.metaKey || event.ctrlKey || event.altKey) return
      if (event.key === 'c' && object.operations.includes('create')) {
        event.preventDefault()
        setCreating(true)
      }
      if (event.key === '/') {
        event.preventDefault()
        document.getElementById('list-search')?.focus()
      }
    }
    addEventListener('keydown', keys)
    return () => removeEventListener('keydown', keys)
  }, [object])

  return (
    <>
      <TopBar
        icon={<ObjectIcon name={object.icon} size={16} />}
        title={label(object.plural)}
        right={
          <>
            <ListActions object={object} columns={columns} state={state} />
            {object.operations.includes('create') && (
              <Button
                kind="solid"
                icon={<Plus size={15} />}
                aria-label={t('new', {
                  object: lang === 'en' ? label(object.labels).toLowerCase() : label(object.labels),
                })}
                aria-keyshortcuts="C"
                onClick={() => setCreating(true)}
              >
                {mobile
                  ? null
                  : t('new', { object: lang === 'en' ? label(object.labels).toLowerCase() : label(object.labels) })}
              </Button>
            )}
          </>
        }
      />
      <ViewTabs object={object} views={views} state={state} />
      <div className="flex min-h-11 flex-none items-center gap-1.5 border-b border-line px-3 max-md:overflow-x-auto">
        <FilterBuilder
          key={state.view?.id ?? 'all'}
          object={object}
          filter={state.filter}
          onChange={filter => state.set({ filter: filter ? JSON.stringify(filter) : state.view ? '{}' : undefined })}
        />
        <SortMenu columns={columns} sort={state.sort} onSort={sort => state.set({ sort })} />
        <ListSearch q={state.q} onSearch={q => state.set({ q: q || undefined })} />
        <ColumnMenu object={object} columns={state.columns} onChange={list => state.set({ columns: list.join(',') })} />
      </div>
      {rows.error ? (
        <Notice
          icon={<ListFilter size={18} />}
          text={rows.error.message === 'offline' ? t('offline') : rows.error.message}
        >
          <Button onClick={() => rows.refetch()}>{t('retry')}</Button>
          <Button onClick={() => state.set(state.reset)}>{t('clearFilters')}</Button>
        </Notice>
      ) : !rows.isLoading && rows.total === 0 ? (
        <EmptyList object={object} state={state} onCreate={() => setCreating(true)} />
      ) : (
        <Grid
          object={object}
          columns={columns}
          total={rows.isLoading ? 20 : rows.total}
          row={rows.row}
          onRange={rows.onRange}
          sort={state.sort}
          onSort={sort => state.set({ sort })}
          selected={selected}
          onSelect={setSelected}
          mobile={mobile}
        />
      )}
      <footer className="flex h-9 flex-none items-center gap-5 border-t border-line bg-surface-2 px-4 text-xs text-ink-3 max-md:hidden">
        <span className="num font-medium text-ink-2" aria-live="polite">
          {t(rows.total === 1 ? 'recordsCountOne' : 'recordsCount', {
            n: rows.exact ? formatNumber(rows.total, lang) : t('about', { n: formatNumber(rows.total, lang) }),
          })}
        </span>
        <span className="ml-auto flex items-center gap-1.5">
          <Kbd>↑</Kbd>
          <Kbd>↓</Kbd>
        </span>
        <span className="flex items-center gap-1.5">
          <Kbd>↵</Kbd>
          {t('edit')}
        </span>
        <span className="flex items-center gap-1.5">
          <Kbd>O</Kbd>
          {t('open')}
        </span>
      </footer>
      {selected.size > 0 && (
        <SelectionBar
          object={object}
          selected={selected}
          onClear={() => setSelected(new Set())}
          refetch={rows.refetch}
        />
      )}
      {creating && (
        <Suspense>
          <CreateForm object={object} onClose={() => setCreating(false)} />
        </Suspense>
      )}
    </>
  )
}

type ListState = ReturnType<typeof useListState>

function EmptyList({ object, state, onCreate }: { object: ObjectDef; state: ListState; onCreate: () => void }) {
  const { t, label } = useWords()
  const filtered = state.filter !== undefined || state.q !== ''
  return (
    <div className="flex-1">
      <Notice icon={<ObjectIcon name={object.icon} size={18} />} text={t(filtered ? 'emptyFiltered' : 'emptyList')}>
        {filtered ? (
          <Button onClick={() => state.set({ filter: state.view ? '{}' : undefined, q: undefined })}>
            {t('clearFilters')}
          </Button>
        ) : (
          <>
            {object.operations.includes('import') && (
              <Link
                to={`/imports/new?object=${object.name}`}
                className="inline-flex h-8 items-center gap-1.5 rounded-lg border border-line-2 px-2.5 text-sm font-medium shadow-1 hover:bg-hover"
              >
                <FileUp size={15} />
                {t('import')}
              </Link>
            )}
            <Button icon={<Plus size={15} />} onClick={onCreate}>
              {t('new', { object: label(object.labels) })}
            </Button>
          </>
        )}
      </Notice>
    </div>
  )
}

function ListActions({ object, columns, state }: { object: ObjectDef; columns: ResolvedPath[]; state: ListState }) {
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

function ViewTabs({ object, views, state }: { object: ObjectDef; views: SavedView[]; state: ListState }) {
  const { t, label, lang } = useWords()
  const save = useSaveView(object.name)
  const definition: ViewDefinition = { filter: state.filter, sort: state.sort, columns: state.columns }
  const [naming, setNaming] = useState(false)
  const [name, setName] = useState('')
  const create = async () => {
    const id = await save.create(name, definition)
    setNaming(false)
    setName('')
    state.set({ ...state.reset, view: id })
  }
  const tab = (active: boolean) =>
    clsx(
      'flex h-10 flex-none items-center gap-1.5 border-b-2 px-2.5 text-sm',
      active ? 'border-ink font-medium text-ink' : 'border-transparent text-ink-3 hover:text-ink',
    )
  return (
    <nav
      aria-label={t('views')}
      className="flex flex-none items-center gap-1 overflow-x-auto border-b border-line px-3"
    >
      <button
        type="button"
        aria-current={!state.view || undefined}
        className={tab(!state.view)}
        onClick={() => state.set({ ...state.reset, view: undefined })}
      >
        {t('viewAll', { objects: lang === 'en' ? label(object.plural).toLowerCase() : label(object.plural) })}
        {!state.view && state.changed && <i className="size-1.5 rounded-full bg-accent" />}
      </button>
      {views.map(view => (
        <button
          key={view.id}
          type="button"
          aria-current={state.view?.id === view.id || undefined}
          className={tab(state.view?.id === view.id)}
          onClick={() => state.set({ ...state.reset, view: view.id })}
        >
          {view.name}
          {state.view?.id === view.id && state.changed && <i className="size-1.5 rounded-full bg-accent" />}
        </button>
      ))}
      {state.view && state.changed && (
        <Button
          kind="soft"
          size="sm"
          icon={<Bookmark size={13} />}
          onClick={() => state.view && save.update(state.view, definition).then(() => state.set(state.reset))}
        >
          {t('saveView')}
        </Button>
      )}
      <Popover
        open={naming}
        onOpenChange={setNaming}
        trigger={<Button kind="ghost" size="sm" aria-label={t('newView')} icon={<Plus size={14} />} />}
      >
        <form
          className="flex w-64 flex-col gap-2 p-1.5"
          onSubmit={event => {
            event.preventDefault()
            if (name.trim()) create()
          }}
        >
          <label className="text-xs text-ink-3" htmlFor="view-name">
            {t('viewName')}
          </label>
          <input
            id="view-name"
            value={name}
            maxLength={100}
            onChange={e => setName(e.target.value)}
            className="h-8 rounded-lg border border-line-2 px-2.5"
          />
          <Button kind="solid" type="submit" disabled={!name.trim()}>
            {t('newView')}
          </Button>
        </form>
      </Popover>
      {state.view && (
        <Button
          kind="ghost"
          size="sm"
          aria-label={`${t('delete')} ${state.view.name}`}
          icon={<X size={13} />}
          onClick={() =>
            state.view && save.remove(state.view).then(() => state.set({ ...state.reset, view: undefined }))
          }
        />
      )}
    </nav>
  )
}

function SortMenu({
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
  const current = columns.find(c => c.path === path)
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
      {columns.map(column => (
        <MenuItem
          key={column.path}
          icon={column.path === path && <Check size={14} />}
          onSelect={() => onSort(column.path === path && !descending ? `-${column.path}` : column.path)}
        >
          {label(column.field.labels)}
        </MenuItem>
      ))}
    </Menu>
  )
}

function ListSearch({ q, onSearch }: { q: string; onSearch: (q: string) => void }) {
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

function ColumnMenu({
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
  onClear: () => void
  refetch: () => void
}

function SelectionBar({ object, selected, onClear, refetch }: SelectionProps) {
  const { t } = useWords()
  const remove = async () => {
    try {
      const answer = await api<{ batch: string }>('POST', `/records/${object.name}/bulk`, {
        body: { delete: [...selected] },
      })
      onClear()
      refetch()
      const undo = async () => {
        await api('POST', `/batches/${answer.batch}/undo`)
        setTimeout(refetch, 1200)
      }
      toast(t('confirmDelete'), { action: { label: t('undo'), onClick: undo } })
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
        {t('selectedCount', { n: selected.size })}
        <button
          type="button"
          aria-label={t('clear')}
          onClick={onClear}
          className="grid size-5 place-items-center rounded-md hover:bg-white/15"
        >
          <X size={13} />
        </button>
      </span>
      {object.operations.includes('delete') && (
        <button
          type="button"
          onClick={remove}
          className="flex h-8 items-center gap-2 rounded-xl px-2.5 whitespace-nowrap hover:bg-white/12"
        >
          <Trash2 size={15} className="text-[#ff8f98]" />
          {t('delete')}
        </button>
      )}
    </div>
  )
}
