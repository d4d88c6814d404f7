import { useState } from 'react'
import type { FieldDef, FieldValue } from '../platform/types'
import type { Stories } from '../stories/story'
import { account, LONG_ZH, object } from '../stories/world'
import { Editor } from './editor'

function Fields({
  fields,
  values,
  invalid,
}: {
  fields: FieldDef[]
  values: Record<string, FieldValue>
  invalid?: boolean
}) {
  const [now, setNow] = useState(values)
  return (
    <div className="grid gap-3">
      {fields.map(field => (
        <div key={field.name}>
          <label htmlFor={field.name} className="text-xs text-ink-2">
            {field.labels['zh-CN']}
          </label>
          <Editor
            id={field.name}
            field={field}
            value={now[field.name]}
            invalid={invalid}
            onChange={value => setNow(old => ({ ...old, [field.name]: value }))}
          />
        </div>
      ))}
    </div>
  )
}

const writable = (name: string) => object(name).fields.filter(field => field.writable && field.type !== 'encrypted')

const rich = () =>
  writable('account')
    .filter(field => field.name === 'description')
    .map(field => ({ ...field, type: 'richText' }))

const stories: Stories = {
  'empty, all types of an account': { width: 420, show: () => <Fields fields={writable('account')} values={{}} /> },
  'filled, all types of an account': {
    width: 420,
    show: () => <Fields fields={writable('account')} values={account()} />,
  },
  'refused, all types of a contact': {
    width: 420,
    show: () => <Fields fields={writable('contact')} values={{}} invalid />,
  },
  'long Chinese': {
    width: 320,
    show: () => (
      <Fields
        fields={writable('account')}
        values={account({ name: LONG_ZH, industry: LONG_ZH, address: { province: LONG_ZH, street: LONG_ZH } })}
      />
    ),
  },
  'formatted text': {
    width: 380,
    show: () => (
      <Fields fields={rich()} values={{ description: '<h2>特点</h2><p>加热<b>很快</b></p><ul><li>静音</li></ul>' }} />
    ),
  },
  'formatted text, refused': { width: 380, show: () => <Fields fields={rich()} values={{}} invalid /> },
  'formatted text, long Chinese': {
    width: 320,
    show: () => <Fields fields={rich()} values={{ description: `<p>${LONG_ZH.repeat(6)}</p>` }} />,
  },
}
export default stories
