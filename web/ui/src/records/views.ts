import { useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../platform/api'
import type { Filter, Link, Page, RecordItem } from '../platform/types'

/** What a saved view remembers. */
export interface ViewDefinition {
  filter?: Filter
  sort?: string
  columns?: string[]
  /** How the list is analysed, as the address writes it. */
  chart?: string
  /** Table or board, and by which field and parent the board is parted. */
  layout?: string
}

export interface SavedView {
  id: string
  version: number
  name: string
  definition: ViewDefinition
  audience: Audience
  /** Whether it is the user's own, who alone changes it. */
  mine: boolean
}

/** Who sees a saved view. */
export type Audience = 'private' | 'team' | 'all'

function read(item: RecordItem, userId: string): SavedView {
  let definition: ViewDefinition = {}
  try {
    definition = JSON.parse(String(item.definition)) as ViewDefinition
  } catch {
    definition = {}
  }
  return {
    id: item.id,
    version: item.version,
    name: String(item.name),
    definition,
    audience: (item.audience as Audience | null) ?? 'private',
    mine: (item.owner as Link | null)?.id === userId,
  }
}

/** The views saved for an object that the user sees: their own, and those for their team or everybody. */
export function useViews(object: string, userId: string) {
  return useQuery({
    queryKey: ['views', object],
    queryFn: async () => {
      const filter = { field: 'object', op: 'eq', value: object }
      const page = await api<Page>('POST', '/records/listView/query', {
        body: { filter, sort: 'createdAt', limit: 100 },
      })
      return page.items.map(item => read(item, userId))
    },
    staleTime: 60_000,
  })
}

export function useSaveView(object: string) {
  const client = useQueryClient()
  const refresh = () => client.invalidateQueries({ queryKey: ['views'] })
  return {
    create: async (name: string, audience: Audience, definition: ViewDefinition) => {
      const body = { name, object, audience, definition: JSON.stringify(definition) }
      const created = await api<RecordItem>('POST', '/records/listView', { body })
      await refresh()
      return created.id
    },
    update: async (view: SavedView, definition: ViewDefinition) => {
      const body = { definition: JSON.stringify(definition) }
      await api('PATCH', `/records/listView/${view.id}`, { version: view.version, body })
      await refresh()
    },
    rename: async (view: SavedView, name: string, audience: Audience) => {
      await api('PATCH', `/records/listView/${view.id}`, { version: view.version, body: { name, audience } })
      await refresh()
    },
    remove: async (view: SavedView) => {
      await api('DELETE', `/records/listView/${view.id}`, { version: view.version })
      await refresh()
    },
  }
}
