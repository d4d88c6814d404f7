import { createContext } from 'react'
import type { FieldValue } from '../platform/types'

/** The values of the record or form that an editor stands in: what may be chosen can depend on them. */
export const RecordContext = createContext<Record<string, FieldValue>>({})
