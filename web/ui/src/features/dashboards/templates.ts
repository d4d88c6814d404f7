import type { ObjectDef } from '../../platform/types'
import { newTileId, type Tile } from './model'

type Draft = Omit<Tile, 'id' | 'title'> & { title?: string }

export interface Template {
  name: 'templateSales' | 'templateCustomers' | 'templateActivity'
  tiles: Draft[]
}

const status = (value: string) => ({ field: 'status', op: 'eq', value })

/** Dashboards to begin with; tiles over objects or fields that somebody does not see are left out. */
export const TEMPLATES: Template[] = [
  {
    name: 'templateSales',
    tiles: [
      { kind: 'number', object: 'opportunity', filter: status('won'), measure: 'sum(value)', x: 0, y: 0, w: 3, h: 1 },
      { kind: 'number', object: 'opportunity', filter: status('open'), measure: 'sum(value)', x: 3, y: 0, w: 3, h: 1 },
      { kind: 'number', object: 'opportunity', filter: status('open'), measure: 'count', x: 6, y: 0, w: 3, h: 1 },
      { kind: 'number', object: 'lead', measure: 'count', x: 9, y: 0, w: 3, h: 1 },
      {
        kind: 'line',
        object: 'opportunity',
        filter: status('won'),
        by: 'closeDate',
        bucket: 'month',
        measure: 'sum(value)',
        x: 0,
        y: 1,
        w: 7,
        h: 4,
      },
      {
        kind: 'funnel',
        object: 'opportunity',
        filter: { field: 'status', op: 'ne', value: 'lost' },
        by: 'stage',
        measure: 'count',
        x: 7,
        y: 1,
        w: 5,
        h: 4,
      },
      {
        kind: 'rows',
        object: 'opportunity',
        by: 'owner',
        by2: 'status',
        measure: 'sum(value)',
        x: 0,
        y: 5,
        w: 5,
        h: 4,
      },
      { kind: 'pie', object: 'lead', by: 'source', measure: 'count', x: 5, y: 5, w: 3, h: 4 },
      {
        kind: 'heat',
        object: 'opportunity',
        by: 'owner',
        by2: 'closeDate',
        bucket: 'month',
        measure: 'sum(value)',
        x: 8,
        y: 5,
        w: 4,
        h: 4,
      },
    ],
  },
  {
    name: 'templateCustomers',
    tiles: [
      { kind: 'number', object: 'account', measure: 'count', x: 0, y: 0, w: 4, h: 1 },
      { kind: 'number', object: 'contact', measure: 'count', x: 4, y: 0, w: 4, h: 1 },
      { kind: 'number', object: 'account', measure: 'sum(wonValue)', x: 8, y: 0, w: 4, h: 1 },
      { kind: 'rows', object: 'account', by: 'industry', measure: 'count', x: 0, y: 1, w: 5, h: 4 },
      { kind: 'map', object: 'account', by: 'address.province', measure: 'count', x: 5, y: 1, w: 7, h: 6 },
      { kind: 'pie', object: 'contact', by: 'lifecycle', measure: 'count', x: 0, y: 5, w: 5, h: 4 },
      {
        kind: 'scatter',
        object: 'account',
        across: 'employees',
        measure: 'annualRevenue',
        x: 5,
        y: 7,
        w: 7,
        h: 4,
      },
    ],
  },
  {
    name: 'templateActivity',
    tiles: [
      { kind: 'number', object: 'call', measure: 'count', x: 0, y: 0, w: 4, h: 1 },
      { kind: 'number', object: 'visit', filter: status('done'), measure: 'count', x: 4, y: 0, w: 4, h: 1 },
      {
        kind: 'number',
        object: 'task',
        filter: { not: status('done') },
        measure: 'count',
        x: 8,
        y: 0,
        w: 4,
        h: 1,
      },
      { kind: 'line', object: 'call', by: 'startedAt', bucket: 'month', measure: 'count', x: 0, y: 1, w: 7, h: 4 },
      { kind: 'pie', object: 'call', by: 'outcome', measure: 'count', x: 7, y: 1, w: 5, h: 4 },
      { kind: 'bar', object: 'visit', by: 'owner', by2: 'status', measure: 'count', x: 0, y: 5, w: 7, h: 4 },
      { kind: 'table', object: 'task', by: 'owner', by2: 'status', measure: 'count', x: 7, y: 5, w: 5, h: 4 },
    ],
  },
]

/** A template's tiles, as far as this person sees what they are about. */
export function tilesOf(template: Template, objects: Map<string, ObjectDef>): Tile[] {
  const has = (object: ObjectDef, path: string | undefined) =>
    !path || object.fields.some(field => field.name === path.split('.')[0])
  return template.tiles.flatMap(tile => {
    const object = objects.get(tile.object)
    const measured = /\((.+)\)/.exec(tile.measure)?.[1] ?? (tile.measure === 'count' ? undefined : tile.measure)
    if (!object || ![tile.by, tile.by2, tile.across, measured].every(path => has(object, path))) return []
    return [{ ...tile, id: newTileId(), title: tile.title ?? '' }]
  })
}
