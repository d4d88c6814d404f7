import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { ChoiceBoxes } from '../fields/choiceBoxes'
import { Editor } from '../fields/editor'
import { LookupPicker } from '../fields/lookup'
import { useWords } from '../platform/i18n'
import { resolvePath, useObjects } from '../platform/meta'
import type { TextKey } from '../platform/texts.en'
import type { FieldDef, FieldValue, Link, ObjectDef } from '../platform/types'
import { Button, box } from '../ui/kit'
import type { Condition, Group } from './filterTree'

const HIDDEN_OPS = ['lt', 'lte', 'gt', 'gte', 'eq', 'ne']
const MAX_DEPTH = 2

interface GroupProps {
  object: ObjectDef
  group: Group
  onChange: (group: Group) => void
  depth: number
}

export default function GroupEditor({ object, group, onChange, depth }: GroupProps) {
  const { t } = useWords()
  const put = (at: number, item: Condition | Group) =>
    onChange({ ...group, items: group.items.map((old, i) => (i === at ? item : old)) })
  const remove = (at: number) => onChange({ ...group, items: group.items.filter((_, i) => i !== at) })
  const add = (item: Condition | Group) => onChange({ ...group, items: [...group.items, item] })
  const first = object.fields.find(field => field.name === object.nameField) ?? object.fields[0]
  const condition: Condition = { kind: 'condition', field: first?.name ?? '', op: defaultOp(first), value: null }
  return (
    <div className={depth ? 'rounded-lg border border-line bg-surface-2 p-2' : ''}>
      <div className="mb-2 flex items-center gap-2 text-xs text-ink-3">
        <span>{t('where')}</span>
        <select
          aria-label={t('where')}
          value={group.join}
          onChange={e => onChange({ ...group, join: e.target.value as 'and' | 'or' })}
          className="h-7 rounded-md bg-sunken px-1.5 font-medium text-ink"
        >
          <option value="and">{t('allOf')}</option>
          <option value="or">{t('anyOf')}</option>
        </select>
      </div>
      <div className="flex flex-col gap-2">
        {group.items.map((item, i) => (
          <div key={i} className="flex items-start gap-2">
            <div className="min-w-0 flex-1">
              {item.kind === 'group' ? (
                <GroupEditor object={object} group={item} onChange={next => put(i, next)} depth={depth + 1} />
              ) : (
                <ConditionEditor object={object} condition={item} onChange={next => put(i, next)} />
              )}
            </div>
            <Button kind="ghost" aria-label={t('remove')} icon={<X size={14} />} onClick={() => remove(i)} />
          </div>
        ))}
      </div>
      <div className="mt-2 flex gap-1">
        <Button kind="ghost" size="sm" icon={<Plus size={13} />} onClick={() => add(condition)}>
          {t('addCondition')}
        </Button>
        {depth < MAX_DEPTH && (
          <Button
            kind="ghost"
            size="sm"
            icon={<Plus size={13} />}
            onClick={() => add({ kind: 'group', join: group.join === 'and' ? 'or' : 'and', items: [condition] })}
          >
            {t('addGroup')}
          </Button>
        )}
      </div>
    </div>
  )
}

function defaultOp(field: FieldDef | undefined) {
  if (!field) return 'eq'
  if (['text', 'longText', 'personName', 'address', 'richText'].includes(field.type)) return 'contains'
  if (field.type === 'choice' || field.type === 'lookup') return 'in'
  if (field.type === 'multiChoice' || field.type === 'tags') return 'contains'
  return field.operators[0] ?? 'eq'
}

/** Fields that can be filtered: the object's own, their parts, and those of the records it looks up. */
function paths(objects: Map<string, ObjectDef>, object: ObjectDef, label: (l: ObjectDef['labels']) => string) {
  const list: { path: string; text: string }[] = []
  for (const field of object.fields) {
    list.push({ path: field.name, text: label(field.labels) })
    const target = field.type === 'lookup' && field.target !== 'user' ? objects.get(field.target ?? '') : undefined
    for (const inner of target?.fields ?? [])
      if (inner.traits.includes('filterable') && inner.type !== 'lookup')
        list.push({ path: `${field.name}.${inner.name}`, text: `${label(field.labels)} › ${label(inner.labels)}` })
  }
  return list
}

interface ConditionProps {
  object: ObjectDef
  condition: Condition
  onChange: (condition: Condition) => void
}

