import { useState } from 'react'
import { Editor } from '../../fields/editor'
import { toWire } from '../../fields/wire'
import { api, ProblemError } from '../../platform/api'
import { formatNumber } from '../../platform/format'
import type { FieldDef, FieldValue, Job, ObjectDef } from '../../platform/types'
import { Drawer } from '../../ui/drawer'
import { Button, box, Checkbox } from '../../ui/kit'
import { toast } from '../../ui/toast'
import { useFollowedJob } from './jobs'
import { useBatchWords } from './words'

/** Which records a bulk change is about: those with these ids, or all that a list shows. */
export interface Where {
  filter?: unknown
  q?: string
}

interface Preview {
  count: number
  sample: { id: string; name: string | null; changes?: { field: string; from: string | null; to: string | null }[] }[]
}

interface Props {
  object: ObjectDef
  where: Where
  count: number
  /** The one field that is offered; all without it. Tags are then added to those that are there. */
  only?: string
  onClose: () => void
  onDone: () => void
}

/** Gives one field of many records another value: first what would change, then the change, then the way back. */
export default function BulkEdit({ object, where, count, only, onClose, onDone }: Props) {
  const { b, label, lang } = useBatchWords()
  const fields = object.fields.filter(
    f =>
      f.writable &&
      (!only || f.name === only) &&
      !f.traits.includes('unique') &&
      !['attachment', 'richText'].includes(f.type),
  )
  const [name, setName] = useState(fields.find(f => f.type === 'choice')?.name ?? fields[0]?.name ?? '')
  const [value, setValue] = useState<FieldValue>(null)
  const [clear, setClear] = useState(false)
  const [preview, setPreview] = useState<Preview>()
  const [error, setError] = useState('')
  const field = object.fields.find(f => f.name === name)
  const job = useFollowedJob(done => {
    onClose()
    onDone()
    const { changed = 0, failed = 0, batch } = (done.result ?? {}) as Record<string, number> & { batch?: string }
    if (done.state !== 'done') return toast.error(b('failed'))
    if (failed) toast.error(b('refused', { n: formatNumber(failed, lang) }))
    toast(b('changed', { changed: formatNumber(changed, lang) }), {
      action: {
        label: b('undo'),
        onClick: () => api('POST', `/batches/${batch}/undo`).then(() => setTimeout(onDone, 1200)),
      },
    })
  })
  if (!field) return null
  const adds = only !== undefined && field.type === 'tags'
  const send = async (dryRun: boolean) => {
    setError('')
    const change = { [adds ? 'add' : 'set']: { [name]: clear ? null : toWire(field.type, value) } }
    try {
      const answer = await api<Preview & { job: Job }>('POST', `/records/${object.name}/bulk`, {
        body: { where, ...change, dryRun },
      })
      if (dryRun) setPreview(answer)
      else job.follow(answer.job.id)
    } catch (problem) {
      setError(problem instanceof ProblemError ? problem.message : b('failed'))
    }
  }
  const change = (next: () => void) => {
    next()
    setPreview(undefined)
  }
  return (
    <Drawer
      title={b('editTitle', { n: formatNumber(count, lang) })}
      closeLabel={b('close')}
      onClose={onClose}
      footer={
        <>
          {preview ? (
            <Button kind="solid" className="ml-auto" disabled={job.running} onClick={() => send(false)}>
              {job.running ? b('applying') : b('apply', { n: formatNumber(preview.count, lang) })}
            </Button>
          ) : (
            <Button kind="solid" className="ml-auto" onClick={() => send(true)}>
              {b('preview')}
            </Button>
          )}
          <Button onClick={onClose}>{b('cancel')}</Button>
        </>
      }
    >
      <div className="flex flex-col gap-3 p-5">
        <label htmlFor="bulk-field" className={only ? 'hidden' : 'text-xs font-medium text-ink-2'}>
          {b('field')}
        </label>
        <select
          id="bulk-field"
          className={only ? 'hidden' : box}
          value={name}
          onChange={e =>
            change(() => {
              setName(e.target.value)
              setValue(null)
            })
          }
        >
          {fields.map(f => (
            <option key={f.name} value={f.name}>
              {label(f.labels)}
            </option>
          ))}
        </select>
        <label htmlFor="bulk-value" className="text-xs font-medium text-ink-2">
          {only ? label(field.labels) : b('newValue')}
        </label>
        {!clear && (
          <Editor
            key={name}
            id="bulk-value"
            field={field}
            value={value}
            invalid={!!error}
            onChange={next => change(() => setValue(next))}
          />
        )}
        {!only && !field.traits.includes('required') && (
          <span className="flex items-center gap-2">
            <Checkbox label={b('empty')} checked={clear} onChange={on => change(() => setClear(on))} />
            {b('empty')}
          </span>
        )}
        {error && (
          <p role="alert" className="text-xs text-neg">
            {error}
          </p>
        )}
        {preview && <Sample field={field} preview={preview} />}
      </div>
    </Drawer>
  )
}

function Sample({ field, preview }: { field: FieldDef; preview: Preview }) {
  const { b, label, lang } = useBatchWords()
  const shown = (change?: { from: string | null; to: string | null }, end: 'from' | 'to' = 'from') => {
    if (!change) return ''
    const choice = field.choices?.find(c => c.code === change[end])
    return choice ? label(choice.labels) : (change[end] ?? '—')
  }
  return (
    <section aria-live="polite">
      <p className="mb-2 text-sm">{b('willChange', { n: formatNumber(preview.count, lang) })}</p>
      <table className="w-full table-fixed text-sm">
        <thead>
          <tr className="text-left text-xs text-ink-3">
            <th scope="col" className="font-medium" />
            <th scope="col" className="font-medium">
              {b('before')}
            </th>
            <th scope="col" className="font-medium">
              {b('after')}
            </th>
          </tr>
        </thead>
        <tbody>
          {preview.sample.map(item => (
            <tr key={item.id} className="border-t border-line">
              <td className="truncate py-1 pr-2 font-medium">{item.name ?? '—'}</td>
              <td className="truncate pr-2 text-neg line-through">{shown(item.changes?.[0])}</td>
              <td className="truncate text-pos">{shown(item.changes?.[0], 'to')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
