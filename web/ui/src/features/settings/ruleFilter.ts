import type { Filter } from '../../platform/types'

/** The filter that a rule keeps as text; none if it holds none. */
export function parsedFilter(text: string | null | undefined): Filter | undefined {
  try {
    return text ? (JSON.parse(text) as Filter) : undefined
  } catch {
    return undefined
  }
}
