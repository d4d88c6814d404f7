import type { FieldDef } from '../platform/types'

/** Types whose value says nothing without the field's name beside it. */
const NEED_THEIR_NAME = ['moment', 'choice', 'whole', 'decimal', 'percent', 'flag']

/** Whether a field's value stands for itself in a line of facts under a record's name. */
export const standsAlone = (field: FieldDef) => !NEED_THEIR_NAME.includes(field.type)
