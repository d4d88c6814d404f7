import { useSearchParams } from 'react-router'
import { useRemembered } from '../platform/remembered'
import type { Filter, ObjectDef } from '../platform/types'
import { readAnalysis } from './analysis/analysis'
import type { SavedView, ViewDefinition } from './views'

function parseFilter(text: string | null): Filter | undefined {
  if (!text) return undefined
  try {
    return JSON.parse(text) as Filter
  } catch {
    return undefined
  }
}

/** How records are laid out: a board is parted by a field, and by one parent of it such as a pipeline; a calendar goes by a date. */
export interface Layout {
  kind: 'table' | 'board' | 'calendar'
  by?: string
  parent?: string
}

function readLayout(text: string | null | undefined): Layout {
  if (!text) return { kind: 'table' }
  try {
    const read = JSON.parse(text) as Layout
    return read.kind === 'board' || read.kind === 'calendar' ? read : { kind: 'table' }
  } catch {
    return { kind: 'table' }
  }
}

/** Filters, sort, columns and view live in the address alone. */
export function useListState(object: ObjectDef, views: SavedView[]) {
  const [params, setParams] = useSearchParams()
  const view = views.find(v => v.id === params.get('view'))
  const saved: ViewDefinition = view?.definition ?? {}
  // without a view this browser remembers which columns somebody likes
  const [liked, like] = useRemembered<string[] | undefined>(`columns.${object.name}`, undefined)
  const state = {
    view,
    filter: params.has('filter') ? parseFilter(params.get('filter')) : saved.filter,
    sort: params.get('sort') ?? saved.sort ?? object.defaultSort,
    columns: params.get('columns')?.split(',') ?? saved.columns ?? (view ? undefined : liked) ?? object.layouts.list,
    q: params.get('q') ?? '',
    layout: readLayout(params.get('layout') ?? saved.layout),
    analysis: readAnalysis(params.has('chart') ? params.get('chart') : saved.chart, object),
  }
  const set = (changes: Record<string, string | undefined>) => {
    if (changes.columns !== undefined && !view) {
      const usual = changes.columns === object.layouts.list.join(',')
      like(usual ? undefined : changes.columns.split(','))
    }
    setParams(
      old => {
        const next = new URLSearchParams(old)
        for (const [key, value] of Object.entries(changes)) {
          if (value === undefined) next.delete(key)
          else next.set(key, value)
        }
        return next
      },
      { replace: true },
    )
  }
  const changed = ['filter', 'sort', 'columns', 'chart', 'layout'].some(key => params.has(key))
  return {
    ...state,
    set,
    changed,
    reset: { filter: undefined, sort: undefined, columns: undefined, chart: undefined, layout: undefined },
  }
}

/** What {@link useListState} keeps. */
export type ListState = ReturnType<typeof useListState>
