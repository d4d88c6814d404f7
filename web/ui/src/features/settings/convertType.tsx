import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { api } from '../../platform/api'
import { formatNumber } from '../../platform/format'
import type { FieldDef, Job, ObjectDef } from '../../platform/types'
import { Button } from '../../ui/kit'
import { toast } from '../../ui/toast'
import { say, useChangeDefinition, violationsOf } from './definitions'
import { type Draft, TypeParts, typeMembers } from './fieldForm'
import { SelectRow } from './parts'
import { TYPES, useSettingsWords } from './words'

interface Preview {
  kept: number
  lost: number
  complete: boolean
  samples: { id: string; name: string | null; value: string }[]
}

/** Gives a field another type, after showing what of its values would be lost. */
export function ConvertType({ object, field, onDone }: { object: ObjectDef; field: FieldDef; onDone: () => void }) {
  const { s, typeName } = useSettingsWords()
  const change = useChangeDefinition()
  const [draft, setDraft] = useState<Draft>(() => ({
    name: field.name,
    type: field.type === 'text' ? 'longText' : 'text',
    en: '',
    zh: '',
    helpEn: '',
    helpZh: '',
    traits: {},
    choices: field.choices ?? [],
    target: '',
    prefix: '',
    standard: '',
    formula: '',
    rollUp: { function: 'count', child: '', via: '', field: null },
  }))
  const [preview, setPreview] = useState<Preview>()
  const [job, setJob] = useState<string>()
  const [errors, setErrors] = useState<Record<string, string>>({})
  const path = `/objects/${object.name}/fields/${field.name}/convert`
  const body = { ...typeMembers(draft), filterable: field.traits.includes('filterable') }
  useQuery({
    queryKey: ['job', job],
    enabled: !!job,
    refetchInterval: 500,
    queryFn: async () => {
      const run = await api<Job>('GET', `/jobs/${job}`)
      if (['done', 'failed', 'cancelled'].includes(run.state)) {
        setJob(undefined)
        if (run.state === 'done') {
          const { kept, lost } = run.result as unknown as { kept: number; lost: number }
          toast(s('converted', { kept, lost }))
        } else toast.error(s('failed'))
        onDone()
      }
      return run
    },
  })
  const run = async (dryRun: boolean) => {
    try {
      if (dryRun) setPreview(await api<Preview>('POST', path, { body: { ...body, dryRun } }))
      else setJob(((await change('POST', path, body)) as { job: Job }).job.id)
    } catch (error) {
      setErrors(violationsOf(error))
      say(error, s('failed'))
    }
  }
  const put = (part: Partial<Draft>) => {
    setPreview(undefined)
    setDraft(old => ({ ...old, ...part }))
  }
  return (
    <div className="grid grid-cols-2 gap-3">
      <SelectRow
        wide
        label={s('convertTo')}
        value={draft.type}
        onChange={type => put({ type })}
        error={errors.type}
        options={TYPES.filter(code => code !== 'attachment').map(code => [code, typeName(code)])}
      />
      <TypeParts object={object} draft={draft} put={put} errors={errors} />
      {preview && <Outcome object={object} preview={preview} />}
      <div className="col-span-2">
        {preview ? (
          <Button kind="solid" disabled={!!job} onClick={() => run(false)}>
            {job ? s('converting') : s('convertNow')}
          </Button>
        ) : (
          <Button onClick={() => run(true)}>{s('tryOut')}</Button>
        )}
      </div>
    </div>
  )
}

function Outcome({ object, preview }: { object: ObjectDef; preview: Preview }) {
  const { s, lang } = useSettingsWords()
  return (
    <div role="status" className="col-span-2 rounded-lg border border-line bg-surface-2 p-3 text-sm">
      <p>{s('kept', { n: formatNumber(preview.kept, lang) })}</p>
      <p className={preview.lost ? 'text-neg' : 'text-pos'}>
        {preview.lost ? s('lost', { n: formatNumber(preview.lost, lang) }) : s('nothingLost')}
      </p>
      {!preview.complete && <p className="text-ink-3">{s('notAll')}</p>}
      <ul className="mt-1">
        {preview.samples.map(sample => (
          <li key={sample.id} className="flex gap-2 truncate">
            <Link to={`/o/${object.name}/${sample.id}`} className="truncate hover:underline">
              {sample.name ?? '—'}
            </Link>
            <span className="truncate text-ink-3">{sample.value}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
