import { useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import { Plus, SearchX, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Link, useNavigate, useParams, useSearchParams } from 'react-router'
import { api } from '../../platform/api'
import { formatNumber } from '../../platform/format'
import { useObject, useObjects } from '../../platform/meta'
import type { FieldDef, ObjectDef, Page } from '../../platform/types'
import { ObjectIcon } from '../../ui/icon'
import { Button, Notice, Tag } from '../../ui/kit'
import { toast } from '../../ui/toast'
import { say, useChangeDefinition } from './definitions'
import { FieldForm } from './fieldForm'
import { LayoutEditor } from './layoutEditor'
import { MatchEditor } from './matchEditor'
import { ObjectSharing } from './objectSharing'
import { Card } from './parts'
import { RuleEditor } from './ruleEditor'
import { SettingsFrame } from './settings'
import { useSettingsWords } from './words'

const TABS = ['fields', 'layouts', 'rules', 'matching', 'sharing'] as const

/** One object as administrators see it: its fields, layouts, rules, and how its duplicates are found. */
export function ObjectPage() {
  const { object: name = '' } = useParams()
  const object = useObject(name)
  const [adding, setAdding] = useState(false)
  const { s } = useSettingsWords()
  const known = useObjects().isSuccess
  if (!object)
    return (
      <SettingsFrame>{known && <Notice icon={<SearchX size={18} />} text={s('noObject', { name })} />}</SettingsFrame>
    )
  return (
    <SettingsFrame
      action={
        <>
          {object.custom && <DeleteObject object={object} />}
          <Button kind="solid" icon={<Plus size={15} />} onClick={() => setAdding(true)}>
            {s('newField')}
          </Button>
        </>
      }
    >
      <Heading object={object} />
      <Tabs object={object} />
      {adding && <FieldForm object={object} onClose={() => setAdding(false)} />}
    </SettingsFrame>
  )
}

function Heading({ object }: { object: ObjectDef }) {
  const { s, label, lang } = useSettingsWords()
  const count = useQuery({
    queryKey: ['rows', object.name, 'count'],
    queryFn: () =>
      api<Page>('POST', `/records/${object.name}/query`, { body: { fields: ['id'], limit: 1, count: 'bounded' } }),
  }).data?.count
  const n = count ? formatNumber(count.exact ? count.value : count.estimate, lang) : '…'
  return (
    <div className="mb-4 flex items-center gap-3">
      <span className="grid size-10 place-items-center rounded-xl bg-accent-soft text-accent-ink">
        <ObjectIcon name={object.icon} size={19} />
      </span>
      <div className="min-w-0">
        <h2 className="truncate text-lg font-semibold">
          <Link to={`/o/${object.name}`} className="hover:underline">
            {label(object.plural)}
          </Link>
        </h2>
        <p className="truncate text-xs text-ink-3">
          {s(object.custom ? 'customObject' : 'standardObject')} · {s('records', { n })} · {s('apiName')}{' '}
          <code>{object.name}</code>
        </p>
      </div>
    </div>
  )
}

function Tabs({ object }: { object: ObjectDef }) {
  const { s } = useSettingsWords()
  const [params, setParams] = useSearchParams()
  const tabs = TABS.filter(known => (known !== 'matching' || object.matching) && (known !== 'sharing' || object.custom))
  const tab = tabs.find(known => known === params.get('tab')) ?? 'fields'
  return (
    <>
      <div role="tablist" className="mb-4 flex gap-1 border-b border-line">
        {tabs.map(known => (
          <button
            key={known}
            type="button"
            role="tab"
            aria-selected={known === tab}
            onClick={() => setParams({ tab: known }, { replace: true })}
            className={clsx(
              '-mb-px h-9 border-b-2 px-3 text-sm font-medium max-md:h-11',
              known === tab ? 'border-ink text-ink' : 'border-transparent text-ink-2 hover:text-ink',
            )}
          >
            {s(known)}
            {known === 'fields' && <span className="num ml-1 text-ink-3">{object.fields.length}</span>}
          </button>
        ))}
      </div>
      {tab === 'fields' && <Fields object={object} />}
      {tab === 'layouts' && <LayoutEditor key={object.name + JSON.stringify(object.layouts)} object={object} />}
      {tab === 'rules' && <RuleEditor object={object} />}
      {tab === 'sharing' && <ObjectSharing object={object} />}
      {tab === 'matching' && <MatchEditor key={JSON.stringify(object.matching)} object={object} />}
    </>
  )
}

function Fields({ object }: { object: ObjectDef }) {
  const { s, typeName } = useSettingsWords()
  const [editing, setEditing] = useState<FieldDef>()
  return (
    <Card>
      <div className="overflow-x-auto">
        <table className="w-full min-w-[640px] text-sm">
          <thead>
            <tr className="border-b border-line bg-surface-2 text-left text-xs text-ink-3">
              {[s('labelEn'), s('labelZh'), s('type'), s('apiName'), s('traits')].map(title => (
                <th key={title} scope="col" className="h-9 px-4 font-medium">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {object.fields.map(field => (
              <tr key={field.name} className="border-b border-line last:border-0 hover:bg-hover">
                <td className="h-10 px-4">
                  <button type="button" className="font-medium hover:underline" onClick={() => setEditing(field)}>
                    {field.labels.en}
                  </button>
                </td>
                <td className="px-4" lang="zh-CN">
                  {field.labels['zh-CN']}
                </td>
                <td className="px-4 text-ink-2">
                  {typeName(field.type)}
                  {(field.formula || field.rollUp) && <span className="ml-1 text-ink-3">ƒ</span>}
                </td>
                <td className="px-4">
                  <code className="text-xs text-ink-3">{field.name}</code>
                </td>
                <td className="px-4">
                  <span className="flex gap-1">
                    {field.traits.includes('required') && <Tag color="amber">{s('required')}</Tag>}
                    {(field.formula || field.rollUp) && <Tag color="sky">{s('computed')}</Tag>}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {editing && <FieldForm object={object} field={editing} onClose={() => setEditing(undefined)} />}
    </Card>
  )
}

function DeleteObject({ object }: { object: ObjectDef }) {
  const { s, label } = useSettingsWords()
  const change = useChangeDefinition()
  const navigate = useNavigate()
  const remove = async () => {
    try {
      await change('DELETE', `/objects/${object.name}`)
      navigate('/settings/objects')
      toast(s('deleted', { name: label(object.labels) }), {
        action: { label: s('undo'), onClick: () => change('POST', `/objects/${object.name}/restore`, {}) },
      })
    } catch (error) {
      say(error, s('failed'))
    }
  }
  return (
    <Button kind="ghost" icon={<Trash2 size={15} />} onClick={remove} aria-label={s('delete')}>
      <span className="max-md:hidden">{s('delete')}</span>
    </Button>
  )
}
