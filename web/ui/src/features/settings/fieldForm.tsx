import { Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useObjects } from '../../platform/meta'
import type { Choice, FieldDef, ObjectDef, RollUp } from '../../platform/types'
import { Drawer } from '../../ui/drawer'
import { Button, box, Checkbox } from '../../ui/kit'
import { toast } from '../../ui/toast'
import { ConvertType } from './convertType'
import { apiName, say, useChangeDefinition, violationsOf } from './definitions'
import { FormulaInput } from './formulaInput'
import { FlagRow, Row, SelectRow, TextRow } from './parts'
import { TYPES, useSettingsWords } from './words'

const COLORS = ['gray', 'sky', 'violet', 'indigo', 'amber', 'green', 'pink', 'red', 'teal']
const TEXTS = ['text', 'email', 'phone', 'url', 'longText', 'richText', 'personName']
const UNIQUE = ['text', 'email', 'phone', 'url', 'encrypted']

/** What the form gathers; the server has the last word on all of it. */
export interface Draft {
  name: string
  type: string
  en: string
  zh: string
  helpEn: string
  helpZh: string
  traits: Record<string, boolean>
  choices: Choice[]
  target: string
  prefix: string
  standard: string
  formula: string
  rollUp: RollUp
  dependsOn?: { field: string; allowed: Record<string, string[]> }
}

const draftOf = (field?: FieldDef): Draft => ({
  name: field?.name ?? '',
  type: field?.formula ? 'formula' : field?.rollUp ? 'rollUp' : (field?.type ?? 'text'),
  en: field?.labels.en ?? '',
  zh: field?.labels['zh-CN'] ?? '',
  helpEn: field?.help?.en ?? '',
  helpZh: field?.help?.['zh-CN'] ?? '',
  traits: Object.fromEntries((field?.traits ?? []).map(trait => [trait, true])),
  choices: field?.choices ?? [],
  target: field?.target ?? '',
  prefix: '',
  standard: field?.default ?? '',
  formula: field?.formula ?? '',
  rollUp: field?.rollUp ?? { function: 'count', child: '', via: '', field: null },
  dependsOn: field?.dependsOn,
})

/** The members of the API that belong to the draft's type. */
export function typeMembers(draft: Draft) {
  const { type } = draft
  if (type === 'formula') return { formula: draft.formula }
  if (type === 'rollUp') return { rollUp: draft.rollUp }
  return {
    type,
    ...((type === 'choice' || type === 'multiChoice') && { choices: draft.choices }),
    ...((type === 'lookup' || type === 'lookups') && { target: draft.target }),
    ...(type === 'autoNumber' && draft.prefix && { prefix: draft.prefix }),
  }
}

function bodyOf(draft: Draft, created: boolean) {
  const { type } = draft
  const computed = type === 'formula' || type === 'rollUp'
  const traits = Object.fromEntries(
    ['required', 'unique', 'searchable', 'filterable', 'sensitive'].map(trait => [trait, !!draft.traits[trait]]),
  )
  const help =
    draft.helpEn || draft.helpZh ? { help: { en: draft.helpEn, 'zh-CN': draft.helpZh } } : created ? {} : { help: null }
  return {
    ...(created && { name: draft.name || apiName(draft.en) }),
    labels: { en: draft.en, 'zh-CN': draft.zh },
    ...help,
    ...(created || computed || type === 'choice' || type === 'multiChoice' ? typeMembers(draft) : {}),
    ...traits,
    ...(draft.standard ? { default: draft.standard } : created ? {} : { default: null }),
    ...(type === 'choice' && (draft.dependsOn ? { dependsOn: draft.dependsOn } : created ? {} : { dependsOn: null })),
  }
}

interface Props {
  object: ObjectDef
  field?: FieldDef
  onClose: () => void
}

