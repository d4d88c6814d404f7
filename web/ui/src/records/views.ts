import { useQuery, useQueryClient } from '@tanstack/react-query'
import { api } from '../platform/api'
import type { Filter, Page, RecordItem } from '../platform/types'

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
}

function read(item: RecordItem): SavedView {
  let definition: ViewDefinition = {}
  try {
    definition = JSON.parse(String(item.definition)) as ViewDefinition
  } catch {
    definition = {}
  }
  return { id: item.id, version: item.version, name: String(item.name), definition }
}

/** The views saved for an object that are mine or everybody's. */
export function useViews(object: string, userId: string) {
  return useQuery({
    queryKey: ['views', object],
    queryFn: async () => {
      const filter = {
        and: [
          { field: 'object', op: 'eq', value: object },
          {
            or: [
              { field: 'owner', op: 'eq', value: userId },
              { field: 'audience', op: 'eq', value: 'all' },
            ],
          },
        ],
      }
      const page = await api<Page>('POST', '/records/listView/query', {
        body: { filter, sort: 'createdAt', limit: 100 },
      })
      return page.items.map(read)
    },
    staleTime: 60_000,
  })
}

export function useSaveView(object: string) {
  const client = useQueryClient()
  const refresh = () => client.invalidateQueries({ queryKey: ['views', object] })
  return {
    create: async (name: string, definition: ViewDefinition) => {
      const body = { name, object, definition: JSON.stringify(definition) }
      const created = await api<RecordItem>('POST', '/records/listView', { body })
      await refresh()
      return created.id
    },
    update: async (view: SavedView, definition: ViewDefinition) => {
      const body = { definition: JSON.stringify(definition) }
      await api('PATCH', `/records/listView/${view.id}`, { version: view.version, body })
      await refresh()
    },
    remove: async (view: SavedView) => {
      await api('DELETE', `/records/listView/${view.id}`, { version: view.version })
      await refresh()
    },
  }
}
