import { useQueryClient } from '@tanstack/react-query'
import { MapPinCheck } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useNavigate } from 'react-router'
import { toWire } from '../../fields/wire'
import { api } from '../../platform/api'
import { useWords } from '../../platform/i18n'
import { isOffline } from '../../platform/keeping'
import { useObjects } from '../../platform/meta'
import { enqueue } from '../../platform/outbox'
import { arrival } from '../../platform/place'
import type { FieldValue, ObjectDef, RecordItem } from '../../platform/types'
import { ObjectIcon } from '../../ui/icon'
import { Button } from '../../ui/kit'
import { toast } from '../../ui/toast'
import { useRecordWords } from '../words'
import { givenBy, viaOf } from './given'

const CreateForm = lazy(() => import('../createForm'))
/** What people do with a customer most, in the order of the buttons. */
const MOST_DONE = ['call', 'visit', 'mail', 'task']

/** Says that I am at the customer's now: a visit with the time and place of arrival. */
function CheckInHere({ object, item }: { object: ObjectDef; item: RecordItem }) {
  const { label, t } = useWords()
  const { w } = useRecordWords()
  const client = useQueryClient()
  const navigate = useNavigate()
  const visit = useObjects().data?.get('visit')
  const [busy, setBusy] = useState(false)
  if (!visit?.operations.includes('create') || !viaOf(visit, object)) return null
  const checkIn = async () => {
    setBusy(true)
    const given = givenBy(visit, object, item)
    const arrived = await arrival()
    const name = label(visit.labels)
    const body: Record<string, unknown> = { name, plannedAt: arrived.checkedInAt, ...arrived }
    for (const field of visit.fields)
      if (given[field.name] !== undefined) body[field.name] = toWire(field.type, given[field.name])
    try {
      const made = await api<RecordItem>('POST', '/records/visit', { body })
      client.invalidateQueries({ queryKey: ['timeline', object.name, item.id] })
      client.invalidateQueries({ queryKey: ['rows'] })
      toast(w('latitude' in arrived ? 'checkedIn' : 'checkInWithoutPlace'), {
        action: { label: t('open'), onClick: () => navigate(`/o/visit/${made.id}`) },
      })
    } catch (error) {
      if (isOffline(error)) {
        await enqueue({ method: 'POST', path: '/records/visit', body, object: 'visit', title: name })
        toast(t('keptOffline'))
      } else toast.error(error instanceof Error ? error.message : t('offline'))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button className="md:hidden" kind="solid" disabled={busy} icon={<MapPinCheck size={14} />} onClick={checkIn}>
      {w('checkIn')}
    </Button>
  )
}

/** Log a call, plan a visit, write a mail, without leaving the record. */
export function QuickActions({ object, item }: { object: ObjectDef; item: RecordItem }) {
  const { label } = useWords()
  const client = useQueryClient()
  const objects = useObjects().data
  const [creating, setCreating] = useState<{ activity: ObjectDef; given: Record<string, FieldValue> }>()
  const offered = MOST_DONE.map(name => objects?.get(name)).filter(
    activity =>
      activity?.operations.includes('create') &&
      activity.fields.some(f => f.type === 'lookup' && f.target === object.name && f.writable),
  )
  if (!offered.length || object.group === 'activities') return null
  return (
    <span className="flex flex-none flex-wrap gap-1.5 max-md:w-full">
      {offered.map(
        activity =>
          activity && (
            <Button
              key={activity.name}
              icon={<ObjectIcon name={activity.icon} size={14} />}
              onClick={() => setCreating({ activity, given: givenBy(activity, object, item) })}
            >
              {label(activity.labels)}
            </Button>
          ),
      )}
      <CheckInHere object={object} item={item} />
      {creating && (
        <Suspense>
          <CreateForm
            object={creating.activity}
            given={creating.given}
            onClose={() => setCreating(undefined)}
            onCreated={() => client.invalidateQueries({ queryKey: ['timeline', object.name, item.id] })}
          />
        </Suspense>
      )}
    </span>
  )
}
