import type { FieldDef, ObjectDef } from '../../platform/types'
import type { Layout } from '../listState'

/** The system's own moments lie on a calendar last. */
const LAST = ['createdAt', 'updatedAt']

/** How little a field says of when a record matters to people. */
const rank = (object: ObjectDef, field: FieldDef) =>
  (LAST.includes(field.name) ? 4 : 0) + (field.writable ? 0 : 2) + (object.layouts.list.includes(field.name) ? 0 : 1)

/** Fields by which records lie on a calendar, those that people set and look at first. */
export const dateFields = (object: ObjectDef) =>
  object.fields
    .filter(field => field.type === 'date' || field.type === 'moment')
    .sort((a, b) => rank(object, a) - rank(object, b))

export const dateField = (object: ObjectDef, layout: Layout): FieldDef | undefined => {
  const fields = dateFields(object)
  return fields.find(field => field.name === layout.by) ?? fields[0]
}
