import { useQuery } from '@tanstack/react-query'
import { api } from '../../platform/api'
import { useWords } from '../../platform/i18n'
import { useObjects } from '../../platform/meta'
import type { FieldDef, FieldValue, Lang, Link, ObjectDef, Page, RecordItem } from '../../platform/types'
import type { Layout } from '../listState'

/** One column of a board: a value of the field that parts it. */
export interface BoardColumn {
  key: string
  label: string
  color: string
  /** What the field is set to when a card is moved here. */
  value: FieldValue
  /** After so many days without moving on a card is marked. */
  rotDays?: number
  guidance?: string
}

/** Fields that can part a board: lookups held within another one, such as stages, and choices. */
export const boardFields = (object: ObjectDef) =>
  object.fields.filter(f => (f.type === 'lookup' && f.within) || (f.type === 'choice' && (f.choices?.length ?? 0) > 1))

export const boardField = (object: ObjectDef, layout: Layout): FieldDef | undefined => {
  const fields = boardFields(object)
  return (
    fields.find(f => f.name === layout.by) ??
    fields.find(f => f.within) ??
    fields.find(f => f.name === 'status') ??
    fields[0]
  )
}

/** A record's name in the reader's language. */
export const localName = (object: ObjectDef, item: RecordItem, lang: Lang) => {
  const chinese = lang === 'zh-CN' && object.chineseNameField ? item[object.chineseNameField] : undefined
  return String(chinese || item[object.nameField] || '—')
}

const CLOSED_LAST = 500

/** The parents a board can be of, such as pipelines, and the columns of the one that is shown. */
export function useColumns(object: ObjectDef, field: FieldDef | undefined, layout: Layout) {
  const { lang, label } = useWords()
  const objects = useObjects().data
  const target = field?.within ? objects?.get(field.target ?? '') : undefined
  const within = field?.within ? object.fields.find(f => f.name === field.within) : undefined
  const parentObject = within ? objects?.get(within.target ?? '') : undefined
  const parents = useQuery({
    queryKey: ['rows', parentObject?.name, 'board'],
    enabled: !!parentObject,
    queryFn: () => api<Page>('POST', `/records/${parentObject?.name}/query`, { body: { limit: 100 } }),
    staleTime: 60_000,
  })
  const usable = (parents.data?.items ?? []).filter(item => item.active !== false)
  const parent = usable.find(item => item.id === layout.parent) ?? usable[0]
  const members = useQuery({
    queryKey: ['rows', target?.name, 'board', parent?.id],
    enabled: !!target && !!parent && !!field?.within,
    queryFn: () =>
      api<Page>('POST', `/records/${target?.name}/query`, {
        body: { filter: { field: field?.within, op: 'eq', value: parent?.id }, limit: CLOSED_LAST },
      }),
    staleTime: 60_000,
  })
  if (!field) return { columns: [], parents: [], parent: undefined, isPending: false }
  if (!field.within) {
    const columns: BoardColumn[] = (field.choices ?? []).map(choice => ({
      key: choice.code,
      label: label(choice.labels),
      color: choice.color,
      value: choice.code,
    }))
    return { columns, parents: [], parent: undefined, isPending: false }
  }
  const columns: BoardColumn[] = (members.data?.items ?? []).map(item => ({
    key: item.id,
    label: target ? localName(target, item, lang) : '—',
    color: typeof item.color === 'string' ? item.color : 'gray',
    value: { id: item.id, name: target ? localName(target, item, lang) : '' } satisfies Link,
    rotDays: typeof item.rotDays === 'number' ? item.rotDays : undefined,
    guidance: String((lang === 'zh-CN' && item.guidanceZh) || item.guidance || '') || undefined,
  }))
  return {
    columns,
    parents: usable.map(item => ({ id: item.id, name: parentObject ? localName(parentObject, item, lang) : '' })),
    parent: parent && { id: parent.id, name: parentObject ? localName(parentObject, parent, lang) : '' },
    isPending: members.isPending || parents.isPending,
  }
}
