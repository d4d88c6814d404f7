import type { FieldDef, FieldValue, Lang, ObjectDef } from '../platform/types'
import { toText } from './value'

/** The field that records of an object are called by. */
export const namingField = (object: ObjectDef): FieldDef | undefined =>
  object.fields.find(field => field.name === object.nameField)

/** What a record is called; empty if it has no name, or none that this person may read. */
export function recordName(object: ObjectDef, item: Record<string, FieldValue>, lang: Lang) {
  const field = namingField(object)
  return field ? toText(field, item[field.name], lang) : ''
}
