import { useQuery } from '@tanstack/react-query'
import { api } from './api'
import type { FieldDef, ObjectDef } from './types'

interface Meta {
  objects: Map<string, ObjectDef>
  functions: string[]
}

const load = async (): Promise<Meta> => {
  const { items, functions } = await api<{ items: ObjectDef[]; functions: string[] }>('GET', '/objects')
  return { objects: new Map(items.map(object => [object.name, object])), functions }
}

const query = { queryKey: ['meta'], queryFn: load, staleTime: Infinity }
const objectsOf = (meta: Meta) => meta.objects

/** All objects the user may see, by name. */
export const useObjects = () => useQuery({ ...query, select: objectsOf })

/** Whether one of the user's roles has this function, such as `customize`. */
export const useFunction = (name: string) =>
  useQuery({ ...query, select: meta => meta.functions.includes(name) }).data === true

const NONE: string[] = []
const functionsOf = (meta: Meta) => meta.functions

/** All functions of the user's roles. */
export const useFunctions = () => useQuery({ ...query, select: functionsOf }).data ?? NONE

export const useObject = (name: string) => useObjects().data?.get(name)

/** A field at the end of a path, with the part of it that is named: `account.address.city`. */
export interface ResolvedPath {
  path: string
  field: FieldDef
  part?: string
  via: FieldDef[]
  /** What a list is sorted by for this column: links by the names that they show; several values have no order. */
  sortPath: string | undefined
}

export function resolvePath(
  objects: Map<string, ObjectDef>,
  object: ObjectDef,
  path: string,
): ResolvedPath | undefined {
  const names = path.split('.')
  let at: ObjectDef | undefined = object
  const via: FieldDef[] = []
  for (let i = 0; i < names.length; i++) {
    const field: FieldDef | undefined = at?.fields.find(f => f.name === names[i])
    if (!field) return undefined
    if (i === names.length - 1) {
      const target = field.type === 'lookup' ? objects.get(field.target ?? '') : undefined
      const several = ['tags', 'multiChoice', 'lookups'].includes(field.type)
      return { path, field, via, sortPath: several ? undefined : target ? `${path}.${target.nameField}` : path }
    }
    if (field.type === 'lookup' && field.target) {
      via.push(field)
      at = objects.get(field.target)
    } else return { path, field, part: names[i + 1], via, sortPath: path }
  }
  return undefined
}
