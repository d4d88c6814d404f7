import type { Filter, ObjectDef, RecordItem } from './types'

/** What people still have to do, of each kind: when it is due, and which records are still open. */
export interface Plan {
  object: string
  at: string
  open: (now: Date) => Filter
}

export const PLANS: Plan[] = [
  { object: 'task', at: 'dueOn', open: () => ({ not: { field: 'status', op: 'eq', value: 'done' } }) },
  { object: 'visit', at: 'plannedAt', open: () => ({ field: 'status', op: 'eq', value: 'planned' }) },
  {
    object: 'meeting',
    at: 'startsAt',
    open: now => ({ field: 'startsAt', op: 'gte', value: new Date(now.getTime() - 3_600_000).toISOString() }),
  },
]

/** The lookup by which an activity belongs to a record of `target`. */
export const lookupTo = (activity: ObjectDef, target: string) =>
  activity.fields.find(field => field.type === 'lookup' && field.target === target)?.name

/** Something planned, of whatever kind. */
export interface Planned {
  object: string
  /** A day or a moment; empty if it has none. */
  at: string
  item: RecordItem
}

/** Whether its day or moment has passed. */
export function isOverdue({ at }: Planned, now = new Date()) {
  if (!at) return false
  if (at.length > 10) return Date.parse(at) < now.getTime()
  const end = new Date(`${at}T00:00:00`)
  end.setDate(end.getDate() + 1)
  return end.getTime() <= now.getTime()
}

/** The earliest first; what has no day comes last. */
export const byTime = (a: Planned, b: Planned) => (a.at || '9999').localeCompare(b.at || '9999')
