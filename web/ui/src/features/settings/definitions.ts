import { useQuery, useQueryClient } from '@tanstack/react-query'
import { api, ProblemError } from '../../platform/api'
import type { FieldDef, Labels } from '../../platform/types'
import { toast } from '../../ui/toast'

export interface Rule {
  name: string
  when: string
  field?: string | null
  message: Labels
}

export interface Section {
  labels: Labels
  fields: string[]
}

/** Whom the records of a custom object belong to: their owner, linked records, or everybody. */
export interface ObjectSharing {
  mode: 'owned' | 'controlled' | 'common'
  parents?: string[]
}

/** What administrators made of one object, as the server keeps it. */
export interface Definition {
  name: string
  object?: { labels: Labels; plural: Labels; icon?: string; sharing?: ObjectSharing }
  fields?: (FieldDef & Record<string, unknown> & { deletedAt?: string })[]
  layouts?: { list?: string[]; form?: Section[] }
  rules?: Rule[]
  deletedAt?: string
}

export const useDefinitions = () =>
  useQuery({
    queryKey: ['customizations'],
    queryFn: () => api<{ items: Definition[] }>('GET', '/customizations'),
  })

/** Carries out a change of what exists, after which everything that shows it reads it again. */
export function useChangeDefinition() {
  const client = useQueryClient()
  return async (method: string, path: string, body?: unknown) => {
    const answer = await api<unknown>(method, path, { body })
    await Promise.all([
      client.invalidateQueries({ queryKey: ['meta'] }),
      client.invalidateQueries({ queryKey: ['customizations'] }),
    ])
    return answer
  }
}

export const say = (error: unknown, otherwise: string) => {
  toast.error(error instanceof ProblemError ? error.message : otherwise)
}

/** A name for the API from an English label: Warranty end → warrantyEnd_c. */
export function apiName(label: string) {
  const words = label
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9 ]+/g, '')
    .trim()
    .split(/ +/)
    .filter(Boolean)
  const camel = words
    .map((word, i) => (i === 0 ? word.toLowerCase() : word[0]?.toUpperCase() + word.slice(1).toLowerCase()))
    .join('')
    .replace(/^[0-9]+/, '')
  return camel ? `${camel.slice(0, 28)}_c` : ''
}

/** Violations by the last part of the member they name, so that a form finds its own. */
export function violationsOf(error: unknown) {
  const found: Record<string, string> = {}
  if (error instanceof ProblemError)
    for (const v of error.problem.violations ?? []) {
      const parts = v.field.split('.')
      found[parts.at(-1) ?? ''] = v.message
      for (const part of parts) found[part] ??= v.message
    }
  return found
}