function ConditionEditor({ object, condition, onChange }: ConditionProps) {
  const { t, label } = useWords()
  const objects = useObjects().data ?? new Map<string, ObjectDef>()
  const resolved = resolvePath(objects, object, condition.field)
  const field = resolved?.field
  const numeric = field && ['whole', 'decimal', 'percent', 'money', 'duration'].includes(field.type)
  const ops = (field?.operators ?? []).filter(op => numeric || !HIDDEN_OPS.includes(op) || op === 'eq' || op === 'ne')
  const pick = (path: string) => {
    const next = resolvePath(objects, object, path)?.field
    onChange({ kind: 'condition', field: path, op: defaultOp(next), value: null })
  }
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,0.7fr)_minmax(0,1.3fr)] gap-2 max-md:grid-cols-1">
      <select aria-label={t('field')} className={box} value={condition.field} onChange={e => pick(e.target.value)}>
        {paths(objects, object, label).map(option => (
          <option key={option.path} value={option.path}>
            {option.text}
          </option>
        ))}
      </select>
      <select
        aria-label={t('filter')}
        className={box}
        value={condition.op}
        onChange={e => onChange({ ...condition, op: e.target.value, value: null })}
      >
        {ops.map(op => (
          <option key={op} value={op}>
            {t(`op.${op}` as TextKey)}
          </option>
        ))}
      </select>
      {field && condition.op !== 'isEmpty' && (
        <ValueEditor field={field} condition={condition} onChange={value => onChange({ ...condition, value })} />
      )}
    </div>
  )
}

interface ValueProps {
  field: FieldDef
  condition: Condition
  onChange: (value: unknown) => void
}

function ValueEditor({ field, condition, onChange }: ValueProps) {
  const { t, label } = useWords()
  const many = condition.op === 'in' || condition.op === 'notIn'
  if (condition.op === 'between') return <BetweenEditor field={field} value={condition.value} onChange={onChange} />
  if (field.choices && many) return <ChoiceBoxes field={field} value={condition.value} onChange={onChange} />
  if (field.type === 'lookup')
    return <LinksEditor field={field} many={many} value={condition.value} onChange={onChange} />
  if (field.type === 'flag')
    return (
      <select
        aria-label={t('value')}
        className={box}
        value={condition.value === true ? 'true' : condition.value === false ? 'false' : ''}
        onChange={e => onChange(e.target.value === '' ? null : e.target.value === 'true')}
      >
        <option value="">{t('choose')}</option>
        <option value="true">{t('yes')}</option>
        <option value="false">{t('no')}</option>
      </select>
    )
  const plain = plainField(field, condition.op)
  const value = many && Array.isArray(condition.value) ? condition.value.join(', ') : condition.value
  const split = (text: FieldValue) =>
    typeof text === 'string'
      ? text
          .split(/[,，]\s*/)
          .filter(Boolean)
          .map(item => (field.type === 'whole' ? Number(item) : item))
      : text
  return (
    <Editor
      id={`value-${label(field.labels)}`}
      field={plain}
      value={value as FieldValue}
      onChange={next => onChange(many ? split(next) : next)}
    />
  )
}

/** The editor of a filter's value is plainer than that of a record's: names, amounts and addresses are typed as text. */
function plainField(field: FieldDef, op: string): FieldDef {
  const text = ['personName', 'address', 'longText', 'richText', 'email', 'phone', 'url', 'tags', 'autoNumber']
  if (text.includes(field.type) || op === 'contains' || op === 'startsWith' || op === 'in' || op === 'notIn')
    return { ...field, type: 'text', maxLength: 200 }
  if (field.type === 'money') return { ...field, type: 'decimal' }
  if (field.type === 'moment') return { ...field, type: 'date' }
  return field
}

function BetweenEditor({
  field,
  value,
  onChange,
}: {
  field: FieldDef
  value: unknown
  onChange: (v: unknown) => void
}) {
  const pair = Array.isArray(value) ? (value as FieldValue[]) : [null, null]
  const put = (at: number, next: FieldValue) => onChange(pair.map((old, i) => (i === at ? next : old)))
  return (
    <span className="flex gap-2">
      {[0, 1].map(i => (
        <Editor
          key={i}
          id={`between-${i}`}
          field={plainField(field, 'between')}
          value={pair[i]}
          onChange={next => put(i, next)}
        />
      ))}
    </span>
  )
}

interface LinksProps {
  field: FieldDef
  many: boolean
  value: unknown
  onChange: (value: unknown) => void
}

function LinksEditor({ field, many, value, onChange }: LinksProps) {
  const ids = Array.isArray(value) ? (value as string[]) : typeof value === 'string' ? [value] : []
  const [links, setLinks] = useState<Link[]>(ids.map(id => ({ id, name: id.slice(0, 8) })))
  const change = (next: FieldValue) => {
    const list = Array.isArray(next) ? (next as Link[]) : next ? [next as Link] : []
    setLinks(list)
    onChange(many ? list.map(link => link.id) : (list[0]?.id ?? null))
  }
  const plain = { ...field, type: many ? 'lookups' : 'lookup' }
  return (
    <LookupPicker
      id={`links-${field.name}`}
      field={plain}
      value={many ? links : (links[0] ?? null)}
      onChange={change}
    />
  )
}
