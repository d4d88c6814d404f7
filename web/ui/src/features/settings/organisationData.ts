import { useQuery } from '@tanstack/react-query'
import { api } from '../../platform/api'
import type { Labels, Link, Page } from '../../platform/types'

export interface Role {
  name: string
  labels: Labels
  note: string
  secondFactor: boolean
  version: number
  members: number
  fixed: boolean
  grants: Grants
}

export interface Grants {
  objects?: Record<string, string[]>
  scopes?: Record<string, Partial<Record<'read' | 'update' | 'delete', string[]>>>
  fields?: Record<string, string>
  functions?: string[]
}

export interface RoleBook {
  items: Role[]
  operations: string[]
  branches: string[]
  functions: string[]
  objects: { name: string; labels: Labels; sharing: string; governedBy: string | null; parents: string[] }[]
}

/** All roles, and the words they are made of. */
export const useRoles = () => useQuery({ queryKey: ['roles'], queryFn: () => api<RoleBook>('GET', '/roles') })

export interface Unit {
  id: string
  version: number
  name: string
  parent: Link | null
  manager: Link | null
}

const units = (object: string) => async () =>
  (
    await api<Page>('POST', `/records/${object}/query`, {
      body: { fields: ['name', 'parent', 'manager'], sort: 'name', limit: 500 },
    })
  ).items as unknown as Unit[]

export const useDepartments = () => useQuery({ queryKey: ['rows', 'department', 'tree'], queryFn: units('department') })

export const useTeams = () => useQuery({ queryKey: ['rows', 'team', 'tree'], queryFn: units('team') })

export interface Person {
  id: string
  name: string
  username: string
  email: string | null
  active: boolean
  team: Link | null
  department: Link | null
}

export const usePeople = () =>
  useQuery({
    queryKey: ['rows', 'user', 'people'],
    queryFn: async () =>
      (await api<Page>('POST', '/records/user/query', { body: { sort: 'name', limit: 500 } }))
        .items as unknown as Person[],
  })