/** Makes or changes one field. Of a built-in field only what it is called, its help and whether it is required. */
export function FieldForm({ object, field, onClose }: Props) {
  const { s, label, typeName } = useSettingsWords()
  const change = useChangeDefinition()
  const [draft, setDraft] = useState(() => draftOf(field))
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [converting, setConverting] = useState(false)
  const builtIn = !!field && !field.name.endsWith('_c')
  const put = (part: Partial<Draft>) => setDraft(old => ({ ...old, ...part }))
  const path = `/objects/${object.name}/fields`
  const save = async () => {
    try {
      if (!field) await change('POST', path, bodyOf(draft, true))
      else if (builtIn)
        await change('PATCH', `${path}/${field.name}`, {
          labels: { en: draft.en, 'zh-CN': draft.zh },
          help: draft.helpEn || draft.helpZh ? { en: draft.helpEn, 'zh-CN': draft.helpZh } : null,
          ...(field.writable && { required: !!draft.traits.required }),
        })
      else await change('PATCH', `${path}/${field.name}`, bodyOf(draft, false))
      onClose()
      toast(s('saved'))
    } catch (error) {
      setErrors(violationsOf(error))
      say(error, s('failed'))
    }
  }
  const remove = async () => {
    if (!field) return
    try {
      await change('DELETE', `${path}/${field.name}`)
      onClose()
      toast(s('deleted', { name: label(field.labels) }), {
        action: { label: s('undo'), onClick: () => change('POST', `${path}/${field.name}/restore`, {}) },
      })
    } catch (error) {
      say(error, s('failed'))
    }
  }
  const typeOptions = [...TYPES, 'formula', 'rollUp'].map(
    code => [code, code === 'formula' || code === 'rollUp' ? s(code) : typeName(code)] as [string, string],
  )
  return (
    <Drawer
      title={field ? s('editField') : s('newField')}
      closeLabel={s('close')}
      onClose={onClose}
      footer={
        <>
          {field && !builtIn && (
            <Button kind="ghost" icon={<Trash2 size={15} />} onClick={remove}>
              {s('delete')}
            </Button>
          )}
          <Button kind="solid" className="ml-auto" onClick={save} disabled={!(draft.en || draft.zh)}>
            {field ? s('save') : s('add')}
          </Button>
          <Button onClick={onClose}>{s('cancel')}</Button>
        </>
      }
    >
      <div className="grid grid-cols-2 gap-3 p-5">
        <TextRow label={s('labelEn')} value={draft.en} onChange={en => put({ en })} error={errors.labels} autoFocus />
        <TextRow label={s('labelZh')} value={draft.zh} onChange={zh => put({ zh })} />
        <TextRow
          label={s('apiName')}
          value={field?.name ?? (draft.name || apiName(draft.en))}
          onChange={name => put({ name })}
          error={errors.name}
          disabled={!!field}
          mono
        />
        <SelectRow
          label={s('type')}
          value={draft.type}
          onChange={type => put({ type })}
          options={typeOptions}
          disabled={!!field}
          error={errors.type}
        />
        {!builtIn && <TypeParts object={object} draft={draft} put={put} errors={errors} fixed={!!field} />}
        <Traits draft={draft} put={put} builtIn={builtIn} errors={errors} writable={field?.writable ?? true} />
        <TextRow label={s('helpEn')} value={draft.helpEn} onChange={helpEn => put({ helpEn })} error={errors.help} />
        <TextRow label={s('helpZh')} value={draft.helpZh} onChange={helpZh => put({ helpZh })} />
        {field && !builtIn && !field.formula && !field.rollUp && (
          <div className="col-span-2 border-t border-line pt-3">
            {converting ? (
              <ConvertType object={object} field={field} onDone={onClose} />
            ) : (
              <Button onClick={() => setConverting(true)}>{s('convert')}</Button>
            )}
          </div>
        )}
      </div>
    </Drawer>
  )
}

interface PartProps {
  object: ObjectDef
  draft: Draft
  put: (part: Partial<Draft>) => void
  errors: Record<string, string>
  fixed?: boolean
}

/** What the chosen type needs beside its name. */
export function TypeParts({ object, draft, put, errors, fixed }: PartProps) {
  const { s, label } = useSettingsWords()
  const objects = [...(useObjects().data?.values() ?? [])]
  switch (draft.type) {
    case 'choice':
    case 'multiChoice':
      return (
        <>
          <Choices choices={draft.choices} onChange={choices => put({ choices })} error={errors.choices} />
          {draft.type === 'choice' && <Dependence object={object} draft={draft} put={put} errors={errors} />}
          <Standard draft={draft} put={put} errors={errors} />
        </>
      )
    case 'lookup':
    case 'lookups':
      return (
        <SelectRow
          wide
          label={s('target')}
          value={draft.target}
          disabled={fixed}
          onChange={target => put({ target })}
          error={errors.target}
          options={[['', '—'], ...objects.map(o => [o.name, label(o.plural)] as [string, string])]}
        />
      )
    case 'autoNumber':
      return fixed ? null : (
        <TextRow label={s('prefix')} value={draft.prefix} onChange={prefix => put({ prefix })} error={errors.prefix} />
      )
    case 'formula':
      return (
        <FormulaInput
          object={object.name}
          label={s('formula')}
          hint={s('formulaHint')}
          value={draft.formula}
          error={errors.formula}
          onChange={formula => put({ formula })}
        />
      )
    case 'rollUp':
      return <RollUpParts object={object} draft={draft} put={put} errors={errors} />
    case 'attachment':
    case 'address':
    case 'personName':
      return null
    default:
      return <Standard draft={draft} put={put} errors={errors} />
  }
}

