import { describe, expect, it } from 'vitest'
import { byTime, isOverdue, type Planned } from './plans'

const plan = (at: string): Planned => ({ object: 'task', at, item: { id: at, version: 1 } })

describe('what is planned', () => {
  const now = new Date('2026-11-27T10:00:00')

  it('is late once its day is over, or its moment', () => {
    expect(isOverdue(plan('2026-11-26'), now)).toBe(true)
    expect(isOverdue(plan('2026-11-27'), now)).toBe(false)
    expect(isOverdue(plan(new Date('2026-11-27T09:59:00').toISOString()), now)).toBe(true)
    expect(isOverdue(plan(''), now)).toBe(false)
  })

  it('comes in the order of time, without a day last', () => {
    expect([plan(''), plan('2026-12-01'), plan('2026-11-30')].sort(byTime).map(one => one.at)).toEqual([
      '2026-11-30',
      '2026-12-01',
      '',
    ])
  })
})
