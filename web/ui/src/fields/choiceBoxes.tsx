import { useWords } from '../platform/i18n'
import type { FieldDef } from '../platform/types'
import { Checkbox } from '../ui/kit'

interface Props {
  field: FieldDef
  value: unknown
  onChange: (codes: string[]) => void
}

/** Some of a field's choices, each with a box; the words belong to the target. */
export function ChoiceBoxes({ field, value, onChange }: Props) {
  const { label } = useWords()
  const codes = Array.isArray(value) ? (value as string[]) : []
  const toggle = (code: string, on: boolean) => onChange(on ? [...codes, code] : codes.filter(c => c !== code))
  return (
    <span className="flex flex-wrap gap-x-4 gap-y-1 p-1.5">
      {field.choices?.map(choice => (
        // biome-ignore lint/a11y/noLabelWithoutControl: the checkbox inside is the control
        <label key={choice.code} className="flex min-h-6 cursor-pointer items-center gap-2 max-md:min-h-11">
          <Checkbox
            label={label(choice.labels)}
            checked={codes.includes(choice.code)}
            onChange={on => toggle(choice.code, on)}
          />
          {label(choice.labels)}
        </label>
      ))}
    </span>
  )
}
