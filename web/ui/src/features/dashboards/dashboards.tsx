import { ChartPie, Expand, LayoutGrid, Pencil, Plus, Printer, Trash2 } from 'lucide-react'
import { lazy, Suspense, useRef, useState } from 'react'
import { Link, Navigate, useNavigate, useParams, useSearchParams } from 'react-router'
import { useObjects } from '../../platform/meta'
import { useIsPhone } from '../../platform/phone'
import { useRemembered } from '../../platform/remembered'
import { useSession } from '../../platform/session'
import type { ObjectDef } from '../../platform/types'
import AudienceForm from '../../records/audienceForm'
import type { Audience } from '../../records/views'
import { Button, Menu, MenuItem, Notice, Popover, Waiting } from '../../ui/kit'
import { toast } from '../../ui/toast'
import { TopBar } from '../../ui/topBar'
import { LoadFailure } from '../loadFailure'
import {
  below,
  COLUMNS,
  type DashboardView,
  GAP,
  PERIODS,
  type Period,
  ROW_HEIGHT,
  scopeOf,
  sizeOf,
  type Tile,
  useDashboards,
  useSaveDashboard,
} from './model'
import { TEMPLATES, type Template, tilesOf } from './templates'
import { TileBody, useTileTitle } from './tile'
import { TileMenu } from './tileMenu'
import { useDashboardWords } from './words'

const Arrange = lazy(() => import('./arrange'))
const TileForm = lazy(() => import('./tileForm'))
const NONE = ''

/** Leads to the dashboard that was looked at last; without any, to a way to make one. */
export function DashboardsPage() {
  const { w } = useDashboardWords()
  const boards = useDashboards()
  const [last] = useRemembered('lastDashboard', NONE)
  if (boards.isPending) return <Waiting />
  const shown = boards.data?.find(board => board.id === last) ?? boards.data?.[0]
  if (shown) return <Navigate to={`/dashboards/${shown.id}`} replace />
  return (
    <>
      <TopBar icon={<ChartPie size={16} />} title={w('dashboards')} />
      <div className="flex-1 overflow-y-auto">
        <LoadFailure />
        {boards.isSuccess && (
          <Notice icon={<ChartPie size={18} />} text={w('none')}>
            <Templates />
          </Notice>
        )}
      </div>
    </>
  )
}

/** Ready-made dashboards to begin with, and an empty one. */
function Templates() {
  const { w } = useDashboardWords()
  const objects = useObjects().data
  const save = useSaveDashboard()
  const navigate = useNavigate()
  const make = async (template: Template | undefined) => {
    try {
      const tiles = template && objects ? tilesOf(template, objects) : []
      navigate(`/dashboards/${await save.create(w(template?.name ?? 'new'), 'private', tiles)}`)
    } catch (error) {
      toast.error(error instanceof Error ? error.message : '')
    }
  }
  return (
    <>
      {TEMPLATES.map(template => (
        <Button key={template.name} disabled={!objects} icon={<LayoutGrid size={14} />} onClick={() => make(template)}>
          {w(template.name)}
        </Button>
      ))}
      <Button kind="ghost" icon={<Plus size={14} />} onClick={() => make(undefined)}>
        {w('empty')}
      </Button>
    </>
  )
}

/** One dashboard. */
export function DashboardPage() {
  const { id = '' } = useParams()
  const boards = useDashboards()
  if (boards.isPending) return <Waiting />
  const board = boards.data?.find(one => one.id === id)
  if (!board) return boards.isError ? <LoadFailure /> : <Navigate to="/dashboards" replace />
  return <Board key={`${id} ${board.version}`} board={board} all={boards.data ?? []} />
}

