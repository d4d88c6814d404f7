import { useState } from 'react'
import { Link } from 'react-router'
import type { ObjectDef } from '../../platform/types'
import { Button, Checkbox } from '../../ui/kit'
import { toast } from '../../ui/toast'
import { say, useChangeDefinition } from './definitions'
import { Card, RadioRows } from './parts'
import { useSettingsWords } from './words'

const LEVELS = ['strict', 'usual', 'loose'] as const

/** How records of one object are compared to find those that mean the same. */
export function MatchEditor({ object }: { object: ObjectDef }) {
  const { s, label } = useSettingsWords()
  const change = useChangeDefinition()
  const present = object.matching
  const [enabled, setEnabled] = useState(present?.enabled ?? true)
  const [level, setLevel] = useState(present?.level ?? 'usual')
  const [ignored, setIgnored] = useState(present?.ignored ?? [])
  if (!present) return null
  const names = [...present.compared, ...present.ignored]
  const fields = object.fields.filter(f => names.includes(f.name))
  const dirty =
    enabled !== present.enabled ||
    level !== present.level ||
    ignored.toSorted().join() !== present.ignored.toSorted().join()
  const save = async () => {
    try {
      await change('PATCH', `/objects/${object.name}`, { matching: { enabled, level, ignored } })
      toast(s('matchingSaved'))
    } catch (error) {
      say(error, s('failed'))
    }
  }
  const choose = (name: string, compared: boolean) =>
    setIgnored(compared ? ignored.filter(other => other !== name) : [...ignored, name])
  return (
    <>
      <Card title={s('matching')}>
        <div className="flex flex-col gap-4 p-4">
          <Option label={s('matchingOn')} checked={enabled} onChange={setEnabled} />
          <p className="max-w-2xl text-sm text-ink-2">
            {s('matchingHint')}{' '}
            <Link to={`/duplicates?object=${object.name}`} className="text-accent underline">
              {s('matchingQueue')}
            </Link>
          </p>
          <RadioRows
            title={s('matchingLevel')}
            name="level"
            codes={LEVELS}
            chosen={level}
            disabled={!enabled}
            words={code => [s(`level.${code}`), s(`level.${code}.hint`)]}
            onChange={setLevel}
          />
          <fieldset disabled={!enabled}>
            <legend className="mb-1 text-xs font-medium text-ink-2">{s('matchingFields')}</legend>
            {fields.map(field => (
              <Option
                key={field.name}
                label={label(field.labels)}
                checked={!ignored.includes(field.name)}
                disabled={field.name === object.nameField}
                onChange={compared => choose(field.name, compared)}
              />
            ))}
          </fieldset>
        </div>
      </Card>
      <Button kind="solid" disabled={!dirty} onClick={save}>
        {s('save')}
      </Button>
    </>
  )
}

interface OptionProps {
  label: string
  checked: boolean
  disabled?: boolean
  onChange: (checked: boolean) => void
}

function Option({ label, checked, disabled, onChange }: OptionProps) {
  return (
    <span className="flex min-h-9 items-center gap-2 text-sm max-md:min-h-11">
      <Checkbox label={label} checked={checked} disabled={disabled} onChange={onChange} />
      {label}
    </span>
  )
}
