import { useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../../platform/api'
import { useSession } from '../../platform/session'
import type { Filter, Link, ObjectDef, Page, RecordItem } from '../../platform/types'
import type { Analysis } from '../../records/analysis/analysis'
import type { Audience } from '../../records/views'

export const COLUMNS = 12
/** Height of one row of the layout, in pixels, without the gap. */
export const ROW_HEIGHT = 74
export const GAP = 12

export const TILE_KINDS = ['number', 'bar', 'rows', 'line', 'pie', 'funnel', 'heat', 'scatter', 'map', 'table'] as const
export type TileKind = (typeof TILE_KINDS)[number]

/** One tile: what it shows of which records, and where it stands. */
export interface Tile {
  id: string
  kind: TileKind
  /** Empty for one that follows from what it shows. */
  title: string
  object: string
  filter?: Filter
  by?: string
  by2?: string
  bucket?: Analysis['bucket']
  /** `count`, `sum(field)` or `avg(field)`; of a scatter chart the field on the upright axis. */
  measure: string
  /** Of a scatter chart: the field on the lying axis. */
  across?: string
  x: number
  y: number
  w: number
  h: number
}

export const PERIODS = ['all', 'month', 'quarter', 'year', 'last30', 'last90'] as const
export type Period = (typeof PERIODS)[number]

export interface DashboardView {
  id: string
  version: number
  name: string
  audience: Audience
  mine: boolean
  tiles: Tile[]
}

function readTiles(text: string): Tile[] {
  try {
    const read = JSON.parse(text) as { tiles?: Tile[] }
    return (read.tiles ?? []).filter(tile => TILE_KINDS.includes(tile.kind) && typeof tile.object === 'string')
  } catch {
    return []
  }
}

/** All dashboards that the user sees, the oldest first. */
export function useDashboards() {
  const me = useSession().data?.user.id
  return useQuery({
    queryKey: ['rows', 'dashboard', 'all', me],
    staleTime: 60_000,
    queryFn: async () => {
      const page = await api<Page>('POST', '/records/dashboard/query', {
        body: { fields: ['name', 'definition', 'audience', 'owner'], sort: 'createdAt', limit: 200 },
      })
      return page.items.map(
        (item): DashboardView => ({
          id: item.id,
          version: item.version,
          name: String(item.name),
          audience: (item.audience as Audience | null) ?? 'private',
          mine: (item.owner as Link | null)?.id === me,
          tiles: readTiles(String(item.definition)),
        }),
      )
    },
  })
}

export function useSaveDashboard() {
  const client = useQueryClient()
  const refresh = () => client.invalidateQueries({ queryKey: ['rows', 'dashboard'] })
  const written = (tiles: Tile[]) => JSON.stringify({ tiles })
  return {
    create: async (name: string, audience: Audience, tiles: Tile[]) => {
      const body = { name, audience, definition: written(tiles) }
      const made = await api<RecordItem>('POST', '/records/dashboard', { body })
      await refresh()
      return made.id
    },
    update: async (board: DashboardView, change: { name?: string; audience?: Audience; tiles?: Tile[] }) => {
      const { tiles, ...rest } = change
      const body = { ...rest, ...(tiles && { definition: written(tiles) }) }
      await api('PATCH', `/records/dashboard/${board.id}`, { version: board.version, body })
      await refresh()
    },
    remove: async (board: DashboardView) => {
      await api('DELETE', `/records/dashboard/${board.id}`, { version: board.version })
      await refresh()
      return async () => {
        await api('POST', `/records/dashboard/${board.id}/restore`)
        await refresh()
      }
    },
  }
}

/** The date by which records of an object fall into a period: when a deal closes, when anything else happened or began. */
const DATED: Record<string, string> = {
  opportunity: 'closeDate',
  visit: 'plannedAt',
  meeting: 'startsAt',
  call: 'startedAt',
  task: 'dueOn',
  order: 'orderedAt',
  receipt: 'receivedOn',
  contract: 'signedOn',
}

export function dateOf(object: ObjectDef) {
  const usual = DATED[object.name]
  return usual && object.fields.some(field => field.name === usual) ? usual : 'createdAt'
}

const text = (date: Date) =>
  `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`

/** First day of the period and the first after it; undefined without bounds. */
function bounds(period: Period, now: Date): [Date, Date] | undefined {
  const year = now.getFullYear()
  const month = now.getMonth()
  const daysAgo = (days: number): [Date, Date] => [
    new Date(year, month, now.getDate() - days + 1),
    new Date(year, month, now.getDate() + 1),
  ]
  switch (period) {
    case 'month':
      return [new Date(year, month, 1), new Date(year, month + 1, 1)]
    case 'quarter': {
      const first = month - (month % 3)
      return [new Date(year, first, 1), new Date(year, first + 3, 1)]
    }
    case 'year':
      return [new Date(year, 0, 1), new Date(year + 1, 0, 1)]
    case 'last30':
      return daysAgo(30)
    case 'last90':
      return daysAgo(90)
    default:
      return undefined
  }
}

/** What the dashboard's own filters ask of a tile's records. */
export function scopeOf(object: ObjectDef, period: Period, mine: string | undefined, now = new Date()): Filter[] {
  const parts: Filter[] = []
  const span = bounds(period, now)
  const date = dateOf(object)
  if (span)
    parts.push({ field: date, op: 'gte', value: text(span[0]) }, { field: date, op: 'lt', value: text(span[1]) })
  if (mine && object.fields.some(field => field.name === 'owner')) parts.push({ field: 'owner', op: 'eq', value: mine })
  return parts
}

/** The first free place for a tile below all others. */
export const below = (tiles: Tile[]) => Math.max(0, ...tiles.map(tile => tile.y + tile.h))

const SIZES: Partial<Record<TileKind, [number, number]>> = { number: [3, 1], pie: [4, 4], heat: [6, 4], funnel: [5, 4] }

/** How wide and high a tile of a kind is at first. */
export const sizeOf = (kind: TileKind) => SIZES[kind] ?? [6, 4]

export const newTileId = () => crypto.getRandomValues(new Uint32Array(2)).join('-')
