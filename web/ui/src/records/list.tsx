import { ChartColumn, CloudOff, FileUp, ListFilter, Plus, Search } from 'lucide-react'
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react'
import { Link, useNavigate, useParams, useSearchParams } from 'react-router'
import { whyAbsent } from '../platform/api'
import { formatNumber } from '../platform/format'
import { useWords } from '../platform/i18n'
import { resolvePath, useObjects } from '../platform/meta'
import { useIsPhone } from '../platform/phone'
import { useSession } from '../platform/session'
import type { ObjectDef } from '../platform/types'
import { ObjectIcon } from '../ui/icon'
import { Button, Kbd, linkLook, Notice } from '../ui/kit'
import { TopBar } from '../ui/topBar'
import { firstAnalysis } from './analysis/analysis'
import { FooterTotals } from './analysis/footerTotals'
import { LayoutSwitch } from './board/layoutSwitch'
import { FilterBuilder } from './filterBuilder'
import { Grid } from './grid/grid'
import { type ListState, useListState } from './listState'
import { ColumnMenu, ListActions, ListSearch, SortMenu } from './listTools'
import { useRows } from './rows'
import { useViews } from './views'
import { ViewTabs } from './viewTabs'
import { useRecordWords } from './words'

const AnalysisPanel = lazy(() => import('./analysis/panel'))
const Board = lazy(() => import('./board/board'))
const CalendarLayout = lazy(() => import('./calendar/calendarLayout'))
const CreateForm = lazy(() => import('./createForm'))
const SelectionBar = lazy(() => import('./selectionBar'))
const Preview = lazy(() => import('./preview'))

/** The list of any object, by the name in the address. */
export function ListPage() {
  const { object: name = '' } = useParams()
  const objects = useObjects()
  const { t } = useWords()
  const object = objects.data?.get(name)
  if (objects.isPending) return null
  if (!object) return <Notice icon={<Search size={18} />} text={whyAbsent(objects.error, t('notFound'))} />
  return <ListView key={name} object={object} />
}

