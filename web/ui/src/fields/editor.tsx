import { type KeyboardEvent, lazy, Suspense, useState } from 'react'
import { api, ProblemError } from '../platform/api'
import { useCompany } from '../platform/company'
import { localDay } from '../platform/format'
import { useWords } from '../platform/i18n'
import { isOffline } from '../platform/keeping'
import { keepFile } from '../platform/localFiles'
import type { TextKey } from '../platform/texts.en'
import type { AddressValue, FieldDef, FieldValue, FileValue, MoneyValue, PersonNameValue } from '../platform/types'
import { box, Checkbox } from '../ui/kit'
import { ChoiceBoxes } from './choiceBoxes'
import { LookupPicker } from './lookup'

const RichTextEditor = lazy(() => import('./richText'))

export interface EditorProps {
  id: string
  field: FieldDef
  value: FieldValue
  onChange: (value: FieldValue) => void
  /** Whether the value is refused; the reason stands in an element called {@code id-error}. */
  invalid?: boolean
  autoFocus?: boolean
}

const CURRENCIES = ['CNY', 'USD', 'EUR', 'GBP', 'JPY', 'HKD', 'TWD', 'SGD', 'KRW', 'BRL', 'INR', 'AUD', 'CAD', 'CHF']

/** The editor for a field's type. Its value has the shape that the API reads. */
export function Editor(props: EditorProps) {
  switch (props.field.type) {
    case 'longText':
      return <LongTextEditor {...props} />
    case 'richText':
      return (
        <Suspense fallback={<span className={`${box} !h-32`} />}>
          <RichTextEditor {...props} />
        </Suspense>
      )
    case 'choice':
      return <ChoiceEditor {...props} />
    case 'multiChoice':
      return <ChoiceBoxes field={props.field} value={props.value} onChange={props.onChange} />
    case 'tags':
      return <TagsEditor {...props} />
    case 'flag':
      return <FlagEditor {...props} />
    case 'whole':
      return <WholeEditor {...props} />
    case 'money':
      return <MoneyEditor {...props} />
    case 'date':
      return <TextEditor {...props} type="date" />
    case 'moment':
      return <MomentEditor {...props} />
    case 'duration':
      return <DurationEditor {...props} />
    case 'lookup':
    case 'lookups':
      return <LookupPicker {...props} />
    case 'personName':
      return <PersonNameEditor {...props} />
    case 'address':
      return <AddressEditor {...props} />
    case 'attachment':
      return <AttachmentEditor {...props} />
    default:
      return <TextEditor {...props} type={inputType(props.field.type)} />
  }
}

/** What every editor's control has: its name, the focus, and the reason why its value is refused. */
function useControl({ id, field, invalid, autoFocus }: EditorProps) {
  const { label } = useWords()
  return {
    id,
    'aria-label': label(field.labels),
    'aria-invalid': invalid,
    'aria-describedby': invalid ? `${id}-error` : undefined,
    autoFocus,
  }
}

const inputType = (type: string) =>
  type === 'email' ? 'email' : type === 'phone' ? 'tel' : type === 'url' ? 'url' : 'text'
const orNull = (text: string) => (text === '' ? null : text)

function TextEditor(props: EditorProps & { type: string }) {
  const { field, value, onChange, type } = props
  const control = useControl(props)
  return (
    <input
      {...control}
      type={type}
      inputMode={field.type === 'decimal' || field.type === 'percent' ? 'decimal' : undefined}
      maxLength={field.maxLength}
      autoComplete="off"
      className={box}
      value={typeof value === 'string' ? value : ''}
      onChange={e => onChange(orNull(e.target.value))}
    />
  )
}

function LongTextEditor(props: EditorProps) {
  const { value, onChange } = props
  const control = useControl(props)
  return (
    <textarea
      {...control}
      rows={3}
      className={`${box} py-1.5`}
      value={typeof value === 'string' ? value : ''}
      onChange={e => onChange(orNull(e.target.value))}
    />
  )
}

function ChoiceEditor(props: EditorProps) {
  const { field, value, onChange } = props
  const control = useControl(props)
  const { label, t } = useWords()
  return (
    <select
      {...control}
      className={box}
      value={typeof value === 'string' ? value : ''}
      onChange={e => onChange(orNull(e.target.value))}
    >
      <option value="">{t('choose')}</option>
      {field.choices?.map(choice => (
        <option key={choice.code} value={choice.code}>
          {label(choice.labels)}
        </option>
      ))}
    </select>
  )
}

function TagsEditor(props: EditorProps) {
  const { value, onChange } = props
  const control = useControl(props)
  const [text, setText] = useState(Array.isArray(value) ? (value as string[]).join(', ') : '')
  const change = (next: string) => {
    setText(next)
    const tags = next.split(/[,，;；、]/).map(tag => tag.trim())
    onChange(tags.filter(Boolean))
  }
  return <input {...control} className={box} value={text} onChange={e => change(e.target.value)} />
}

function FlagEditor({ field, value, onChange }: EditorProps) {
  const { label } = useWords()
  return (
    <span className="flex min-h-8 items-center">
      <Checkbox label={label(field.labels)} checked={value === true} onChange={onChange} />
    </span>
  )
}

function WholeEditor(props: EditorProps) {
  const { value, onChange } = props
  const control = useControl(props)
  return (
    <input
      {...control}
      type="number"
      step={1}
      className={`num ${box}`}
      value={typeof value === 'number' ? value : ''}
      onChange={e => onChange(e.target.value === '' ? null : Number(e.target.value))}
    />
  )
}

