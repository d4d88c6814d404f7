import { describe, expect, it } from 'vitest'
import { daysOf } from './scope'

const day = new Date(2026, 10, 26)

describe('periods counted from a day', () => {
  it('knows natural ones', () => {
    expect(daysOf('month', 1, day)).toEqual(['2026-11-01', '2026-11-30'])
    expect(daysOf('quarter', 1, day)).toEqual(['2026-10-01', '2026-12-31'])
    expect(daysOf('lastQuarter', 1, day)).toEqual(['2026-07-01', '2026-09-30'])
    expect(daysOf('lastYear', 1, day)).toEqual(['2025-01-01', '2025-12-31'])
    expect(daysOf('all', 1, day)).toBeUndefined()
  })
  it('knows fiscal ones, whenever the year begins', () => {
    expect(daysOf('fiscalYear', 4, day)).toEqual(['2026-04-01', '2027-03-31'])
    expect(daysOf('fiscalYear', 12, day)).toEqual(['2025-12-01', '2026-11-30'])
    expect(daysOf('fiscalQuarter', 2, day)).toEqual(['2026-11-01', '2027-01-31'])
  })
})
