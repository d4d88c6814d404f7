import { describe, expect, it } from 'vitest'
import { countConditions, emptyGroup, toFilter, toTree } from './filterTree'

describe('the filter builder', () => {
  const filter = {
    and: [
      { field: 'city', op: 'eq', value: 'X' },
      {
        or: [
          { field: 'email', op: 'isEmpty' },
          { field: 'tags', op: 'in', value: ['vip'] },
        ],
      },
    ],
  }

  it('shows a filter of the API and gives the same filter back', () => {
    expect(toFilter(toTree(filter))).toEqual(filter)
  })

  it('leaves out conditions without a value', () => {
    const tree = { ...emptyGroup(), items: [{ kind: 'condition' as const, field: 'city', op: 'eq', value: '' }] }
    expect(toFilter(tree)).toBeUndefined()
  })

  it('counts conditions in groups', () => {
    expect(countConditions(toTree(filter))).toBe(3)
  })
})
