import { api } from '../platform/api'
import type { useWords } from '../platform/i18n'
import type { ObjectDef } from '../platform/types'
import { toast } from '../ui/toast'

interface Export {
  object: ObjectDef
  fields: string[]
  sort: string
  where: { filter?: unknown; q?: string }
  format: 'csv' | 'xlsx'
  t: ReturnType<typeof useWords>['t']
}

/** Downloads records as a file. */
export async function exportRecords({ object, fields, sort, where, format, t }: Export) {
  try {
    const made = await api<{ file: string }>('POST', '/exports', {
      body: { object: object.name, format, fields, sort, ...where },
    })
    location.assign(made.file)
  } catch (error) {
    toast.error(error instanceof Error ? error.message : t('offline'))
  }
}
