import { type FormEvent, type ReactNode, useId } from 'react'
import { Drawer } from '../../ui/drawer'
import { Button, box } from '../../ui/kit'
import { LabelledSelect } from '../../ui/labelledSelect'
import { useSalesWords } from './words'

interface FormDrawerProps {
  title: string
  hint?: string
  submit: string
  busy: boolean
  onSubmit: () => void
  onClose: () => void
  children: ReactNode
}

/** A drawer with one form and one solid button. */
export function FormDrawer({ title, hint, submit, busy, onSubmit, onClose, children }: FormDrawerProps) {
  const { s } = useSalesWords()
  const id = useId()
  const send = (event: FormEvent) => {
    event.preventDefault()
    onSubmit()
  }
  return (
    <Drawer
      title={title}
      closeLabel={s('close')}
      onClose={onClose}
      footer={
        <>
          <Button kind="ghost" onClick={onClose}>
            {s('cancel')}
          </Button>
          <Button kind="solid" type="submit" form={id} disabled={busy} className="ml-auto">
            {submit}
          </Button>
        </>
      }
    >
      <form id={id} onSubmit={send} className="flex flex-col gap-4 px-5 py-4">
        {hint && <p className="text-sm text-ink-2">{hint}</p>}
        {children}
      </form>
    </Drawer>
  )
}

interface InputProps {
  label: string
  type?: string
  value: string
  min?: number
  max?: number
  required?: boolean
  onChange: (value: string) => void
}

export function Input({ label, type = 'text', value, onChange, ...rest }: InputProps) {
  const id = useId()
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-xs font-medium text-ink-2">
        {label}
      </label>
      <input id={id} type={type} className={box} value={value} onChange={e => onChange(e.target.value)} {...rest} />
    </div>
  )
}

interface SelectProps {
  label: string
  value: string
  options: { value: string; label: string }[]
  onChange: (value: string) => void
}

export const Select = ({ options, ...rest }: SelectProps) => (
  <LabelledSelect {...rest} options={options.map(({ value, label }): [string, string] => [value, label])} />
)