function ListView({ object }: { object: ObjectDef }) {
  const { t, label, lang } = useWords()
  const objects = useObjects().data ?? new Map<string, ObjectDef>()
  const session = useSession().data
  const views = useViews(object.name, session?.user.id ?? '').data ?? []
  const state = useListState(object, views)
  const mobile = useIsPhone()
  const [params, setParams] = useSearchParams()
  const creating = params.has('new')
  const setCreating = useCallback(
    (open: boolean) =>
      setParams(
        old => {
          const next = new URLSearchParams(old)
          if (open) next.set('new', '')
          else next.delete('new')
          return next
        },
        { replace: true },
      ),
    [setParams],
  )
  const [given, setGiven] = useState<Record<string, string>>({})
  const [selected, setSelected] = useState(new Set<string>())
  const navigate = useNavigate()
  const { w } = useRecordWords()
  const open = params.get('open') ?? undefined
  const [openIndex, setOpenIndex] = useState(-1)
  const show = useCallback(
    (id: string | undefined, index = -1) => {
      setOpenIndex(index)
      setParams(
        old => {
          const next = new URLSearchParams(old)
          if (id) next.set('open', id)
          else next.delete('open')
          return next
        },
        { replace: true },
      )
    },
    [setParams],
  )
  const closePreview = useCallback(() => show(undefined), [show])
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
  }, [object, setCreating])

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
        <LayoutSwitch object={object} state={state} />
        <Button
          kind={state.analysis ? 'soft' : 'ghost'}
          size="sm"
          aria-pressed={!!state.analysis}
          icon={<ChartColumn size={14} />}
          onClick={() => state.set({ chart: state.analysis ? '' : JSON.stringify(firstAnalysis(object)) })}
        >
          <span className="max-md:hidden">{t('chart')}</span>
        </Button>
        <ListSearch q={state.q} onSearch={q => state.set({ q: q || undefined })} />
        <ColumnMenu object={object} columns={state.columns} onChange={list => state.set({ columns: list.join(',') })} />
      </div>
      {state.analysis && (
        <Suspense fallback={<div className="h-80 flex-none" aria-busy />}>
          <AnalysisPanel
            object={object}
            analysis={state.analysis}
            filter={state.filter}
            q={state.q}
            onChange={next => state.set({ chart: next ? JSON.stringify(next) : '' })}
            onFilter={filter => state.set({ filter: JSON.stringify(filter) })}
          />
        </Suspense>
      )}
      <div className="relative flex min-h-0 flex-1">
        <div className="flex min-w-0 flex-1 flex-col">
          {state.layout.kind === 'board' ? (
            <Suspense fallback={<div className="flex-1" aria-busy />}>
              <Board object={object} state={state} />
            </Suspense>
          ) : state.layout.kind === 'calendar' ? (
            <Suspense fallback={<div className="flex-1" aria-busy />}>
              <CalendarLayout
                object={object}
                state={state}
                onOpen={show}
                onCreate={given => {
                  setGiven(given)
                  setCreating(true)
                }}
              />
            </Suspense>
          ) : rows.error ? (
            <Notice icon={<ListFilter size={18} />} text={rows.error.message}>
              <Button onClick={() => rows.refetch()}>{t('retry')}</Button>
              {(state.changed || state.q) && (
                <Button onClick={() => state.set({ ...state.reset, q: undefined })}>{t('clearFilters')}</Button>
              )}
            </Notice>
          ) : !rows.isLoading && rows.total === 0 ? (
            <EmptyList object={object} state={state} onCreate={() => setCreating(true)} />
          ) : (
            <>
              {rows.offline && (
                <p
                  role="status"
                  className="flex flex-none items-center gap-2 border-b border-line bg-warn-soft px-4 py-1.5 text-xs text-warn"
                >
                  <CloudOff size={14} aria-hidden />
                  <span className="flex-1">{t('offlineRows', { n: formatNumber(rows.total, lang) })}</span>
                  <Button kind="ghost" size="sm" onClick={() => rows.refetch()}>
                    {t('retry')}
                  </Button>
                </p>
              )}
              <Grid
                object={object}
                columns={columns}
                total={rows.isLoading ? 20 : rows.total}
                row={rows.row}
                onRange={rows.onRange}
                ready={rows.ready}
                sort={state.sort}
                onSort={sort => state.set({ sort })}
                onColumns={paths => state.set({ columns: paths.join(',') })}
                selected={selected}
                onSelect={setSelected}
                open={open}
                onOpen={show}
                onPage={id => navigate(`/o/${object.name}/${id}`)}
                mobile={mobile}
              />
            </>
          )}
        </div>
        {open && (
          <Suspense>
            <Preview
              object={object}
              id={open}
              index={openIndex < 0 ? openIndex : rows.row(openIndex)?.id === open ? openIndex : -1}
              total={rows.total}
              onMove={by => {
                const next = rows.row(openIndex + by)
                if (next) show(next.id, openIndex + by)
              }}
              onClose={closePreview}
            />
          </Suspense>
        )}
      </div>
      {!rows.error && state.layout.kind === 'table' && (
        <footer className="flex h-9 flex-none items-center gap-5 border-t border-line bg-surface-2 px-4 text-xs text-ink-3 max-md:hidden">
          <span className="num font-medium text-ink-2" aria-live="polite">
            {t(rows.total === 1 ? 'recordsCountOne' : 'recordsCount', {
              n: rows.exact ? formatNumber(rows.total, lang) : t('about', { n: formatNumber(rows.total, lang) }),
            })}
          </span>
          <FooterTotals
            object={object}
            fields={columns.filter(c => !c.via.length && !c.part).map(c => c.field)}
            filter={state.filter}
            q={state.q}
            long={!rows.exact}
          />
          <span className="ml-auto flex items-center gap-1.5">
            <Kbd>↑</Kbd>
            <Kbd>↓</Kbd>
          </span>
          <span className="flex items-center gap-1.5">
            <Kbd>↵</Kbd>
            {t('edit')}
          </span>
          <span className="flex items-center gap-1.5">
            <Kbd>Space</Kbd>
            {w('selectHint')}
          </span>
          <span className="flex items-center gap-1.5">
            <Kbd>O</Kbd>
            {t('open')}
          </span>
          <span className="flex items-center gap-1.5">
            <Kbd>?</Kbd>
          </span>
        </footer>
      )}
      {selected.size > 0 && (
        <Suspense>
          <SelectionBar
            object={object}
            selected={selected}
            total={rows.total}
            exact={rows.exact}
            state={state}
            onClear={() => setSelected(new Set())}
            refetch={rows.refetch}
          />
        </Suspense>
      )}
      {creating && object.operations.includes('create') && (
        <Suspense>
          <CreateForm
            object={object}
            given={given}
            onClose={() => {
              setCreating(false)
              setGiven({})
            }}
          />
        </Suspense>
      )}
    </>
  )
}

function EmptyList({ object, state, onCreate }: { object: ObjectDef; state: ListState; onCreate: () => void }) {
  const { t, label, lang } = useWords()
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
              <Link to={`/imports/new?object=${object.name}`} className={linkLook('line')}>
                <FileUp size={15} />
                {t('import')}
              </Link>
            )}
            <Button icon={<Plus size={15} />} onClick={onCreate}>
              {t('new', { object: lang === 'en' ? label(object.labels).toLowerCase() : label(object.labels) })}
            </Button>
          </>
        )}
      </Notice>
    </div>
  )
}
