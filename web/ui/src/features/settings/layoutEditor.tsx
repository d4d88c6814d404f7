import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react'
import { useState } from 'react'
import { useWords } from '../../platform/i18n'
import { resolvePath, useObjects } from '../../platform/meta'
import type { TextKey } from '../../platform/texts.en'
import type { ObjectDef } from '../../platform/types'
import { Button, box, Menu, MenuItem } from '../../ui/kit'
import { toast } from '../../ui/toast'
import { type Section, say, useChangeDefinition } from './definitions'
import { Card } from './parts'
import { useSettingsWords } from './words'

const moved = <T,>(list: T[], from: number, by: number) => {
  const next = [...list]
  const [item] = next.splice(from, 1)
  if (item !== undefined) next.splice(from + by, 0, item)
  return next
}

/** Which columns a list shows at first, and how the form is divided. */
export function LayoutEditor({ object }: { object: ObjectDef }) {
  const { s } = useSettingsWords()
  const nameOf = useFieldName(object)
  const change = useChangeDefinition()
  const [list, setList] = useState(object.layouts.list)
  const [form, setForm] = useState<Section[]>(object.layouts.form)
  const [related, setRelated] = useState(object.layouts.related)
  const relatedName = useRelatedName()
  const [dirty, setDirty] = useState(false)
  const save = async (layouts: { list: string[]; form: Section[]; related: string[] } | null) => {
    try {
      await change('PATCH', `/objects/${object.name}`, { layouts })
      setDirty(false)
      toast(s('saved'))
    } catch (error) {
      say(error, s('failed'))
    }
  }
  const touch =
    <T,>(set: (value: T) => void) =>
    (value: T) => {
      set(value)
      setDirty(true)
    }
  const placed = new Set(form.flatMap(section => section.fields))
  const free = object.fields.filter(f => f.writable && !placed.has(f.name)).map(f => f.name)
  const setSection = (index: number, part: Partial<Section>) =>
    touch(setForm)(form.map((section, i) => (i === index ? { ...section, ...part } : section)))
  return (
    <>
      <div className="grid gap-4 lg:grid-cols-2">
        <div>
          <Card title={s('listColumns')}>
            <Names nameOf={nameOf} names={list} onChange={touch(setList)} />
            <AddName
              nameOf={nameOf}
              names={object.fields.map(f => f.name).filter(name => !list.includes(name))}
              label={s('addColumn')}
              onAdd={name => touch(setList)([...list, name])}
            />
          </Card>
          {related.length > 1 && (
            <Card title={s('relatedLists')}>
              <Names nameOf={relatedName} names={related} fixed onChange={touch(setRelated)} />
            </Card>
          )}
        </div>
        <div>
          {form.map((section, i) => (
            <Card key={i}>
              <div className="flex gap-2 border-b border-line p-3">
                <input
                  aria-label={s('labelEn')}
                  className={box}
                  value={section.labels.en}
                  onChange={e => setSection(i, { labels: { ...section.labels, en: e.target.value } })}
                />
                <input
                  aria-label={s('labelZh')}
                  className={box}
                  value={section.labels['zh-CN']}
                  onChange={e => setSection(i, { labels: { ...section.labels, 'zh-CN': e.target.value } })}
                />
                <Moves
                  name={section.labels.en}
                  first={i === 0}
                  last={i === form.length - 1}
                  onMove={by => touch(setForm)(moved(form, i, by))}
                  onRemove={() => touch(setForm)(form.filter((_, j) => j !== i))}
                />
              </div>
              <Names nameOf={nameOf} names={section.fields} onChange={fields => setSection(i, { fields })} />
              <AddName
                nameOf={nameOf}
                names={free}
                label={s('addFieldTo')}
                onAdd={name => setSection(i, { fields: [...section.fields, name] })}
              />
            </Card>
          ))}
          <Button
            icon={<Plus size={14} />}
            onClick={() => touch(setForm)([...form, { labels: { en: 'Section', 'zh-CN': '分组' }, fields: [] }])}
          >
            {s('addSection')}
          </Button>
        </div>
      </div>
      <div className="sticky bottom-0 mt-2 flex gap-2 py-2">
        <Button kind="solid" disabled={!dirty} onClick={() => save({ list, form, related })}>
          {s('save')}
        </Button>
        <Button onClick={() => save(null)}>{s('resetLayout')}</Button>
      </div>
    </>
  )
}

function useFieldName(object: ObjectDef) {
  const { t, label } = useWords()
  const objects = useObjects().data
  return (path: string) => {
    const found = objects && resolvePath(objects, object, path)
    return found ? label(found.field.labels) + (found.part ? ` · ${t(`part.${found.part}` as TextKey)}` : '') : path
  }
}

/** Lists of other records on a record's page: Orders · Account. */
function useRelatedName() {
  const { label } = useSettingsWords()
  const objects = useObjects().data
  return (path: string) => {
    const [child = '', via] = path.split('.')
    const found = objects?.get(child)
    const field = found?.fields.find(f => f.name === via)
    return found && field ? `${label(found.plural)} · ${label(field.labels)}` : path
  }
}

interface NamesProps {
  nameOf: (name: string) => string
  names: string[]
  /** What is there can be put in another order, but not taken away. */
  fixed?: boolean
  onChange: (names: string[]) => void
}

function Names({ nameOf, names, fixed, onChange }: NamesProps) {
  return (
    <ul>
      {names.map((name, i) => (
        <li key={name} className="flex min-h-9 items-center gap-2 border-b border-line px-4 last:border-0">
          <span className="min-w-0 flex-1 truncate">{nameOf(name)}</span>
          <Moves
            name={nameOf(name)}
            first={i === 0}
            last={i === names.length - 1}
            onMove={by => onChange(moved(names, i, by))}
            onRemove={fixed ? undefined : () => onChange(names.filter(other => other !== name))}
          />
        </li>
      ))}
    </ul>
  )
}

interface MovesProps {
  name: string
  first: boolean
  last: boolean
  onMove: (by: number) => void
  onRemove?: () => void
}

function Moves({ name, first, last, onMove, onRemove }: MovesProps) {
  const { s } = useSettingsWords()
  return (
    <span className="flex flex-none">
      <Button
        kind="ghost"
        size="sm"
        disabled={first}
        aria-label={s('up', { name })}
        icon={<ArrowUp size={13} />}
        onClick={() => onMove(-1)}
      />
      <Button
        kind="ghost"
        size="sm"
        disabled={last}
        aria-label={s('down', { name })}
        icon={<ArrowDown size={13} />}
        onClick={() => onMove(1)}
      />
      {onRemove && (
        <Button
          kind="ghost"
          size="sm"
          aria-label={s('removeNamed', { name })}
          icon={<X size={13} />}
          onClick={onRemove}
        />
      )}
    </span>
  )
}

function AddName({
  nameOf,
  names,
  label,
  onAdd,
}: {
  nameOf: (name: string) => string
  names: string[]
  label: string
  onAdd: (name: string) => void
}) {
  if (!names.length) return null
  return (
    <div className="p-2">
      <Menu
        trigger={
          <Button kind="ghost" size="sm" icon={<Plus size={13} />}>
            {label}
          </Button>
        }
      >
        {names.map(name => (
          <MenuItem key={name} onSelect={() => onAdd(name)}>
            {nameOf(name)}
          </MenuItem>
        ))}
      </Menu>
    </div>
  )
}
