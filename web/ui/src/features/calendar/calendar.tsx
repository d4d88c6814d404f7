import { useQuery } from '@tanstack/react-query'
import { CalendarDays, Map as MapIcon, MapPin, Plus } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { Link } from 'react-router'
import { api } from '../../platform/api'
import { useObjects } from '../../platform/meta'
import { useSession } from '../../platform/session'
import type { FieldValue, Filter, Link as LinkValue, Page } from '../../platform/types'
import { Button, linkLook } from '../../ui/kit'
import { TopBar } from '../../ui/topBar'
import { LoadFailure } from '../loadFailure'
import { useCalendarWords } from './words'

const CreateForm = lazy(() => import('../../records/createForm'))
const TimeGrid = lazy(() => import('./timeGrid'))
const NEGLECTED_AFTER = 30

/** Visits, meetings, calls and tasks of a week, moved by dragging. */
export function CalendarPage() {
  const { c } = useCalendarWords()
  const objects = useObjects().data
  const me = useSession().data?.user.id
  const [everybody, setEverybody] = useState(false)
  const [planning, setPlanning] = useState<Record<string, FieldValue>>()
  const visit = objects?.get('visit')
  return (
    <>
      <TopBar
        icon={<CalendarDays size={16} />}
        title={c('calendar')}
        right={
          <>
            <Button kind={everybody ? 'soft' : 'ghost'} aria-pressed={everybody} onClick={() => setEverybody(e => !e)}>
              {c('everybody')}
            </Button>
            {visit && (
              <Link to={visitMap(everybody ? undefined : me)} aria-label={c('map')} className={linkLook('line')}>
                <MapIcon size={14} />
                <span className="max-md:hidden">{c('map')}</span>
              </Link>
            )}
            {visit?.operations.includes('create') && (
              <Button kind="solid" icon={<Plus size={14} />} onClick={() => setPlanning({})}>
                <span className="max-md:hidden">{c('newVisit')}</span>
              </Button>
            )}
          </>
        }
      />
      <LoadFailure />
      <div className="flex min-h-0 flex-1 max-lg:flex-col max-lg:overflow-y-auto">
        <div className="rapport-calendar min-h-0 min-w-0 flex-1 p-3 max-lg:min-h-[620px]">
          <Suspense>
            <TimeGrid owner={everybody ? undefined : me} onPlan={plannedAt => setPlanning({ plannedAt })} />
          </Suspense>
          <p className="sr-only">{c('hint')}</p>
        </div>
        <Neglected me={me} onPlan={account => setPlanning({ account })} />
      </div>
      {planning && visit && (
        <Suspense>
          <CreateForm object={visit} given={planning} onClose={() => setPlanning(undefined)} />
        </Suspense>
      )}
    </>
  )
}

/** The list of the coming week's visits with the map of where they are. @param owner whose; everybody's without one */
function visitMap(owner: string | undefined) {
  const and: Filter[] = [
    { field: 'plannedAt', op: 'gte', value: { relative: '-P1D' } },
    { field: 'plannedAt', op: 'lt', value: { relative: 'P7D' } },
  ]
  if (owner) and.push({ field: 'owner', op: 'eq', value: owner })
  const chart = { kind: 'map', by: 'place.province', measure: 'count' }
  return `/o/visit?${new URLSearchParams({ filter: JSON.stringify({ and }), chart: JSON.stringify(chart) })}`
}

/** Accounts of mine with which nothing has happened for a month. */
const neglected = (me: string): Filter => ({
  and: [
    { field: 'owner', op: 'eq', value: me },
    ...['call', 'meeting', 'visit', 'note'].map(object => ({
      not: {
        exists: {
          object,
          via: 'account',
          filter: { field: 'createdAt', op: 'after', value: { relative: `-P${NEGLECTED_AFTER}D` } },
        },
      },
    })),
  ],
})

function Neglected({ me, onPlan }: { me: string | undefined; onPlan: (account: LinkValue) => void }) {
  const { c } = useCalendarWords()
  const filter = me ? neglected(me) : undefined
  const query = useQuery({
    queryKey: ['rows', 'account', 'neglected', me],
    enabled: !!me,
    queryFn: () =>
      api<Page>('POST', '/records/account/query', {
        body: { fields: ['name'], filter, sort: 'updatedAt', limit: 15 },
      }),
    staleTime: 60_000,
  })
  const items = query.data?.items ?? []
  return (
    <aside className="w-72 flex-none overflow-y-auto border-l border-line p-4 max-lg:w-full max-lg:border-t max-lg:border-l-0">
      <h2 className="mb-2 text-sm font-semibold">{c('neglected', { n: NEGLECTED_AFTER })}</h2>
      {query.isSuccess && !items.length && <p className="text-sm text-ink-3">{c('nobody')}</p>}
      <ul className="flex flex-col">
        {items.map(item => (
          <li key={item.id} className="flex items-center gap-2 border-t border-line py-1.5 first:border-t-0">
            <Link to={`/o/account/${item.id}`} className="min-w-0 flex-1 truncate text-sm hover:underline">
              {String(item.name)}
            </Link>
            <Button
              kind="ghost"
              size="sm"
              aria-label={c('plan', { name: String(item.name) })}
              icon={<MapPin size={14} />}
              onClick={() => onPlan({ id: item.id, name: String(item.name) })}
            />
          </li>
        ))}
      </ul>
      {items.length > 0 && (
        <Link
          to={`/o/account?filter=${encodeURIComponent(JSON.stringify(filter))}`}
          className="mt-2 inline-block text-xs font-medium text-accent-ink hover:underline"
        >
          {c('all')}
        </Link>
      )}
    </aside>
  )
}
