import { recordName } from '../../fields/recordName'
import type { FieldValue, ObjectDef, RecordItem } from '../../platform/types'

/** The writable lookup by which an activity belongs to a record of `target`. */
export const viaOf = (activity: ObjectDef, target: ObjectDef) =>
  activity.fields.find(field => field.type === 'lookup' && field.target === target.name && field.writable)?.name

/** Kinds of activity that happen when they are written down. */
const NOW: Record<string, string> = { call: 'startedAt' }

/** What a new activity takes over from the record that it is about: the link to it, its person and their address. */
export function givenBy(activity: ObjectDef, object: ObjectDef, item: RecordItem): Record<string, FieldValue> {
  const given: Record<string, FieldValue> = {
    [viaOf(activity, object) ?? '']: { id: item.id, name: recordName(object, item, 'en') },
  }
  const has = (name: string) => activity.fields.some(field => field.name === name && field.writable)
  if (has('contact') && object.name !== 'contact' && item.contact) given.contact = item.contact
  if (has('to') && typeof item.email === 'string') given.to = item.email
  const moment = NOW[activity.name]
  if (moment) given[moment] = new Date().toISOString()
  return given
}
