import { House } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { formatDay, formatRelative, formatShortDay, localDay } from '../../platform/format'
import { useWords } from '../../platform/i18n'
import { useObjects } from '../../platform/meta'
import { isOverdue, type Planned } from '../../platform/plans'
import { recentRecords } from '../../platform/recent'
import { useSession } from '../../platform/session'
import type { Link as LinkValue, ObjectDef } from '../../platform/types'
import { PlanLine } from '../../records/page/upcoming'
import { ObjectIcon } from '../../ui/icon'
import { Waiting } from '../../ui/kit'
import { TopBar } from '../../ui/topBar'
import { LoadFailure } from '../loadFailure'
import { type Due, useChangesByOthers, useDay, useFollowUps } from './day'
import { Numbers } from './numbers'
import { Start } from './start'
import { useHomeWords } from './words'

/** Where the day begins: what is due, what changed, and how one stands. */
export function HomePage() {
  const { w, lang } = useHomeWords()
  const user = useSession().data?.user
  const hour = new Date().getHours()
  const greeting = hour < 12 ? 'goodMorning' : hour < 18 ? 'goodAfternoon' : 'goodEvening'
  return (
    <>
      <TopBar icon={<House size={16} />} title={w('home')} />
      <div className="min-h-0 flex-1 overflow-y-auto bg-canvas">
        <div className="mx-auto max-w-[1180px] px-6 py-6 max-md:px-3 max-md:py-4">
          <header className="mb-5 px-1">
            <h2 className="text-2xl font-semibold tracking-[-.02em]">{w(greeting, { name: user?.name ?? '' })}</h2>
            <p className="text-ink-3">{today(lang)}</p>
          </header>
          <LoadFailure />
          <Start />
          {user && <Numbers me={user.id} />}
          <div className="grid grid-cols-[minmax(0,3fr)_minmax(0,2fr)] gap-3 max-lg:grid-cols-1">
            <div className="flex min-w-0 flex-col gap-3">
              {user && <Day me={user.id} />}
              {user && <FollowUps me={user.id} />}
            </div>
            <div className="flex min-w-0 flex-col gap-3">
              {user && <Changes me={user.id} />}
              <Recent />
            </div>
          </div>
        </div>
      </div>
    </>
  )
}

const today = (lang: 'en' | 'zh-CN') =>
  new Intl.DateTimeFormat(lang === 'zh-CN' ? 'zh-CN' : 'en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  }).format(new Date())

function Card({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  return (
    <section className="min-w-0 rounded-2xl border border-line bg-surface px-4 py-3.5 shadow-1">
      <h3 className="font-semibold">{title}</h3>
      {hint && <p className="mb-1.5 text-xs text-ink-3">{hint}</p>}
      {children}
    </section>
  )
}

interface LineProps {
  object: string
  id: string
  name: string
  detail?: string
  children: ReactNode
}

/** One record, with what there is to say of it. */
function Line({ object, id, name, detail, children }: LineProps) {
  const icon = useObjects().data?.get(object)?.icon
  return (
    <li className="flex min-h-9 items-center gap-2.5 text-sm max-md:min-h-11">
      <span className="grid size-7 flex-none place-items-center text-ink-3">
        <ObjectIcon name={icon ?? ''} size={15} />
      </span>
      <Link to={`/o/${object}/${id}`} className="min-w-0 truncate font-medium hover:underline">
        {name}
      </Link>
      <span className="min-w-0 flex-1 truncate text-ink-3">{detail}</span>
      {children}
    </li>
  )
}

const aboutOf = (plan: Planned) =>
  ['account', 'contact', 'opportunity', 'lead']
    .map(name => (plan.item[name] as LinkValue | null | undefined)?.name)
    .find(Boolean) ?? ''

function Day({ me }: { me: string }) {
  const { w } = useHomeWords()
  const day = useDay(me)
  const now = new Date()
  const end = localDay(now)
  const due = day.data?.filter(plan => plan.at && (plan.at.slice(0, 10) <= end || isOverdue(plan, now))) ?? []
  const coming = day.data?.filter(plan => !due.includes(plan)).slice(0, 5) ?? []
  return (
    <Card title={w('myDay')} hint={w('myDayHint')}>
      {day.isError ? null : day.isPending ? (
        <Waiting />
      ) : (
        <>
          {due.length === 0 && <p className="py-3 text-sm text-ink-2">{w('allDone')}</p>}
          <ul>
            {due.map(plan => (
              <PlanLine key={plan.item.id} plan={plan} about={aboutOf(plan)} />
            ))}
          </ul>
          {coming.length > 0 && (
            <>
              <h4 className="mt-2 border-t border-line pt-2.5 text-xs font-semibold text-ink-3">{w('tomorrow')}</h4>
              <ul>
                {coming.map(plan => (
                  <PlanLine key={plan.item.id} plan={plan} about={aboutOf(plan)} />
                ))}
              </ul>
            </>
          )}
        </>
      )}
    </Card>
  )
}

function FollowUps({ me }: { me: string }) {
  const { w, lang } = useHomeWords()
  const _objects = useObjects().data
  const due = useFollowUps(me)
  const text = (one: Due) => w(one.why === 'step' ? 'dayWas' : 'dealsDue', { when: formatShortDay(one.on, lang) })
  return (
    <Card title={w('followUps')} hint={w('followUpsHint')}>
      {due.isError ? null : due.isPending ? (
        <Waiting />
      ) : due.data.length === 0 ? (
        <p className="py-3 text-sm text-ink-2">{w('noFollowUps')}</p>
      ) : (
        <ul>
          {due.data.map(one => (
            <Line key={one.item.id} object={one.object} id={one.item.id} name={one.name} detail={one.step}>
              <span className="num flex-none text-xs font-medium text-neg">{text(one)}</span>
            </Line>
          ))}
        </ul>
      )}
    </Card>
  )
}

function Changes({ me }: { me: string }) {
  const { w, lang } = useHomeWords()
  const _objects = useObjects().data
  const changes = useChangesByOthers(me)
  return (
    <Card title={w('changed')} hint={w('changedHint')}>
      {changes.isError ? null : changes.isPending ? (
        <Waiting />
      ) : changes.data.length === 0 ? (
        <p className="py-3 text-sm text-ink-2">{w('noChanges')}</p>
      ) : (
        <ul>
          {changes.data.map(one => (
            <Line
              key={one.item.id}
              object={one.object}
              id={one.item.id}
              name={one.name}
              detail={w('by', { name: one.by })}
            >
              <time
                className="flex-none text-xs text-ink-3"
                dateTime={one.at}
                title={formatDay(localDay(new Date(one.at)), lang)}
              >
                {formatRelative(one.at, lang)}
              </time>
            </Line>
          ))}
        </ul>
      )}
    </Card>
  )
}

function Recent() {
  const { w } = useHomeWords()
  const { label } = useWords()
  const objects = useObjects().data
  const known = recentRecords().flatMap(record => {
    const object = objects?.get(record.object)
    return object ? [{ record, object }] : []
  })
  if (!known.length) return null
  return (
    <Card title={w('recent')}>
      <ul className="mt-1">
        {known.map(({ record, object }: { record: (typeof known)[number]['record']; object: ObjectDef }) => (
          <Line key={record.id} object={record.object} id={record.id} name={record.name}>
            <span className="flex-none text-xs text-ink-3">{label(object.labels)}</span>
          </Line>
        ))}
      </ul>
    </Card>
  )
}
