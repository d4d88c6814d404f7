import { ProblemError } from '../../platform/api'
import type { Job } from '../../platform/types'

export interface Counts {
  read?: number
  created?: number
  updated?: number
  skipped?: number
  failed?: number
}

export interface RowError {
  row: number
  cells: string[]
  reasons: { field: string; label: string; message: string }[]
}

/** A row that would be created although it looks like a record which is there. */
export interface LookAlike {
  row: number
  cells: string[]
  id: string
  name: string | null
  probability: number
}

export interface Import {
  id: string
  object: string
  fileName: string
  state: string
  format: { kind: string; encoding: string; delimiter: string; header: boolean; sheet: string }
  columns: string[]
  sheets: string[]
  sample: string[][]
  mapping: Record<string, string | string[] | null>
  matchOn: string[]
  onMatch: string
  onMissingLookup: string
  currency: string
  counts: Counts
  preview: (Counts & { errors: RowError[]; alike?: number; lookAlikes?: LookAlike[] }) | null
  job: Job | null
  createdAt: string
}

/** What went wrong, in the user's words. */
export const messageOf = (error: unknown, offline: string) =>
  error instanceof ProblemError
    ? error.problem.violations?.map(v => `${v.field}: ${v.message}`).join('\n') || error.problem.detail
    : offline
