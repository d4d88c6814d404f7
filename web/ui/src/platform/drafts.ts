import type { FieldDef, FieldValue } from './types'

const PREFIX = 'rapport.draft.'
const KEPT_DAYS = 14

/** A form that somebody has begun. */
export interface Draft {
  at: number
  values: Record<string, FieldValue>
}

/** What of a form may lie in the browser: no secrets, no files. */
const isKept = (field: FieldDef) =>
  !['encrypted', 'attachment'].includes(field.type) && !field.traits.includes('sensitive')

export function readDraft(key: string): Draft | undefined {
  try {
    const draft = JSON.parse(localStorage.getItem(PREFIX + key) ?? 'null') as Draft | null
    if (!draft || Date.now() - draft.at > KEPT_DAYS * 86_400_000) return undefined
    return draft
  } catch {
    return undefined
  }
}

export function writeDraft(key: string, fields: FieldDef[], values: Record<string, FieldValue>) {
  const kept = Object.fromEntries(fields.filter(isKept).map(field => [field.name, values[field.name]]))
  try {
    localStorage.setItem(PREFIX + key, JSON.stringify({ at: Date.now(), values: kept } satisfies Draft))
  } catch {
    // a full store costs the draft, not the form
  }
}

export const forgetDraft = (key: string) => localStorage.removeItem(PREFIX + key)

/** Whoever signs out leaves no half-written records behind. */
export function forgetDrafts() {
  for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key)
}
