import { useSyncExternalStore } from 'react'
import type { FieldDef, FieldValue, RecordItem } from '../platform/types'

/** Two people changed one field of one record at the same time. */
export interface Conflict {
  object: string
  field: FieldDef
  before: FieldValue
  mine: FieldValue
  /** The record as it is now. */
  theirs: RecordItem
  /** Writes my value over theirs. */
  overwrite: () => void
}

let current: Conflict | undefined
const listeners = new Set<() => void>()

export function showConflict(conflict: Conflict | undefined) {
  current = conflict
  for (const changed of listeners) changed()
}

export const useConflict = () =>
  useSyncExternalStore(
    changed => {
      listeners.add(changed)
      return () => {
        listeners.delete(changed)
      }
    },
    () => current,
  )