const Standard = ({ draft, put, errors }: Omit<PartProps, 'object'>) => {
  const { s } = useSettingsWords()
  return (
    <TextRow
      wide
      label={s('default')}
      value={draft.standard}
      onChange={standard => put({ standard })}
      error={errors.default}
    />
  )
}

function Traits({
  draft,
  put,
  builtIn,
  errors,
  writable,
}: Omit<PartProps, 'object'> & { builtIn: boolean; writable: boolean }) {
  const { s } = useSettingsWords()
  const computed = draft.type === 'formula' || draft.type === 'rollUp' || draft.type === 'autoNumber'
  const shown = builtIn
    ? writable
      ? (['required'] as const)
      : []
    : ([
        ...(computed ? [] : (['required'] as const)),
        ...(UNIQUE.includes(draft.type) ? (['unique'] as const) : []),
        ...(TEXTS.includes(draft.type) ? (['searchable'] as const) : []),
        ...(['longText', 'richText', 'attachment'].includes(draft.type) ? [] : (['filterable'] as const)),
        ...(computed ? [] : (['sensitive'] as const)),
      ] as const)
  return shown.map(trait => (
    <FlagRow
      key={trait}
      label={s(trait)}
      value={!!draft.traits[trait]}
      error={errors[trait]}
      onChange={on => put({ traits: { ...draft.traits, [trait]: on } })}
    />
  ))
}

function Choices({
  choices,
  onChange,
  error,
}: {
  choices: Choice[]
  onChange: (choices: Choice[]) => void
  error?: string
}) {
  const { s } = useSettingsWords()
  const put = (index: number, part: Partial<Choice>) =>
    onChange(choices.map((choice, i) => (i === index ? { ...choice, ...part } : choice)))
  const add = () =>
    onChange([...choices, { code: '', labels: { en: '', 'zh-CN': '' }, color: COLORS[choices.length % 9] ?? 'gray' }])
  return (
    <Row label={s('choices')} error={error} wide>
      {() => (
        <div className="flex flex-col gap-1.5">
          {choices.map((choice, i) => (
            <div key={i} className="grid grid-cols-[1fr_1fr_1fr_84px_32px] gap-1.5">
              <input
                aria-label={`${s('labelEn')} ${i + 1}`}
                placeholder="English"
                className={box}
                value={choice.labels.en}
                onChange={e =>
                  put(i, {
                    labels: { ...choice.labels, en: e.target.value },
                    code:
                      choice.code && choice.code !== apiName(choice.labels.en).replace(/_c$/, '')
                        ? choice.code
                        : apiName(e.target.value).replace(/_c$/, ''),
                  })
                }
              />
              <input
                aria-label={`${s('labelZh')} ${i + 1}`}
                placeholder="中文"
                className={box}
                value={choice.labels['zh-CN']}
                onChange={e => put(i, { labels: { ...choice.labels, 'zh-CN': e.target.value } })}
              />
              <input
                aria-label={`${s('choiceCode')} ${i + 1}`}
                placeholder={s('choiceCode')}
                className={`${box} font-mono`}
                value={choice.code}
                onChange={e => put(i, { code: e.target.value })}
              />
              <select
                aria-label={`${s('colour')} ${i + 1}`}
                className={box}
                value={choice.color}
                style={{ background: `var(--${choice.color}-b)`, color: `var(--${choice.color}-f)` }}
                onChange={e => put(i, { color: e.target.value })}
              >
                {COLORS.map(color => (
                  <option key={color}>{color}</option>
                ))}
              </select>
              <Button
                kind="ghost"
                aria-label={s('removeNamed', { name: choice.labels.en || String(i + 1) })}
                icon={<Trash2 size={14} />}
                onClick={() => onChange(choices.filter((_, j) => j !== i))}
              />
            </div>
          ))}
          <Button size="sm" icon={<Plus size={13} />} className="self-start" onClick={add}>
            {s('addChoice')}
          </Button>
        </div>
      )}
    </Row>
  )
}