function MoneyEditor(props: EditorProps) {
  const { value, onChange } = props
  const control = useControl(props)
  const { t, lang } = useWords()
  const money = value as MoneyValue | null
  const usual = useCompany().currency ?? (lang === 'zh-CN' ? 'CNY' : 'USD')
  const [chosen, setCurrency] = useState(money?.currency)
  const currency = chosen ?? usual
  const put = (amount: string, code: string) => onChange(amount === '' ? null : { amount, currency: code })
  return (
    <span className="flex gap-2">
      <input
        {...control}
        inputMode="decimal"
        className={`num ${box}`}
        value={money?.amount ?? ''}
        onChange={e => put(e.target.value, currency)}
      />
      <select
        aria-label={t('currency')}
        className={`${box} !w-24 flex-none`}
        value={currency}
        onChange={e => {
          setCurrency(e.target.value)
          put(money?.amount ?? '', e.target.value)
        }}
      >
        {[...new Set([currency, ...CURRENCIES])].map(code => (
          <option key={code}>{code}</option>
        ))}
      </select>
    </span>
  )
}

function MomentEditor(props: EditorProps) {
  const { value, onChange } = props
  const control = useControl(props)
  const date = typeof value === 'string' ? new Date(value) : undefined
  const local = date ? `${localDay(date)}T${date.toTimeString().slice(0, 5)}` : ''
  return (
    <input
      {...control}
      type="datetime-local"
      className={`num ${box}`}
      value={local}
      onChange={e => onChange(e.target.value === '' ? null : new Date(e.target.value).toISOString())}
    />
  )
}

function DurationEditor(props: EditorProps) {
  const { value, onChange } = props
  const control = useControl(props)
  const { t } = useWords()
  const match = typeof value === 'string' ? /PT(?:(\d+)H)?(?:(\d+)M)?/.exec(value) : null
  const minutes = match ? Number(match[1] ?? 0) * 60 + Number(match[2] ?? 0) : ''
  return (
    <span className="flex items-center gap-2">
      <input
        {...control}
        type="number"
        min={0}
        className={`num ${box}`}
        value={minutes}
        onChange={e => onChange(e.target.value === '' ? null : `PT${e.target.value}M`)}
      />
      <span className="text-xs text-ink-3">{t('minutes')}</span>
    </span>
  )
}

function PersonNameEditor({ id, field, value, onChange, invalid, autoFocus }: EditorProps) {
  const { t, lang, label } = useWords()
  const name = (value as PersonNameValue | null) ?? { family: '', given: '' }
  const parts = lang === 'zh-CN' ? (['family', 'given'] as const) : (['given', 'family'] as const)
  const put = (part: 'family' | 'given', text: string) => {
    const next = { family: name.family, given: name.given, [part]: text }
    onChange(next.family || next.given ? next : null)
  }
  return (
    <fieldset className="grid grid-cols-2 gap-2" aria-label={label(field.labels)}>
      {parts.map((part, i) => (
        <input
          key={part}
          id={i === 0 ? id : undefined}
          aria-label={t(`${part}Name`)}
          placeholder={t(`${part}Name`)}
          aria-invalid={invalid}
          autoFocus={autoFocus && i === 0}
          autoComplete="off"
          className={box}
          value={name[part]}
          onChange={e => put(part, e.target.value)}
        />
      ))}
    </fieldset>
  )
}

function AddressEditor({ id, field, value, onChange }: EditorProps) {
  const { t, lang, label } = useWords()
  const address = (value as AddressValue | null) ?? {}
  const order: (keyof AddressValue)[] =
    lang === 'zh-CN'
      ? ['province', 'city', 'district', 'street', 'postcode', 'country']
      : ['street', 'district', 'city', 'province', 'postcode', 'country']
  const put = (part: keyof AddressValue, text: string) => {
    const next = { ...address, [part]: text }
    for (const key of order) if (!next[key]) delete next[key]
    onChange(Object.keys(next).length ? next : null)
  }
  return (
    <fieldset className="grid grid-cols-2 gap-2" aria-label={label(field.labels)}>
      {order.map((part, i) => (
        <input
          key={part}
          id={i === 0 ? id : undefined}
          aria-label={t(`part.${part}` as TextKey)}
          placeholder={t(`part.${part}` as TextKey)}
          className={`${box} ${part === 'street' ? 'col-span-2' : ''}`}
          value={address[part] ?? ''}
          onChange={e => put(part, e.target.value)}
        />
      ))}
    </fieldset>
  )
}

function AttachmentEditor(props: EditorProps) {
  const { field, value, onChange } = props
  const control = useControl(props)
  const { t } = useWords()
  const [note, setNote] = useState('')
  const upload = async (file: File) => {
    setNote(t('uploading'))
    const form = new FormData()
    form.append('file', file)
    try {
      const stored = await api<FileValue>('POST', '/files', { form })
      onChange(stored)
      setNote(stored.name)
    } catch (error) {
      if (isOffline(error)) {
        onChange(await keepFile(file))
        setNote(t('keptFile', { name: file.name }))
      } else setNote(error instanceof ProblemError ? error.message : t('offline'))
    }
  }
  const current = value && typeof value === 'object' && 'name' in value ? (value as FileValue).name : ''
  return (
    <span className="flex items-center gap-2">
      <input
        {...control}
        type="file"
        accept={field.name === 'photo' ? 'image/*' : undefined}
        className="text-xs"
        onChange={e => e.target.files?.[0] && upload(e.target.files[0])}
      />
      <span role="status" className="truncate text-xs text-ink-3">
        {note || current}
      </span>
    </span>
  )
}

/** Whether a key press in an editor means “done”: Enter, but not while an input method composes, nor in long text. */
export const commits = (event: KeyboardEvent, field: FieldDef) =>
  event.key === 'Enter' &&
  !event.nativeEvent.isComposing &&
  (event.metaKey || event.ctrlKey || !['longText', 'richText'].includes(field.type))
