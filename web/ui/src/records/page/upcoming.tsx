import { useQuery, useQueryClient } from '@tanstack/react-query'
import clsx from 'clsx'
import { Circle, CircleCheck } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'react-router'
import { api } from '../../platform/api'
import { formatMoment, formatRelative, formatShortDay } from '../../platform/format'
import { useWords } from '../../platform/i18n'
import { useObjects } from '../../platform/meta'
import { byTime, isOverdue, lookupTo, PLANS, type Planned } from '../../platform/plans'
import type { ObjectDef, Page, RecordItem } from '../../platform/types'
import { ObjectIcon } from '../../ui/icon'
import { toast } from '../../ui/toast'
import { useRecordWords } from '../words'

const MOST = 5

/** What is planned with a record, the next first. */
function usePlans(object: ObjectDef, item: RecordItem) {
  const objects = useObjects().data
  return useQuery({
    queryKey: ['rows', 'plans', object.name, item.id],
    enabled: !!objects,
    queryFn: async () => {
      const now = new Date()
      const found = PLANS.map(async plan => {
        const activity = objects?.get(plan.object)
        const via = activity && lookupTo(activity, object.name)
        if (!via) return []
        const page = await api<Page>('POST', `/records/${plan.object}/query`, {
          body: {
            fields: ['name', plan.at, 'owner'],
            filter: { and: [{ field: via, op: 'eq', value: item.id }, plan.open(now)] },
            sort: plan.at,
            limit: MOST,
          },
        })
        return page.items.map((one): Planned => ({ object: plan.object, at: String(one[plan.at] ?? ''), item: one }))
      })
      return (await Promise.all(found)).flat().sort(byTime).slice(0, MOST)
    },
  })
}

/** The plans that stand above the timeline. */
export function Upcoming({ object, item }: { object: ObjectDef; item: RecordItem }) {
  const { w } = useRecordWords()
  const plans = usePlans(object, item).data ?? []
  if (!plans.length) return null
  return (
    <section className="mb-4 rounded-2xl border border-accent-line bg-accent-soft px-4 py-2.5">
      <h3 className="mb-0.5 text-xs font-semibold text-accent-ink">{w('upcoming')}</h3>
      <ul>
        {plans.map(plan => (
          <PlanLine key={plan.item.id} plan={plan} />
        ))}
      </ul>
    </section>
  )
}

/** One plan: when it is due and, for a task, the circle that ends it. */
export function PlanLine({ plan, about }: { plan: Planned; about?: string }) {
  const { t, lang } = useWords()
  const { w } = useRecordWords()
  const client = useQueryClient()
  const objects = useObjects().data
  const [done, setDone] = useState(false)
  const late = isOverdue(plan)
  const time = plan.at.length > 10 ? formatMoment(plan.at, lang) : plan.at ? formatShortDay(plan.at, lang) : ''
  const refresh = () => {
    client.invalidateQueries({ queryKey: ['rows'] })
    client.invalidateQueries({ queryKey: ['timeline'] })
  }
  const set = async (status: string, version: number) => {
    const changed = await api<RecordItem>('PATCH', `/records/task/${plan.item.id}`, { version, body: { status } })
    refresh()
    return changed
  }
  const finish = async () => {
    setDone(true)
    try {
      const changed = await set('done', plan.item.version)
      toast(t('saved'), {
        action: {
          label: t('undo'),
          onClick: () => {
            setDone(false)
            set('open', changed.version)
          },
        },
      })
    } catch (error) {
      setDone(false)
      toast.error(error instanceof Error ? error.message : t('offline'))
      refresh()
    }
  }
  return (
    <li className="flex min-h-9 items-center gap-2.5 text-sm max-md:min-h-11">
      {plan.object === 'task' ? (
        <button
          type="button"
          aria-label={`${w('done')}: ${String(plan.item.name ?? '')}`}
          onClick={finish}
          disabled={done}
          className="grid size-7 flex-none place-items-center rounded-full text-ink-3 hover:text-pos max-md:size-11"
        >
          {done ? <CircleCheck size={17} className="text-pos" /> : <Circle size={17} />}
        </button>
      ) : (
        <span className="grid size-7 flex-none place-items-center text-ink-3 max-md:size-11">
          <ObjectIcon name={objects?.get(plan.object)?.icon ?? ''} size={15} />
        </span>
      )}
      <Link
        to={`/o/${plan.object}/${plan.item.id}`}
        className={clsx('min-w-0 truncate font-medium hover:underline', done && 'line-through')}
      >
        {String(plan.item.name ?? '—')}
      </Link>
      {about && <span className="min-w-0 flex-1 truncate text-ink-3">{about}</span>}
      {time && (
        <time
          dateTime={plan.at}
          title={plan.at.length > 10 ? formatRelative(plan.at, lang) : undefined}
          className={clsx('num ml-auto flex-none text-xs', late ? 'font-medium text-neg' : 'text-ink-3')}
        >
          {late && <span className="sr-only">{w('overdue')} </span>}
          {time}
        </time>
      )}
    </li>
  )
}
