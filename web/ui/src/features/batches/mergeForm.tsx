import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toText, Value } from '../../fields/value'
import { api, ProblemError } from '../../platform/api'
import { formatNumber } from '../../platform/format'
import { useObjects } from '../../platform/meta'
import type { FieldValue, ObjectDef, RecordItem } from '../../platform/types'
import { Drawer } from '../../ui/drawer'
import { Button } from '../../ui/kit'
import { toast } from '../../ui/toast'
import { useBatchWords } from './words'

interface Preview {
  survivor: string
  fields: { field: string; writable: boolean; values: Record<string, FieldValue>; chosen: string }[]
  children: { object: string; field: string; count: number }[]
}

interface Props {
  object: ObjectDef
  ids: string[]
  onClose: () => void
  onMerged: (survivor: string) => void
}

/** Makes one record of several, field by field, with a picture of what would come of it. */
export default function MergeForm({ object, ids, onClose, onMerged }: Props) {
  const { b, label, lang } = useBatchWords()
  const objects = useObjects().data
  const client = useQueryClient()
  const [survivor, setSurvivor] = useState(ids[0] ?? '')
  const [chosen, setChosen] = useState<Record<string, string>>({})
  const losers = ids.filter(id => id !== survivor)
  const body = { survivor, losers }
  const preview = useQuery({
    queryKey: ['merge', object.name, survivor, ids],
    queryFn: () => api<Preview>('POST', `/records/${object.name}/merge`, { body: { ...body, dryRun: true } }),
    retry: false,
  })
  const records = useQuery({
    queryKey: ['merge-records', object.name, ids],
    queryFn: () => Promise.all(ids.map(id => api<RecordItem>('GET', `/records/${object.name}/${id}`))),
  }).data
  const nameField = object.fields.find(f => f.name === object.nameField)
  const nameOf = (id: string) => {
    const record = records?.find(item => item.id === id)
    return record && nameField ? toText(nameField, record[nameField.name], lang) : '…'
  }
  const picked = (field: string, proposed: string) => chosen[field] ?? proposed
  const merge = async () => {
    const values: Record<string, FieldValue> = {}
    const take: Record<string, string> = {}
    for (const { field, writable, values: of, chosen: proposed } of preview.data?.fields ?? []) {
      const from = picked(field, proposed)
      const encrypted = object.fields.some(f => f.name === field && f.type === 'encrypted')
      if (!writable || from === survivor) continue
      if (encrypted) take[field] = from
      else values[field] = of[from]
    }
    try {
      const done = await api<{ batch: string; survivor: string }>('POST', `/records/${object.name}/merge`, {
        body: { ...body, values, take },
      })
      const refresh = () => {
        for (const key of ['rows', 'record', 'duplicates', 'timeline', 'history'])
          client.invalidateQueries({ queryKey: [key] })
      }
      refresh()
      onMerged(done.survivor)
      toast(b('merged'), {
        action: {
          label: b('undo'),
          onClick: () => api('POST', `/batches/${done.batch}/undo`).then(() => setTimeout(refresh, 1200)),
        },
      })
    } catch (error) {
      toast.error(error instanceof ProblemError ? error.message : b('failed'))
    }
  }
  return (
    <Drawer
      title={b('mergeTitle', { n: ids.length })}
      closeLabel={b('close')}
      onClose={onClose}
      footer={
        <>
          <Button kind="solid" className="ml-auto" disabled={!preview.data} onClick={merge}>
            {b('merge')}
          </Button>
          <Button onClick={onClose}>{b('cancel')}</Button>
        </>
      }
    >
      <div className="flex flex-col gap-4 p-5">
        <p className="text-sm text-ink-2">{b('mergeHint')}</p>
        <fieldset className="flex flex-col gap-1">
          <legend className="mb-1 text-xs font-semibold text-ink-3">{b('survivor')}</legend>
          {ids.map(id => (
            <label
              key={id}
              className="flex min-h-9 items-center gap-2 rounded-lg border border-line px-3 has-checked:border-accent has-checked:bg-accent-soft"
            >
              <input type="radio" name="survivor" checked={id === survivor} onChange={() => setSurvivor(id)} />
              <span className="truncate font-medium">{nameOf(id)}</span>
            </label>
          ))}
        </fieldset>
        {preview.isError && <p className="text-neg">{preview.error.message}</p>}
        {preview.data?.fields.map(({ field: name, values, writable, chosen: proposed }) => {
          const field = object.fields.find(f => f.name === name)
          if (!field) return null
          return (
            <fieldset key={name} disabled={!writable}>
              <legend className="mb-1 text-xs font-semibold text-ink-3">{label(field.labels)}</legend>
              <div className="flex flex-col gap-1">
                {ids.map(id => (
                  <label
                    key={id}
                    className="flex min-h-9 min-w-0 items-center gap-2 rounded-lg border border-line px-3 has-checked:border-accent has-checked:bg-accent-soft [&_.text-right]:!text-left"
                  >
                    <input
                      type="radio"
                      name={`m-${name}`}
                      checked={picked(name, proposed) === id}
                      onChange={() => setChosen(old => ({ ...old, [name]: id }))}
                    />
                    <span className="flex min-w-0">
                      <Value field={field} value={shown(field.type, values[id], records, name, id)} />
                    </span>
                  </label>
                ))}
              </div>
            </fieldset>
          )
        })}
        {preview.data && <p className="text-xs text-ink-3">{b('same')}</p>}
        {preview.data?.children.map(child => (
          <p key={`${child.object}.${child.field}`} className="text-sm text-ink-2">
            {b('moves', {
              n: formatNumber(child.count, lang),
              objects: label(objects?.get(child.object)?.plural ?? { en: child.object, 'zh-CN': child.object }),
            })}
          </p>
        ))}
      </div>
    </Drawer>
  )
}

/** Links are compared by id; people read names, which the records themselves carry. */
function shown(type: string, value: FieldValue, records: RecordItem[] | undefined, name: string, id: string) {
  if (type !== 'lookup' && type !== 'lookups' && type !== 'personName' && type !== 'attachment') return value
  return records?.find(item => item.id === id)?.[name] ?? value
}
