import { createContext } from 'react'
import type { Link } from '../platform/types'

/** What a field that links to a record asks for when the record is not there yet. */
export interface Wanted {
  /** The kind of record. */
  target: string
  /** What was typed, which may be its name. */
  text: string
  onMade: (link: Link) => void
}

/** Makes a record in place, over the form that needs it; nothing where that is not possible. */
export const RelatedContext = createContext<((wanted: Wanted) => void) | undefined>(undefined)
