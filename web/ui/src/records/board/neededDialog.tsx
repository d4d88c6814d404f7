import { type FormEvent, useState } from 'react'
import { Editor } from '../../fields/editor'
import { RecordContext } from '../../fields/recordContext'
import { toWire } from '../../fields/wire'
import { type Problem, ProblemError } from '../../platform/api'
import { useWords } from '../../platform/i18n'
import type { FieldDef, FieldValue, ObjectDef, RecordItem } from '../../platform/types'
import { Drawer } from '../../ui/drawer'
import { Button } from '../../ui/kit'
import { useBoardWords } from './words'

interface Props {
  object: ObjectDef
  item: RecordItem
  column: string
  problem: Problem
  onSave: (values: Record<string, unknown>) => Promise<void>
  onClose: () => void
}

/** Asks for just the fields that a column needs and that are missing. */
export function NeededDialog({ object, item, column, problem, onSave, onClose }: Props) {
  const { label } = useWords()
  const { b } = useBoardWords()
  const [values, setValues] = useState<Record<string, FieldValue>>({})
  const [violations, setViolations] = useState(problem.violations ?? [])
  const [sending, setSending] = useState(false)
  const fields = [...new Set(violations.map(v => v.field.split('.')[0]))]
    .map(name => object.fields.find(f => f.name === name))
    .filter((f): f is FieldDef => !!f?.writable)
  const send = async (event: FormEvent) => {
    event.preventDefault()
    setSending(true)
    try {
      await onSave(Object.fromEntries(fields.map(f => [f.name, toWire(f.type, values[f.name] ?? null)])))
    } catch (error) {
      if (error instanceof ProblemError) setViolations(error.problem.violations ?? [])
    } finally {
      setSending(false)
    }
  }
  return (
    <Drawer
      title={b('neededTitle', { column })}
      closeLabel={b('cancel')}
      onClose={onClose}
      footer={
        <>
          <Button kind="ghost" onClick={onClose}>
            {b('cancel')}
          </Button>
          <Button kind="solid" type="submit" form="needed-form" disabled={sending} className="ml-auto">
            {b('go')}
          </Button>
        </>
      }
    >
      <form id="needed-form" onSubmit={send} className="flex flex-col gap-4 px-5 py-4">
        <p className="text-sm text-ink-2">{b('neededHint')}</p>
        <RecordContext value={{ ...item, ...values }}>
          {fields.map(field => (
            <div key={field.name}>
              <label htmlFor={`needed-${field.name}`} className="mb-1 block text-xs font-medium text-ink-2">
                {label(field.labels)}
              </label>
              <Editor
                id={`needed-${field.name}`}
                field={field}
                value={values[field.name] ?? null}
                onChange={value => setValues(old => ({ ...old, [field.name]: value }))}
                invalid={false}
              />
              <p className="mt-1 text-xs text-neg" role="alert">
                {violations.find(v => v.field.split('.')[0] === field.name)?.message}
              </p>
            </div>
          ))}
        </RecordContext>
      </form>
    </Drawer>
  )
}
