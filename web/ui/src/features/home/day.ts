import { useQuery } from '@tanstack/react-query'
import { recordName } from '../../fields/recordName'
import { api } from '../../platform/api'
import { localDay } from '../../platform/format'
import { useWords } from '../../platform/i18n'
import { useObjects } from '../../platform/meta'
import { byTime, PLANS, type Planned } from '../../platform/plans'
import type { Filter, Link, Page, RecordItem } from '../../platform/types'

const MOST = 30
const FRESH = 60_000
/** Days after today that “coming up” looks ahead. */
const AHEAD = 14

const dayAfter = (days: number) => {
  const day = new Date()
  day.setDate(day.getDate() + days)
  return localDay(day)
}

/** My tasks, visits and meetings: what is late, today's, and those of the next two weeks; the first to come first. */
export function useDay(me: string) {
  const objects = useObjects().data
  return useQuery({
    queryKey: ['rows', 'day', me],
    enabled: !!objects,
    staleTime: FRESH,
    queryFn: async () => {
      const now = new Date()
      const asked = PLANS.filter(plan => objects?.has(plan.object)).map(async plan => {
        const has = (name: string) => objects?.get(plan.object)?.fields.some(field => field.name === name)
        const page = await api<Page>('POST', `/records/${plan.object}/query`, {
          body: {
            fields: ['name', plan.at, ...['account', 'contact', 'opportunity', 'lead'].filter(has)],
            filter: {
              and: [
                { field: 'owner', op: 'eq', value: me },
                plan.open(now),
                { field: plan.at, op: 'lt', value: dayAfter(AHEAD) },
              ],
            },
            sort: plan.at,
            limit: MOST,
          },
        })
        return page.items.map((item): Planned => ({ object: plan.object, at: String(item[plan.at] ?? ''), item }))
      })
      return (await Promise.all(asked)).flat().sort(byTime)
    },
  })
}

/** A deal or lead with which something should have happened by now. */
export interface Due {
  object: string
  item: RecordItem
  name: string
  /** The day that has come. */
  on: string
  why: 'step' | 'close'
  /** What was to be done next. */
  step: string
}

const DUE: { object: string; on: string; why: Due['why']; step: string; filter: Filter[] }[] = [
  {
    object: 'opportunity',
    on: 'nextStepOn',
    why: 'step',
    step: 'nextStep',
    filter: [{ field: 'status', op: 'eq', value: 'open' }],
  },
  {
    object: 'opportunity',
    on: 'closeDate',
    why: 'close',
    step: 'nextStep',
    filter: [{ field: 'status', op: 'eq', value: 'open' }],
  },
  { object: 'lead', on: 'nextStepOn', why: 'step', step: 'nextStep', filter: [] },
]

export function useFollowUps(me: string) {
  const objects = useObjects().data
  const { lang } = useWords()
  return useQuery({
    queryKey: ['rows', 'followUps', me],
    enabled: !!objects,
    staleTime: FRESH,
    queryFn: async () => {
      const asked = DUE.map(async due => {
        const object = objects?.get(due.object)
        const has = (name: string) => object?.fields.some(field => field.name === name)
        if (!object || !has(due.on)) return []
        const page = await api<Page>('POST', `/records/${due.object}/query`, {
          body: {
            fields: [object.nameField, due.on, ...(has(due.step) ? [due.step] : [])],
            filter: {
              and: [
                { field: 'owner', op: 'eq', value: me },
                { field: due.on, op: 'lte', value: localDay(new Date()) },
                ...due.filter,
              ],
            },
            sort: due.on,
            limit: 10,
          },
        })
        return page.items.map(
          (item): Due => ({
            object: due.object,
            item,
            name: recordName(object, item, lang) || '—',
            on: String(item[due.on]),
            why: due.why,
            step: String(item[due.step] ?? ''),
          }),
        )
      })
      const all = (await Promise.all(asked)).flat().sort((a, b) => a.on.localeCompare(b.on))
      return all.filter((one, i) => all.findIndex(other => other.item.id === one.item.id) === i).slice(0, 10)
    },
  })
}

export interface ChangeByOther {
  object: string
  item: RecordItem
  name: string
  by: string
  at: string
}

const WATCHED = ['account', 'contact', 'lead', 'opportunity', 'quote', 'contract', 'task']

export function useChangesByOthers(me: string) {
  const objects = useObjects().data
  const { lang } = useWords()
  return useQuery({
    queryKey: ['rows', 'changesByOthers', me],
    enabled: !!objects,
    staleTime: FRESH,
    queryFn: async () => {
      const asked = WATCHED.map(async name => {
        const object = objects?.get(name)
        if (!object) return []
        const page = await api<Page>('POST', `/records/${name}/query`, {
          body: {
            fields: [object.nameField, 'updatedBy', 'updatedAt'],
            filter: {
              and: [
                { field: 'owner', op: 'eq', value: me },
                { field: 'updatedBy', op: 'ne', value: me },
                { field: 'updatedAt', op: 'after', value: { relative: '-P14D' } },
              ],
            },
            sort: '-updatedAt',
            limit: 5,
          },
        })
        return page.items.map(
          (item): ChangeByOther => ({
            object: name,
            item,
            name: recordName(object, item, lang) || '—',
            by: (item.updatedBy as Link | null)?.name ?? '—',
            at: String(item.updatedAt),
          }),
        )
      })
      return (await Promise.all(asked))
        .flat()
        .sort((a, b) => b.at.localeCompare(a.at))
        .slice(0, 8)
    },
  })
}
