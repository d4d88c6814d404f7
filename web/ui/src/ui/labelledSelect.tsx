import { useId } from 'react'
import { box } from './kit'

interface Props {
  label: string
  value: string
  /** Codes and what people read for them. */
  options: [string, string][]
  onChange: (value: string) => void
}

/** One of several, with its label above. */
export function LabelledSelect({ label, value, options, onChange }: Props) {
  const id = useId()
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-xs font-medium text-ink-2">
        {label}
      </label>
      <select id={id} className={box} value={value} onChange={event => onChange(event.target.value)}>
        {options.map(([code, name]) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </select>
    </div>
  )
}