function Dependence({ object, draft, put, errors }: PartProps) {
  const { s, label } = useSettingsWords()
  const others = object.fields.filter(f => f.type === 'choice' && f.name !== draft.name)
  const dependsOn = draft.dependsOn
  const other = others.find(f => f.name === dependsOn?.field)
  if (!others.length) return null
  const toggle = (choice: string, code: string, on: boolean) => {
    if (!dependsOn) return
    const left = dependsOn.allowed[choice] ?? draft.choices.map(c => c.code)
    const next = on ? [...left, code] : left.filter(c => c !== code)
    put({ dependsOn: { ...dependsOn, allowed: { ...dependsOn.allowed, [choice]: next } } })
  }
  return (
    <>
      <SelectRow
        wide
        label={s('dependsOn')}
        value={dependsOn?.field ?? ''}
        onChange={field => put({ dependsOn: field ? { field, allowed: {} } : undefined })}
        error={errors.dependsOn}
        options={[['', s('nothing')], ...others.map(f => [f.name, label(f.labels)] as [string, string])]}
      />
      {other?.choices?.map(choice => (
        <fieldset key={choice.code} className="col-span-2 rounded-lg border border-line p-2">
          <legend className="px-1 text-xs text-ink-3">{s('allowedFor', { choice: label(choice.labels) })}</legend>
          <span className="flex flex-wrap gap-x-4 gap-y-1">
            {draft.choices.map(own => (
              <span key={own.code} className="flex items-center gap-1.5">
                <Checkbox
                  label={`${label(choice.labels)}: ${label(own.labels)}`}
                  checked={(dependsOn?.allowed[choice.code] ?? draft.choices.map(c => c.code)).includes(own.code)}
                  onChange={on => toggle(choice.code, own.code, on)}
                />
                {label(own.labels)}
              </span>
            ))}
          </span>
        </fieldset>
      ))}
    </>
  )
}

function RollUpParts({ object, draft, put, errors }: PartProps) {
  const { s, label } = useSettingsWords()
  const objects = [...(useObjects().data?.values() ?? [])]
  const rollUp = draft.rollUp
  const set = (part: Partial<RollUp>) => put({ rollUp: { ...rollUp, ...part } })
  const children = objects.filter(o => o.fields.some(f => f.type === 'lookup' && f.target === object.name))
  const child = objects.find(o => o.name === rollUp.child)
  const figures = ['whole', 'decimal', 'percent', 'money', 'duration']
  const times = ['date', 'moment']
  const measurable = (child?.fields ?? []).filter(
    f => figures.includes(f.type) || (['min', 'max'].includes(rollUp.function) && times.includes(f.type)),
  )
  const options = (fields: FieldDef[]) => [
    ['', '—'] as [string, string],
    ...fields.map(f => [f.name, label(f.labels)] as [string, string]),
  ]
  return (
    <>
      <SelectRow
        label={s('child')}
        value={rollUp.child}
        onChange={name => {
          const lookups = objects
            .find(o => o.name === name)
            ?.fields.filter(f => f.type === 'lookup' && f.target === object.name)
          set({ child: name, via: lookups?.[0]?.name ?? '', field: null })
        }}
        error={errors.child}
        options={[['', '—'], ...children.map(o => [o.name, label(o.plural)] as [string, string])]}
      />
      <SelectRow
        label={s('via')}
        value={rollUp.via}
        onChange={via => set({ via })}
        error={errors.via}
        options={options((child?.fields ?? []).filter(f => f.type === 'lookup' && f.target === object.name))}
      />
      <SelectRow
        label={s('function')}
        value={rollUp.function}
        onChange={name => set({ function: name as RollUp['function'], field: null })}
        options={(['count', 'sum', 'min', 'max', 'avg'] as const).map(code => [code, s(`function.${code}`)])}
      />
      {rollUp.function !== 'count' && (
        <SelectRow
          label={s('ofField')}
          value={rollUp.field ?? ''}
          onChange={name => set({ field: name || null })}
          error={errors.field}
          options={options(measurable)}
        />
      )}
    </>
  )
}
