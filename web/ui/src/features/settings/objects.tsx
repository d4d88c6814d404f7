import { useQuery } from '@tanstack/react-query'
import { ChevronRight, Plus, RotateCcw } from 'lucide-react'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { api } from '../../platform/api'
import { formatRelative } from '../../platform/format'
import { useObjects } from '../../platform/meta'
import type { Job } from '../../platform/types'
import { Drawer } from '../../ui/drawer'
import { ICON_NAMES, ObjectIcon } from '../../ui/icon'
import { Button, Tag } from '../../ui/kit'
import { toast } from '../../ui/toast'
import { apiName, say, useChangeDefinition, useDefinitions, violationsOf } from './definitions'
import { Card, Row, TextRow } from './parts'
import { SettingsFrame } from './settings'
import { useSettingsWords } from './words'

/** All objects, those of the product and the company's own, and what lies in the recycle bin. */
export function ObjectsPage() {
  const { s, label } = useSettingsWords()
  const objects = [...(useObjects().data?.values() ?? [])]
  const [creating, setCreating] = useState(false)
  return (
    <SettingsFrame
      action={
        <>
          <ConsistencyCheck />
          <Button kind="solid" icon={<Plus size={15} />} onClick={() => setCreating(true)}>
            {s('newObject')}
          </Button>
        </>
      }
    >
      <Card title={s('objectsAndFields')}>
        <ul>
          {objects.map(object => (
            <li key={object.name} className="border-b border-line last:border-0">
              <Link
                to={`/settings/objects/${object.name}`}
                className="flex min-h-11 items-center gap-3 px-4 hover:bg-hover"
              >
                <span className="grid size-7 place-items-center rounded-md bg-accent-soft text-accent-ink">
                  <ObjectIcon name={object.icon} />
                </span>
                <span className="min-w-0 flex-1 truncate font-medium">{label(object.plural)}</span>
                <code className="text-xs text-ink-3 max-md:hidden">{object.name}</code>
                {object.custom && <Tag color="violet">{s('customObject')}</Tag>}
                <span className="num w-20 text-right text-xs text-ink-3 max-md:hidden">
                  {object.fields.length} {s('fields')}
                </span>
                <ChevronRight size={15} className="text-ink-4" aria-hidden />
              </Link>
            </li>
          ))}
        </ul>
      </Card>
      <Bin />
      {creating && <NewObject onClose={() => setCreating(false)} />}
    </SettingsFrame>
  )
}

function ConsistencyCheck() {
  const { s } = useSettingsWords()
  const [id, setId] = useState<string>()
  useQuery({
    queryKey: ['job', id],
    enabled: !!id,
    refetchInterval: 700,
    queryFn: async () => {
      const job = await api<Job>('GET', `/jobs/${id}`)
      if (['done', 'failed', 'cancelled'].includes(job.state)) {
        setId(undefined)
        const { checked, differed } = (job.result ?? {}) as Record<string, number>
        if (job.state === 'done') toast(s('checked', { checked: checked ?? 0, differed: differed ?? 0 }))
        else toast.error(s('failed'))
      }
      return job
    },
  })
  const start = async () => {
    try {
      const { job } = await api<{ job: Job }>('POST', '/consistency-check', { body: {} })
      setId(job.id)
    } catch (error) {
      say(error, s('failed'))
    }
  }
  return (
    <Button kind="ghost" disabled={!!id} onClick={start} className="max-md:hidden">
      {id ? s('checking') : s('check')}
    </Button>
  )
}

