import type { FieldDef, FieldValue, Link, PersonNameValue } from '../platform/types'
import { isEmpty } from './value'

/** The value as the API reads it: ids for links and files, the parts of a name. */
export function toWire(type: string, value: FieldValue) {
  if (type === 'lookup' && value && typeof value === 'object' && 'id' in value) return (value as Link).id
  if (type === 'lookups' && Array.isArray(value)) return (value as Link[]).map(link => link.id)
  if (type === 'attachment' && value && typeof value === 'object' && 'id' in value) return (value as Link).id
  if (type === 'personName' && value && typeof value === 'object') {
    const { family, given } = value as PersonNameValue
    return { family, given }
  }
  return value
}

/** What has been written into {@code fields}, as the API reads it; empty values and what may not be written are left out. */
export function writtenValues(fields: FieldDef[], values: Record<string, FieldValue>) {
  const body: Record<string, unknown> = {}
  for (const field of fields) {
    const value = values[field.name]
    if (field.writable && !isEmpty(value)) body[field.name] = toWire(field.type, value)
  }
  return body
}

/** Whether {@code body} may lie on a device until there is a network: what the server keeps encrypted may not. */
export const mayWait = (fields: FieldDef[], body: Record<string, unknown>) =>
  fields.every(field => field.type !== 'encrypted' || body[field.name] == null)
