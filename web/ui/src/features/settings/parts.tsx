import { type ReactNode, useId } from 'react'
import { box, Checkbox } from '../../ui/kit'

interface RowProps {
  label: string
  error?: string
  hint?: ReactNode
  wide?: boolean
  children: (id: string) => ReactNode
}

/** A labelled member of a form, with what is wrong with it below. */
export function Row({ label, error, hint, wide, children }: RowProps) {
  const id = useId()
  return (
    <div className={wide ? 'col-span-2' : 'max-md:col-span-2'}>
      <label htmlFor={id} className="mb-1 block text-xs font-medium text-ink-2">
        {label}
      </label>
      {children(id)}
      {hint && <p className="mt-1 text-xs text-ink-3">{hint}</p>}
      {error && (
        <p role="alert" className="mt-1 text-xs text-neg">
          {error}
        </p>
      )}
    </div>
  )
}

interface TextRowProps extends Omit<RowProps, 'children'> {
  value: string
  onChange: (value: string) => void
  disabled?: boolean
  autoFocus?: boolean
  mono?: boolean
}

export const TextRow = ({ value, onChange, disabled, autoFocus, mono, ...row }: TextRowProps) => (
  <Row {...row}>
    {id => (
      <input
        id={id}
        className={`${box} ${mono ? 'font-mono' : ''}`}
        value={value}
        disabled={disabled}
        autoFocus={autoFocus}
        autoComplete="off"
        aria-invalid={!!row.error}
        onChange={e => onChange(e.target.value)}
      />
    )}
  </Row>
)

interface SelectRowProps extends Omit<RowProps, 'children'> {
  value: string
  onChange: (value: string) => void
  options: [value: string, text: string][]
  disabled?: boolean
}

export const SelectRow = ({ value, onChange, options, disabled, ...row }: SelectRowProps) => (
  <Row {...row}>
    {id => (
      <select
        id={id}
        className={box}
        value={value}
        disabled={disabled}
        aria-invalid={!!row.error}
        onChange={e => onChange(e.target.value)}
      >
        {options.map(([code, text]) => (
          <option key={code} value={code}>
            {text}
          </option>
        ))}
      </select>
    )}
  </Row>
)

export const FlagRow = ({
  label,
  value,
  onChange,
  error,
}: {
  label: string
  value: boolean
  onChange: (value: boolean) => void
  error?: string
}) => (
  <div className="col-span-2">
    <span className="flex min-h-7 items-center gap-2">
      <Checkbox label={label} checked={value} onChange={onChange} />
      <span aria-hidden>{label}</span>
    </span>
    {error && (
      <p role="alert" className="text-xs text-neg">
        {error}
      </p>
    )}
  </div>
)

export const Card = ({ title, action, children }: { title?: string; action?: ReactNode; children: ReactNode }) => (
  <section className="mb-4 overflow-hidden rounded-xl border border-line bg-surface shadow-1">
    {(title || action) && (
      <header className="flex min-h-11 items-center gap-2 border-b border-line px-4">
        <h2 className="flex-1 font-semibold">{title}</h2>
        {action}
      </header>
    )}
    {children}
  </section>
)

interface RadioRowsProps<Code extends string> {
  title: string
  name: string
  codes: readonly Code[]
  chosen: string
  disabled?: boolean
  /** What a choice is called, and what it means. */
  words: (code: Code) => [name: string, meaning: string]
  onChange: (code: Code) => void
}

/** One of a few choices, each with what it means. */
export const RadioRows = <Code extends string>(props: RadioRowsProps<Code>) => (
  <fieldset disabled={props.disabled}>
    <legend className="mb-1 text-xs font-medium text-ink-2">{props.title}</legend>
    {props.codes.map(code => {
      const [name, meaning] = props.words(code)
      return (
        <label key={code} className="flex min-h-9 items-baseline gap-2 py-1 text-sm max-md:min-h-11">
          <input
            type="radio"
            name={props.name}
            className="accent-(--accent)"
            checked={props.chosen === code}
            onChange={() => props.onChange(code)}
          />
          <span>
            <b className="font-medium">{name}</b> <span className="text-ink-3">{meaning}</span>
          </span>
        </label>
      )
    })}
  </fieldset>
)
