import { useState } from 'react'
import { useObjects } from '../../platform/meta'
import type { ObjectDef } from '../../platform/types'
import { BUCKETS, groupable, groupField, isTime, summable } from '../../records/analysis/analysis'
import { useAnalysisWords } from '../../records/analysis/words'
import { FilterBuilder } from '../../records/filterBuilder'
import { Drawer } from '../../ui/drawer'
import { Button, box } from '../../ui/kit'
import { LabelledSelect } from '../../ui/labelledSelect'
import { newTileId, sizeOf, TILE_KINDS, type Tile, type TileKind } from './model'
import { useDashboardWords } from './words'

interface Props {
  tile: Tile
  onSave: (tile: Tile) => void
  onClose: () => void
}

const OWN_WORDS = ['number', 'rows', 'heat', 'scatter', 'table'] as const

/** What a tile shows and how. */
export default function TileForm({ tile: first, onSave, onClose }: Props) {
  const { w, label, lang } = useDashboardWords()
  const { w: a } = useAnalysisWords()
  const objects = [...(useObjects().data?.values() ?? [])].filter(object => object.group !== 'hidden')
  const [tile, setTile] = useState(() => fitting(first, objects.find(o => o.name === first.object) ?? objects[0]))
  const object = objects.find(o => o.name === tile.object)
  if (!object) return null
  const put = (change: Partial<Tile>) => setTile(old => fitting({ ...old, ...change }, object))
  const pickKind = (kind: TileKind) => {
    const [width, height] = sizeOf(kind)
    put({ kind, ...(!first.id && { w: width, h: height }) })
  }
  const kindName = (kind: TileKind) =>
    OWN_WORDS.some(own => own === kind) ? w(kind as (typeof OWN_WORDS)[number]) : a(kind as 'bar')
  const groups = groupable(object).map((field): [string, string] => [field.name, label(field.labels)])
  const numbers = summable(object).map((field): [string, string] => [field.name, label(field.labels)])
  const sums = summable(object).flatMap((field): [string, string][] => [
    [`sum(${field.name})`, a('sum', { field: label(field.labels) })],
    [`avg(${field.name})`, a('avg', { field: label(field.labels) })],
  ])
  const timed = [tile.by, tile.by2].some(name => isTime(groupField(object, name)))
  const grouped = tile.kind !== 'number' && tile.kind !== 'scatter'
  return (
    <Drawer
      title={w(first.id ? 'editTile' : 'add')}
      closeLabel={w('close')}
      onClose={onClose}
      footer={
        <>
          <Button kind="ghost" onClick={onClose}>
            {w('cancel')}
          </Button>
          <Button
            kind="solid"
            className="ml-auto"
            disabled={tile.kind === 'scatter' && (!tile.across || !tile.measure)}
            onClick={() => onSave({ ...tile, id: tile.id || newTileId(), title: tile.title.trim() })}
          >
            {w(first.id ? 'save' : 'add')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3.5 p-5">
        <LabelledSelect
          label={w('object')}
          value={object.name}
          options={objects.map((one): [string, string] => [one.name, one.plural[lang]])}
          onChange={name =>
            setTile(old =>
              fitting(
                { ...old, object: name, filter: undefined, by: undefined, by2: undefined, measure: 'count' },
                objects.find(one => one.name === name),
              ),
            )
          }
        />
        <LabelledSelect
          label={w('kind')}
          value={tile.kind}
          options={TILE_KINDS.map((kind): [string, string] => [kind, kindName(kind)])}
          onChange={kind => pickKind(kind as TileKind)}
        />
        {tile.kind === 'scatter' ? (
          <>
            <LabelledSelect
              label={w('across')}
              value={tile.across ?? ''}
              options={numbers}
              onChange={across => put({ across })}
            />
            <LabelledSelect
              label={w('up')}
              value={tile.measure}
              options={numbers}
              onChange={measure => put({ measure })}
            />
          </>
        ) : (
          <LabelledSelect
            label={a('measure')}
            value={tile.measure}
            options={[['count', a('count')], ...sums]}
            onChange={measure => put({ measure })}
          />
        )}
        {grouped && (
          <LabelledSelect label={a('groupBy')} value={tile.by ?? ''} options={groups} onChange={by => put({ by })} />
        )}
        {grouped && !['pie', 'funnel', 'map'].includes(tile.kind) && (
          <LabelledSelect
            label={a('second')}
            value={tile.by2 ?? ''}
            options={[
              ...(tile.kind === 'heat' ? [] : [['', a('nothing')] as [string, string]]),
              ...groups.filter(([name]) => name !== tile.by),
            ]}
            onChange={by2 => put({ by2: by2 || undefined })}
          />
        )}
        {grouped && timed && (
          <LabelledSelect
            label={a('bucket')}
            value={tile.bucket ?? 'month'}
            options={BUCKETS.map((code): [string, string] => [code, a(code)])}
            onChange={bucket => put({ bucket: bucket as Tile['bucket'] })}
          />
        )}
        <div>
          <p className="mb-1 text-xs font-medium text-ink-2">{w('filter')}</p>
          <FilterBuilder
            key={object.name}
            object={object}
            filter={tile.filter}
            onChange={filter => setTile(old => ({ ...old, filter }))}
          />
        </div>
        <div>
          <label htmlFor="tile-title" className="mb-1 block text-xs font-medium text-ink-2">
            {w('title')}
          </label>
          <input
            id="tile-title"
            className={box}
            maxLength={100}
            value={tile.title}
            onChange={event => setTile(old => ({ ...old, title: event.target.value }))}
          />
          <p className="mt-1 text-xs text-ink-3">{w('titleHint')}</p>
        </div>
      </div>
    </Drawer>
  )
}

/** The tile with what its kind needs and its object has. */
function fitting(tile: Tile, object: ObjectDef | undefined): Tile {
  if (!object) return tile
  const next = { ...tile, object: object.name }
  const groups = groupable(object)
  const usual =
    groups.find(field => field.type === 'choice') ?? groups.find(field => field.name === 'owner') ?? groups[0]
  const numbers = summable(object)
  const has = (name: string | undefined) => groups.some(field => field.name === name)
  if (next.kind === 'scatter') {
    const [first, second] = numbers
    if (!numbers.some(field => field.name === next.across)) next.across = first?.name
    if (!numbers.some(field => field.name === next.measure)) next.measure = (second ?? first)?.name ?? ''
    return { ...next, by: undefined, by2: undefined }
  }
  next.across = undefined
  if (!/^(count|(sum|avg)\(.+\))$/.test(next.measure)) next.measure = 'count'
  if (next.kind === 'number') return { ...next, by: undefined, by2: undefined }
  if (next.kind === 'map') {
    const province = groups.find(field => field.name.endsWith('.province'))
    return province ? { ...next, by: province.name, by2: undefined } : { ...next, kind: 'bar', by: usual?.name }
  }
  if (!has(next.by)) next.by = usual?.name
  if (next.kind === 'pie' || next.kind === 'funnel') next.by2 = undefined
  if (next.kind === 'heat' && (!has(next.by2) || next.by2 === next.by))
    next.by2 = groups.find(field => field.name !== next.by && (isTime(field) || field.type === 'choice'))?.name
  return next
}