function Board({ board, all }: { board: DashboardView; all: DashboardView[] }) {
  const { w } = useDashboardWords()
  const [params, setParams] = useSearchParams()
  const me = useSession().data?.user.id
  const phone = useIsPhone()
  const navigate = useNavigate()
  const save = useSaveDashboard()
  const [, remember] = useRemembered('lastDashboard', NONE)
  const [arranging, setArranging] = useState(false)
  const [draft, setDraft] = useState(board.tiles)
  const [editing, setEditing] = useState<Tile>()
  const paper = useRef<HTMLDivElement>(null)
  const period = PERIODS.find(one => one === params.get('period')) ?? 'all'
  const mine = params.get('whose') === 'mine'
  const scope = (object: ObjectDef) => scopeOf(object, period, mine ? me : undefined)
  const put = (name: string, value: string | undefined) =>
    setParams(
      old => {
        const next = new URLSearchParams(old)
        if (value) next.set(name, value)
        else next.delete(name)
        return next
      },
      { replace: true },
    )
  const act = async (work: () => Promise<void>) => {
    try {
      await work()
    } catch (error) {
      toast.error(error instanceof Error ? error.message : '')
    }
  }
  const write = (tiles: Tile[]) => {
    setDraft(tiles)
    return act(() => save.update(board, { tiles }))
  }
  const putTile = (tile: Tile) => {
    const there = board.tiles.some(one => one.id === tile.id)
    setEditing(undefined)
    write(there ? board.tiles.map(one => (one.id === tile.id ? tile : one)) : [...board.tiles, tile])
  }
  const removeTile = async (tile: Tile) => {
    const before = board.tiles
    await write(before.filter(one => one.id !== tile.id))
    toast(w('removed'), { action: { label: w('undo'), onClick: () => restoreTile.current?.(tile) } })
  }
  const restoreTile = useRef((_: Tile) => {})
  restoreTile.current = tile => {
    write([...board.tiles, tile])
  }
  const add = () => {
    const [width, height] = sizeOf('bar')
    setEditing({
      id: '',
      kind: 'bar',
      title: '',
      object: 'opportunity',
      measure: 'count',
      x: 0,
      y: below(board.tiles),
      w: width,
      h: height,
    })
  }
  const remove = () =>
    act(async () => {
      const restore = await save.remove(board)
      navigate('/dashboards')
      toast(w('deleted'), { action: { label: w('undo'), onClick: () => act(restore) } })
    })
  return (
    <>
      <TopBar
        icon={<ChartPie size={16} />}
        title={board.name}
        right={
          <>
            <Button
              kind="ghost"
              className="max-md:hidden"
              aria-label={w('fullScreen')}
              icon={<Expand size={15} />}
              onClick={() => paper.current?.requestFullscreen()}
            />
            <Button
              kind="ghost"
              className="max-md:hidden"
              aria-label={w('print')}
              icon={<Printer size={15} />}
              onClick={() => print()}
            />
            {board.mine && (
              <>
                <BoardMenu board={board} onRemove={remove} />
                {!phone && board.tiles.length > 0 && (
                  <Button
                    kind={arranging ? 'soft' : 'line'}
                    aria-pressed={arranging}
                    icon={<LayoutGrid size={14} />}
                    onClick={() => {
                      if (arranging) write(draft)
                      setArranging(on => !on)
                    }}
                  >
                    {w(arranging ? 'done' : 'edit')}
                  </Button>
                )}
                <Button kind="solid" icon={<Plus size={14} />} onClick={add} aria-label={w('add')}>
                  <span className="max-md:hidden">{w('add')}</span>
                </Button>
              </>
            )}
          </>
        }
      />
      <BoardTabs all={all} current={board} onPick={remember} />
      <div className="flex min-h-11 flex-none items-center gap-2 border-b border-line px-3 print:hidden max-md:overflow-x-auto">
        <Choice
          label={w('period')}
          value={period}
          options={PERIODS.map((code): [string, string] => [code, w(code)])}
          onChange={value => put('period', value === 'all' ? undefined : (value as Period))}
        />
        <Choice
          label={w('whose')}
          value={mine ? 'mine' : 'everybody'}
          options={[
            ['everybody', w('everybody')],
            ['mine', w('mine')],
          ]}
          onChange={value => put('whose', value === 'mine' ? 'mine' : undefined)}
        />
        <span className="ml-auto text-xs whitespace-nowrap text-ink-3 max-md:hidden">{w('hint')}</span>
      </div>
      <div ref={paper} className="min-h-0 flex-1 overflow-y-auto bg-canvas p-3 print:overflow-visible print:bg-white">
        <div className="mx-auto max-w-[1400px]">
          {board.tiles.length === 0 ? (
            <Notice icon={<ChartPie size={18} />} text={w('addHere')}>
              {board.mine && (
                <Button kind="solid" icon={<Plus size={14} />} onClick={add}>
                  {w('add')}
                </Button>
              )}
            </Notice>
          ) : arranging ? (
            <Suspense>
              <Arrange tiles={draft} onChange={setDraft} scope={scope} />
            </Suspense>
          ) : (
            <Paper
              tiles={board.tiles}
              scope={scope}
              menu={tile =>
                board.mine && (
                  <TileMenu
                    tile={tile}
                    tiles={board.tiles}
                    onEdit={() => setEditing(tile)}
                    onRemove={() => removeTile(tile)}
                    onTiles={write}
                  />
                )
              }
            />
          )}
        </div>
      </div>
      {editing && (
        <Suspense>
          <TileForm tile={editing} onSave={putTile} onClose={() => setEditing(undefined)} />
        </Suspense>
      )}
    </>
  )
}