function Bin() {
  const { s, label, lang } = useSettingsWords()
  const definitions = useDefinitions().data?.items ?? []
  const change = useChangeDefinition()
  const objects = useObjects().data
  const deleted = definitions.flatMap(definition =>
    definition.deletedAt
      ? [
          {
            key: definition.name,
            name: label(definition.object?.plural ?? { en: '', 'zh-CN': '' }),
            at: definition.deletedAt,
            path: `/objects/${definition.name}/restore`,
          },
        ]
      : (definition.fields ?? [])
          .filter(field => field.deletedAt)
          .map(field => ({
            key: `${definition.name}.${field.name}`,
            name: `${label(objects?.get(definition.name)?.plural ?? { en: definition.name, 'zh-CN': definition.name })} · ${label(field.labels)}`,
            at: field.deletedAt ?? '',
            path: `/objects/${definition.name}/fields/${field.name}/restore`,
          })),
  )
  if (!deleted.length) return null
  const restore = async (path: string) => {
    try {
      await change('POST', path, {})
      toast(s('restored'))
    } catch (error) {
      say(error, s('failed'))
    }
  }
  return (
    <Card title={s('bin')}>
      <p className="px-4 pt-3 text-xs text-ink-3">{s('binHint')}</p>
      <ul>
        {deleted.map(item => (
          <li key={item.key} className="flex min-h-11 items-center gap-3 border-b border-line px-4 last:border-0">
            <span className="min-w-0 flex-1 truncate">{item.name}</span>
            <span className="num text-xs text-ink-3">{formatRelative(item.at, lang)}</span>
            <Button size="sm" icon={<RotateCcw size={13} />} onClick={() => restore(item.path)}>
              {s('restore')}
            </Button>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function NewObject({ onClose }: { onClose: () => void }) {
  const { s } = useSettingsWords()
  const change = useChangeDefinition()
  const navigate = useNavigate()
  const [en, setEn] = useState('')
  const [zh, setZh] = useState('')
  const [pluralEn, setPluralEn] = useState('')
  const [pluralZh, setPluralZh] = useState('')
  const [name, setName] = useState<string>()
  const [icon, setIcon] = useState('box')
  const [errors, setErrors] = useState<Record<string, string>>({})
  const key = name ?? apiName(en)
  const create = async () => {
    try {
      await change('POST', '/objects', {
        name: key,
        labels: { en, 'zh-CN': zh },
        plural: { en: pluralEn || en, 'zh-CN': pluralZh || zh },
        icon,
      })
      navigate(`/settings/objects/${key}`)
    } catch (error) {
      setErrors(violationsOf(error))
      say(error, s('failed'))
    }
  }
  return (
    <Drawer
      title={s('newObject')}
      closeLabel={s('close')}
      onClose={onClose}
      footer={
        <>
          <Button kind="solid" className="ml-auto" onClick={create} disabled={!key || !(en || zh)}>
            {s('add')}
          </Button>
          <Button onClick={onClose}>{s('cancel')}</Button>
        </>
      }
    >
      <div className="grid grid-cols-2 gap-3 p-5">
        <TextRow label={s('labelEn')} value={en} onChange={setEn} error={errors.labels} autoFocus />
        <TextRow label={s('labelZh')} value={zh} onChange={setZh} />
        <TextRow label={s('pluralEn')} value={pluralEn} onChange={setPluralEn} error={errors.plural} />
        <TextRow label={s('pluralZh')} value={pluralZh} onChange={setPluralZh} />
        <TextRow label={s('apiName')} value={key} onChange={setName} error={errors.name} wide mono />
        <Row label={s('icon')} wide>
          {() => (
            <div className="flex flex-wrap gap-1" role="radiogroup" aria-label={s('icon')}>
              {ICON_NAMES.map(option => (
                <button
                  key={option}
                  type="button"
                  role="radio"
                  aria-checked={option === icon}
                  aria-label={option}
                  onClick={() => setIcon(option)}
                  className={`grid size-9 place-items-center rounded-lg border max-md:size-11 ${option === icon ? 'border-accent bg-accent-soft text-accent-ink' : 'border-line hover:bg-hover'}`}
                >
                  <ObjectIcon name={option} size={17} />
                </button>
              ))}
            </div>
          )}
        </Row>
      </div>
    </Drawer>
  )
}
