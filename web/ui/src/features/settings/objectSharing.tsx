import { useState } from 'react'
import { useObjects } from '../../platform/meta'
import type { ObjectDef } from '../../platform/types'
import { Button, Checkbox } from '../../ui/kit'
import { toast } from '../../ui/toast'
import { type ObjectSharing as Kept, say, useChangeDefinition, useDefinitions } from './definitions'
import { Card, RadioRows } from './parts'
import { useSettingsWords } from './words'

const MODES = ['owned', 'controlled', 'common'] as const
const USUAL: Kept = { mode: 'owned', parents: [] }

/** Whom, or what, the records of a custom object belong to: that decides who sees them. */
export function ObjectSharing({ object }: { object: ObjectDef }) {
  const definitions = useDefinitions()
  const kept = definitions.data?.items.find(item => item.name === object.name)?.object?.sharing
  // that it could not be loaded, the frame around all settings says
  if (!definitions.data) return null
  return <SharingForm key={JSON.stringify(kept)} object={object} kept={{ ...USUAL, ...kept }} />
}

function SharingForm({ object, kept }: { object: ObjectDef; kept: Kept }) {
  const { s, label } = useSettingsWords()
  const objects = useObjects().data
  const change = useChangeDefinition()
  const [mode, setMode] = useState(kept.mode)
  const [parents, setParents] = useState(kept.parents ?? [])
  const links = object.fields.filter(field => {
    const target = objects?.get(field.target ?? '')
    return (
      field.name.endsWith('_c') && field.type === 'lookup' && !!target && !target.custom && target.group !== 'hidden'
    )
  })
  const by = mode === 'common' ? [] : parents
  const dirty = mode !== kept.mode || by.toSorted().join() !== (kept.parents ?? []).toSorted().join()
  const save = async () => {
    try {
      await change('PATCH', `/objects/${object.name}`, { sharing: { mode, parents: by } })
      toast(s('sharingSaved'))
    } catch (error) {
      say(error, s('failed'))
    }
  }
  return (
    <>
      <Card title={s('sharing')}>
        <div className="flex flex-col gap-4 p-4">
          <RadioRows
            title={s('sharingSeenBy')}
            name="sharing"
            codes={MODES}
            chosen={mode}
            words={code => [s(`sharing.${code}`), s(`sharing.${code}.hint`)]}
            onChange={setMode}
          />
          {mode !== 'common' && (
            <fieldset>
              <legend className="mb-1 text-xs font-medium text-ink-2">{s('sharingBy')}</legend>
              {links.length === 0 && <p className="max-w-2xl text-sm text-ink-3">{s('sharingNoLink')}</p>}
              {links.map(field => (
                // biome-ignore lint/a11y/noLabelWithoutControl: the checkbox inside is the control
                <label key={field.name} className="flex min-h-9 items-center gap-2 text-sm max-md:min-h-11">
                  <Checkbox
                    label={label(field.labels)}
                    checked={parents.includes(field.name)}
                    onChange={on =>
                      setParents(on ? [...parents, field.name] : parents.filter(name => name !== field.name))
                    }
                  />
                  {label(field.labels)}
                  <span className="text-ink-3">{label(objects?.get(field.target ?? '')?.labels ?? field.labels)}</span>
                </label>
              ))}
            </fieldset>
          )}
        </div>
      </Card>
      <Button kind="solid" disabled={!dirty} onClick={save}>
        {s('save')}
      </Button>
    </>
  )
}
