import type { Filter } from '../platform/types'

/** One condition of the filter builder. */
export interface Condition {
  kind: 'condition'
  field: string
  op: string
  value: unknown
}

/** Conditions and groups joined by AND or OR. */
export interface Group {
  kind: 'group'
  join: 'and' | 'or'
  items: (Condition | Group)[]
}

export const emptyGroup = (): Group => ({ kind: 'group', join: 'and', items: [] })

/** The tree that a filter of the API stands for; a filter the builder cannot show gives an empty one. */
export function toTree(filter: Filter | undefined): Group {
  if (!filter) return emptyGroup()
  const node = read(filter)
  if (!node) return emptyGroup()
  return node.kind === 'group' ? node : { kind: 'group', join: 'and', items: [node] }
}

function read(filter: Filter): Condition | Group | undefined {
  if (typeof filter.field === 'string' && typeof filter.op === 'string')
    return { kind: 'condition', field: filter.field, op: filter.op, value: filter.value }
  for (const join of ['and', 'or'] as const) {
    const parts = filter[join]
    if (!Array.isArray(parts)) continue
    const items = parts.map(part => read(part as Filter)).filter(item => item !== undefined)
    return { kind: 'group', join, items }
  }
  return undefined
}

const needsValue = (op: string) => op !== 'isEmpty'
const isBlank = (value: unknown) =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

/** The API's filter for a tree; conditions that are not filled in yet are left out. */
export function toFilter(group: Group): Filter | undefined {
  const parts: Filter[] = []
  for (const item of group.items) {
    if (item.kind === 'group') {
      const inner = toFilter(item)
      if (inner) parts.push(inner)
    } else if (item.field && (!needsValue(item.op) || !isBlank(item.value)))
      parts.push(
        needsValue(item.op)
          ? { field: item.field, op: item.op, value: item.value }
          : { field: item.field, op: item.op },
      )
  }
  if (!parts.length) return undefined
  return { [group.join]: parts }
}

export const countConditions = (group: Group): number =>
  group.items.reduce((sum, item) => sum + (item.kind === 'group' ? countConditions(item) : 1), 0)
