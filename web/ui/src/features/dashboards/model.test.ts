import { describe, expect, it } from 'vitest'
import type { ObjectDef } from '../../platform/types'
import { scopeOf, type Tile } from './model'
import { settled } from './tileMenu'

const object = (name: string, ...fields: string[]) =>
  ({ name, fields: fields.map(field => ({ name: field })) }) as unknown as ObjectDef

describe('the filters of a dashboard', () => {
  const now = new Date('2026-11-27T10:00:00')

  it('take the date by which records of each kind count', () => {
    expect(scopeOf(object('opportunity', 'closeDate', 'createdAt'), 'quarter', undefined, now)).toEqual([
      { field: 'closeDate', op: 'gte', value: '2026-10-01' },
      { field: 'closeDate', op: 'lt', value: '2027-01-01' },
    ])
    expect(scopeOf(object('vehicle_c', 'createdAt'), 'last30', undefined, now)).toEqual([
      { field: 'createdAt', op: 'gte', value: '2026-10-29' },
      { field: 'createdAt', op: 'lt', value: '2026-11-28' },
    ])
  })

  it('ask for an owner only where there is one', () => {
    expect(scopeOf(object('product', 'createdAt'), 'all', 'me', now)).toEqual([])
    expect(scopeOf(object('account', 'owner'), 'all', 'me', now)).toEqual([{ field: 'owner', op: 'eq', value: 'me' }])
  })
})

describe('tiles', () => {
  const tile = (id: string, x: number, y: number, w: number, h: number) => ({ id, x, y, w, h }) as Tile

  it('never lie upon each other', () => {
    const placed = settled([tile('a', 0, 0, 6, 2), tile('b', 3, 1, 6, 2), tile('c', 8, 1, 4, 1)])
    expect(placed.map(({ id, y }) => [id, y])).toEqual([
      ['a', 0],
      ['b', 2],
      ['c', 1],
    ])
  })
})
