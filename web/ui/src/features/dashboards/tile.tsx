import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { Link, useNavigate } from 'react-router'
import { recordName } from '../../fields/recordName'
import { api } from '../../platform/api'
import { useCompany } from '../../platform/company'
import { formatNumber } from '../../platform/format'
import { useObjects } from '../../platform/meta'
import { shortMoney } from '../../platform/shortMoney'
import type { Filter, Lang, MoneyValue, ObjectDef, Page, RecordItem } from '../../platform/types'
import { type Analysis, both, groupField, measureOf } from '../../records/analysis/analysis'
import { GroupChart } from '../../records/analysis/groupChart'
import { useGroups } from '../../records/analysis/groups'
import { useAnalysisWords } from '../../records/analysis/words'
import { Skeleton } from '../../ui/kit'
import { GAP, ROW_HEIGHT, type Tile } from './model'
import { useDashboardWords } from './words'

const Heat = lazy(() => import('./heat'))
const Scatter = lazy(() => import('./scatter'))
const MOST_POINTS = 500
/** Of a tile's height: what its heading and margins take. */
const FRAME = 64

/** What a tile without a title of its own is called. */
export function useTileTitle() {
  const { w } = useAnalysisWords()
  const objects = useObjects().data
  const { lang } = useDashboardWords()
  return (tile: Tile) => {
    if (tile.title) return tile.title
    const object = objects?.get(tile.object)
    if (!object) return '—'
    const name = (path: string | undefined) =>
      groupField(object, path)?.labels[lang] ??
      object.fields.find(field => field.name === path?.split('.')[0])?.labels[lang] ??
      ''
    if (tile.kind === 'scatter') return `${name(tile.measure)} · ${name(tile.across)}`
    const { fn, field } = measureOf(tile as Analysis)
    const what = field ? w(fn === 'avg' ? 'avg' : 'sum', { field: name(field) }) : object.plural[lang]
    const status = statusIn(tile.filter)
    const choice = object.fields.find(f => f.name === 'status')?.choices?.find(c => c.code === status)
    const narrowed = choice
      ? lang === 'zh-CN'
        ? `${what}（${choice.labels[lang]}）`
        : `${what} (${choice.labels[lang].toLowerCase()})`
      : what
    if (!tile.by) return narrowed
    return lang === 'zh-CN' ? `${narrowed} · 按${name(tile.by)}` : `${narrowed} by ${name(tile.by).toLowerCase()}`
  }
}

/** The status that a simple filter asks for. */
function statusIn(filter: Filter | undefined) {
  const one = filter as { field?: string; op?: string; value?: string } | undefined
  return one?.field === 'status' && one.op === 'eq' ? one.value : undefined
}

interface Props {
  tile: Tile
  /** What the dashboard's own filters ask. */
  scope: (object: ObjectDef) => Filter[]
}

/** The inside of a tile. */
export function TileBody({ tile, scope }: Props) {
  const { w } = useDashboardWords()
  const objects = useObjects()
  const object = objects.data?.get(tile.object)
  if (objects.isPending) return <Skeleton width="100%" height={60} />
  if (!object) return <p className="py-6 text-center text-sm text-ink-3">{w('notSeen')}</p>
  const filter = narrowed(tile.filter, scope(object))
  if (tile.kind === 'number') return <Figure tile={tile} object={object} filter={filter} />
  if (tile.kind === 'scatter') return <Points tile={tile} object={object} filter={filter} />
  return <Groups tile={tile} object={object} filter={filter} />
}

const narrowed = (filter: Filter | undefined, parts: Filter[]) =>
  filter || parts.length ? both(filter, parts) : undefined

const listOf = (object: string, filter: Filter | undefined) =>
  `/o/${object}${filter ? `?filter=${encodeURIComponent(JSON.stringify(filter))}` : ''}`

interface BodyProps {
  tile: Tile
  object: ObjectDef
  filter: Filter | undefined
}

function Figure({ tile, object, filter }: BodyProps) {
  const { lang } = useDashboardWords()
  const usual = useCompany().currency ?? 'CNY'
  const measure = measureOf(tile as Analysis)
  const field = object.fields.find(f => f.name === measure.field)
  const money = field?.type === 'money'
  const query = useQuery({
    queryKey: ['rows', object.name, 'figure', tile.measure, JSON.stringify(filter)],
    retry: false,
    queryFn: () =>
      api<{ groups: Record<string, unknown>[] }>('POST', `/records/${object.name}/aggregate`, {
        body: {
          ...(filter && { filter }),
          ...(money && { groupBy: [{ field: `${field.name}.currency` }] }),
          measures: [measure],
        },
      }),
  })
  if (query.isPending) return <Skeleton width={110} height={26} />
  if (query.isError) return <p className="text-sm text-neg">{query.error.message}</p>
  const texts = query.data.groups
    .map(group => group[tile.measure])
    .filter(value => value !== null && value !== undefined)
    .map(value => written(value, money ? usual : undefined, lang))
  return (
    <Link
      to={listOf(object.name, filter)}
      className="num block truncate text-2xl font-semibold tracking-[-.02em] hover:underline"
    >
      {texts.slice(0, 2).join(' · ') || (money ? shortMoney(0, usual, lang) : '0')}
    </Link>
  )
}

