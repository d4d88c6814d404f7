import type { ReactNode } from 'react'
import type { Replies } from './world'

/** A component in one of its states. */
export interface Story {
  show: () => ReactNode
  /** What the server answers meanwhile. */
  server?: Replies
  /** How wide the place is that the component stands in, in pixels; as wide as the window without it. */
  width?: number
  /** As high as the window, for what fills pages. */
  tall?: boolean
}

/** The states of one component, by their names. */
export type Stories = Record<string, Story>