function BoardTabs({
  all,
  current,
  onPick,
}: {
  all: DashboardView[]
  current: DashboardView
  onPick: (id: string) => void
}) {
  const { w } = useDashboardWords()
  const [making, setMaking] = useState(false)
  return (
    <nav
      aria-label={w('dashboards')}
      className="flex flex-none items-center gap-1 overflow-x-auto border-b border-line px-3 print:hidden"
    >
      {all.map(board => (
        <Link
          key={board.id}
          to={`/dashboards/${board.id}`}
          aria-current={board.id === current.id ? 'page' : undefined}
          onClick={() => onPick(board.id)}
          className={`flex h-10 flex-none items-center border-b-2 px-2.5 text-sm ${
            board.id === current.id ? 'border-ink font-medium text-ink' : 'border-transparent text-ink-3 hover:text-ink'
          }`}
        >
          {board.name}
        </Link>
      ))}
      <Popover
        open={making}
        onOpenChange={setMaking}
        trigger={<Button kind="ghost" size="sm" aria-label={w('new')} icon={<Plus size={14} />} />}
      >
        <div className="flex w-56 flex-col gap-1.5 p-1.5">
          <p className="text-xs text-ink-3">{w('start')}</p>
          <Templates />
        </div>
      </Popover>
    </nav>
  )
}

function BoardMenu({ board, onRemove }: { board: DashboardView; onRemove: () => void }) {
  const { w } = useDashboardWords()
  const save = useSaveDashboard()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Popover
        open={open}
        onOpenChange={setOpen}
        align="end"
        trigger={<Button kind="ghost" aria-label={w('rename')} icon={<Pencil size={14} />} />}
      >
        <AudienceForm
          nameLabel={w('name')}
          submit={w('save')}
          name={board.name}
          audience={board.audience}
          onSubmit={async (name: string, audience: Audience) => {
            await save.update(board, { name, audience })
            setOpen(false)
          }}
        />
      </Popover>
      <Button kind="ghost" aria-label={w('delete')} icon={<Trash2 size={14} />} onClick={onRemove} />
    </>
  )
}

interface ChoiceProps {
  label: string
  value: string
  options: [string, string][]
  onChange: (value: string) => void
}

function Choice({ label, value, options, onChange }: ChoiceProps) {
  const text = options.find(([code]) => code === value)?.[1]
  return (
    <Menu
      trigger={
        <Button size="sm" aria-label={`${label}: ${text}`}>
          {text}
        </Button>
      }
    >
      {options.map(([code, name]) => (
        <MenuItem key={code} onSelect={() => onChange(code)}>
          {name}
        </MenuItem>
      ))}
    </Menu>
  )
}

interface PaperProps {
  tiles: Tile[]
  scope: (object: ObjectDef) => ReturnType<typeof scopeOf>
  menu: (tile: Tile) => React.ReactNode
}

/** The tiles where they were put; on a phone one below the other. */
function Paper({ tiles, scope, menu }: PaperProps) {
  const titleOf = useTileTitle()
  const phone = useIsPhone()
  const inOrder = [...tiles].sort((a, b) => a.y - b.y || a.x - b.x)
  return (
    <div
      className="grid max-md:!block"
      style={{ gridTemplateColumns: `repeat(${COLUMNS}, minmax(0, 1fr))`, gridAutoRows: ROW_HEIGHT, gap: GAP }}
    >
      {inOrder.map(tile => (
        <section
          key={tile.id}
          aria-label={titleOf(tile)}
          className="flex min-w-0 flex-col overflow-hidden rounded-2xl border border-line bg-surface px-4 py-3 shadow-1 max-md:mb-3 print:break-inside-avoid"
          style={
            phone
              ? { minHeight: tile.kind === 'number' ? ROW_HEIGHT : undefined }
              : {
                  gridColumn: `${tile.x + 1} / span ${tile.w}`,
                  gridRow: `${tile.y + 1} / span ${tile.h}`,
                }
          }
        >
          <header className="flex min-h-6 flex-none items-center gap-2">
            <h2
              className={`min-w-0 flex-1 truncate ${tile.kind === 'number' ? 'text-sm text-ink-2' : 'mb-1 font-semibold'}`}
              title={titleOf(tile)}
            >
              {titleOf(tile)}
            </h2>
            <span className="-mr-2 print:hidden">{menu(tile)}</span>
          </header>
          <div className="min-h-0 flex-1">
            <TileBody tile={tile} scope={scope} />
          </div>
        </section>
      ))}
    </div>
  )
}
