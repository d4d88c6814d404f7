import { useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { useWords } from '../../platform/i18n'
import { useObjects } from '../../platform/meta'
import type { FieldValue, ObjectDef, RecordItem } from '../../platform/types'
import { ObjectIcon } from '../../ui/icon'
import { Button } from '../../ui/kit'
import { givenBy } from './given'

const CreateForm = lazy(() => import('../createForm'))
/** What people do with a customer most, in the order of the buttons. */
const MOST_DONE = ['call', 'visit', 'mail', 'task']

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
    <span className="flex flex-none flex-wrap gap-1.5">
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
