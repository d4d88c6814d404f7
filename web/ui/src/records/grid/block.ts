import { useQueryClient } from '@tanstack/react-query'
import { toText } from '../../fields/value'
import { api, messagesByField, type Violation } from '../../platform/api'
import { useWords } from '../../platform/i18n'
import { rememberBlock } from '../../platform/ownWrites'
import type { FieldDef, FieldValue, Link, MoneyValue, Page, RecordItem } from '../../platform/types'
import { toast } from '../../ui/toast'
import { writeToCache } from '../changes'
import { useRecordWords } from '../words'

/** A rectangle of cells, both ends included. */
export interface Block {
  top: number
  bottom: number
  left: number
  right: number
}

export const blockOf = (a: { row: number; column: number }, b: { row: number; column: number }): Block => ({
  top: Math.min(a.row, b.row),
  bottom: Math.max(a.row, b.row),
  left: Math.min(a.column, b.column),
  right: Math.max(a.column, b.column),
})

/** What the server would not take, by record and field. */
export type Refused = ReadonlyMap<string, Readonly<Record<string, string>>>

/** A value as a spreadsheet takes it, and as the server reads it when it is pasted again. */
export function copied(field: FieldDef, value: FieldValue): string {
  if (value === null || value === undefined) return ''
  switch (field.type) {
    case 'money': {
      const { amount, currency } = value as MoneyValue
      return `${amount} ${currency}`
    }
    case 'whole':
    case 'decimal':
    case 'percent':
    case 'date':
    case 'moment':
    case 'duration':
    case 'phone':
      return String(value)
    case 'lookups':
      return (value as Link[]).map(link => link.name ?? '').join(', ')
    default:
      return toText(field, value, 'en')
  }
}

export interface CellChange {
  item: RecordItem
  field: FieldDef
  /** As people write it; empty clears. */
  text: string
}

interface Answer {
  batch: string
  update?: { status: number; id?: string; violations?: Violation[]; code?: string }[]
}

/** Writes many cells in one undoable change; tells which ones were refused, and why. */
export function useWriteCells(object: string) {
  const client = useQueryClient()
  const { t } = useWords()
  const { w } = useRecordWords()
  const refresh = () => client.invalidateQueries({ queryKey: ['rows', object] })

  /** Reads what was written, in its place: a list that is sorted by it must not move while somebody writes. */
  const show = async (written: { item: RecordItem }[]) => {
    for (let from = 0; from < written.length; from += 500) {
      const part = written.slice(from, from + 500)
      const fields = Object.keys(part[0]?.item ?? {}).filter(name => name !== 'id' && name !== 'version')
      const filter = { field: 'id', op: 'in', value: part.map(({ item }) => item.id) }
      const page = await api<Page>('POST', `/records/${object}/query`, { body: { fields, filter, limit: 500 } })
      for (const item of page.items) writeToCache(client, object, item.id, item)
    }
  }

  return async (changes: CellChange[]): Promise<Refused> => {
    const byRecord = new Map<string, { item: RecordItem; values: Record<string, string> }>()
    for (const { item, field, text } of changes) {
      const one = byRecord.get(item.id) ?? { item, values: {} }
      one.values[field.name] = text
      byRecord.set(item.id, one)
    }
    const records = [...byRecord.values()]
    const refused = new Map<string, Record<string, string>>()
    rememberBlock(object)
    try {
      const answer = await api<Answer>('POST', `/records/${object}/bulk`, {
        body: {
          written: true,
          update: records.map(({ item, values }) => ({ id: item.id, version: item.version, ...values })),
        },
      })
      let written = 0
      for (const [i, { item, values }] of records.entries()) {
        const result = answer.update?.[i]
        if (!result || result.status < 400) {
          written++
          continue
        }
        const reasons = messagesByField(result.violations)
        const other = Object.keys(reasons).find(name => !(name in values))
        for (const name of Object.keys(values))
          reasons[name] ??=
            other !== undefined ? String(reasons[other]) : w(result.code === 'stale' ? 'changedMeanwhile' : 'notTaken')
        refused.set(item.id, reasons)
      }
      await show(records.filter(({ item }) => !refused.has(item.id)))
      const undo = async () => {
        await api('POST', `/batches/${answer.batch}/undo`)
        setTimeout(refresh, 800)
      }
      if (written) toast(w('changedRecords', { n: written }), { action: { label: t('undo'), onClick: undo } })
      if (refused.size) toast.error(w('refusedRecords', { n: refused.size }))
    } catch (error) {
      toast.error(error instanceof Error ? error.message : t('offline'))
      await refresh()
    }
    return refused
  }
}