function written(value: unknown, currency: string | undefined, lang: Lang) {
  if (value && typeof value === 'object') {
    const { amount, currency: own } = value as MoneyValue
    return shortMoney(Number(amount), own, lang)
  }
  return currency
    ? shortMoney(Number(value), currency, lang)
    : formatNumber(Math.round(Number(value) * 100) / 100, lang)
}

function Groups({ tile, object, filter }: BodyProps) {
  const { w } = useDashboardWords()
  const navigate = useNavigate()
  const kind = tile.kind === 'heat' || tile.kind === 'rows' ? 'bar' : tile.kind
  const analysis: Analysis = {
    kind: kind as Analysis['kind'],
    by: tile.by ?? 'owner',
    by2: tile.by2,
    bucket: tile.bucket,
    measure: tile.measure,
  }
  const groups = useGroups(object, analysis, filter, '')
  const height = tile.h * (ROW_HEIGHT + GAP) - GAP - FRAME
  const open = (parts: Filter[]) => navigate(listOf(object.name, both(filter, parts)))
  if (groups.query.isPending) return <div className="sk rounded-lg" style={{ height }} aria-busy />
  if (groups.query.isError) return <p className="py-6 text-center text-sm text-neg">{groups.query.error.message}</p>
  if (!groups.labels.length) return <p className="py-10 text-center text-sm text-ink-3">{w('nothing')}</p>
  if (tile.kind === 'heat')
    return (
      <Suspense fallback={<div style={{ height }} aria-busy />}>
        <Heat groups={groups} height={height} onPick={open} />
      </Suspense>
    )
  return (
    <GroupChart
      kind={tile.kind === 'rows' ? 'rows' : (tile.kind as Analysis['kind'])}
      groups={groups}
      height={height}
      onPick={open}
    />
  )
}

function Points({ tile, object, filter }: BodyProps) {
  const { w, lang } = useDashboardWords()
  const navigate = useNavigate()
  const across = object.fields.find(f => f.name === tile.across)
  const up = object.fields.find(f => f.name === tile.measure)
  const query = useQuery({
    queryKey: ['rows', object.name, 'points', tile.across, tile.measure, JSON.stringify(filter)],
    enabled: !!across && !!up,
    retry: false,
    queryFn: () =>
      api<Page>('POST', `/records/${object.name}/query`, {
        body: {
          fields: [object.nameField, tile.across, tile.measure],
          ...(filter && { filter }),
          sort: '-createdAt',
          limit: MOST_POINTS,
        },
      }),
  })
  const height = tile.h * (ROW_HEIGHT + GAP) - GAP - FRAME - 18
  if (!across || !up) return <p className="py-6 text-center text-sm text-ink-3">{w('notSeen')}</p>
  if (query.isPending) return <div className="sk rounded-lg" style={{ height }} aria-busy />
  if (query.isError) return <p className="py-6 text-center text-sm text-neg">{query.error.message}</p>
  const points = query.data.items.flatMap(item => {
    const x = numberIn(item, across.name)
    const y = numberIn(item, up.name)
    if (x === undefined || y === undefined) return []
    return [{ id: item.id, name: recordName(object, item, lang), x, y }]
  })
  if (!points.length) return <p className="py-10 text-center text-sm text-ink-3">{w('nothing')}</p>
  return (
    <>
      <Suspense fallback={<div style={{ height }} aria-busy />}>
        <Scatter
          points={points}
          across={across.labels[lang]}
          up={up.labels[lang]}
          height={height}
          onPick={id => navigate(`/o/${object.name}/${id}`)}
        />
      </Suspense>
      <p className="text-xs text-ink-3">{w('scatterHint', { n: formatNumber(points.length, lang) })}</p>
    </>
  )
}

function numberIn(item: RecordItem, name: string) {
  const value = item[name]
  if (value === null || value === undefined || value === '') return undefined
  if (typeof value === 'object' && 'amount' in value) return Number(value.amount)
  const number = Number(value)
  return Number.isFinite(number) ? number : undefined
}
