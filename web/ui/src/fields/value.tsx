import { Paperclip } from 'lucide-react'
import {
  formatAddress,
  formatDay,
  formatDuration,
  formatMoment,
  formatMoney,
  formatNumber,
  formatPhone,
  formatRelative,
} from '../platform/format'
import { useWords } from '../platform/i18n'
import type {
  AddressValue,
  FieldDef,
  FieldValue,
  FileValue,
  Lang,
  Link,
  MoneyValue,
  PersonNameValue,
} from '../platform/types'
import { Face } from '../ui/face'
import { Tag } from '../ui/kit'

export const isEmpty = (value: FieldValue) =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

/** The value as plain text, as it is copied, announced and named. */
export function toText(field: FieldDef, value: FieldValue, lang: Lang): string {
  if (isEmpty(value)) return ''
  switch (field.type) {
    case 'personName':
      return (value as PersonNameValue).full ?? ''
    case 'money':
      return formatMoney(value as MoneyValue, lang)
    case 'address':
      return formatAddress(value as AddressValue)
    case 'date':
      return formatDay(value as string, lang)
    case 'moment':
      return formatMoment(value as string, lang)
    case 'duration':
      return formatDuration(value as string, lang)
    case 'phone':
      return formatPhone(value as string)
    case 'choice':
      return choiceLabel(field, value as string, lang)
    case 'multiChoice':
      return (value as string[]).map(code => choiceLabel(field, code, lang)).join(', ')
    case 'tags':
      return (value as string[]).join(', ')
    case 'lookup':
      return (value as Link).name ?? '—'
    case 'lookups':
      return (value as Link[]).map(link => link.name ?? '—').join(', ')
    case 'attachment':
      return (value as FileValue).name
    case 'whole':
    case 'decimal':
      return formatNumber(value as string, lang)
    case 'percent':
      return `${formatNumber(value as string, lang)}%`
    case 'flag':
      return value ? (lang === 'zh-CN' ? '是' : 'Yes') : lang === 'zh-CN' ? '否' : 'No'
    case 'richText':
      return (value as string).replace(/<[^>]*>/g, ' ')
    default:
      return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value)
  }
}

function choiceLabel(field: FieldDef, code: string, lang: Lang) {
  return field.choices?.find(choice => choice.code === code)?.labels[lang] ?? code
}

export const isNumeric = (field: FieldDef) => ['money', 'whole', 'decimal', 'percent'].includes(field.type)

interface ValueProps {
  field: FieldDef
  value: FieldValue
  part?: string
}

/** A value as lists and record pages show it: plain spans, nothing that could be slow a thousand times. */
export function Value({ field, value, part }: ValueProps) {
  const { lang } = useWords()
  if (isEmpty(value))
    return <span className={isNumeric(field) ? 'block w-full text-right text-ink-4' : 'text-ink-4'}>—</span>
  if (part) return <span className="truncate text-ink-2">{String(value)}</span>
  switch (field.type) {
    case 'choice': {
      const choice = field.choices?.find(c => c.code === value)
      return choice ? <Tag color={choice.color}>{choice.labels[lang]}</Tag> : <span>{String(value)}</span>
    }
    case 'multiChoice':
    case 'tags':
      return <TagList field={field} codes={value as string[]} />
    case 'lookup':
      return <LinkName field={field} name={(value as Link).name} />
    case 'attachment':
      return (
        <span className="flex min-w-0 items-center gap-1.5">
          <Paperclip size={13} className="flex-none text-ink-3" />
          <span className="truncate">{(value as FileValue).name}</span>
        </span>
      )
    case 'money':
    case 'whole':
    case 'decimal':
    case 'percent':
      return <span className="num block w-full truncate text-right font-medium">{toText(field, value, lang)}</span>
    case 'moment':
      return (
        <time
          className="num truncate text-ink-2"
          dateTime={value as string}
          title={formatMoment(value as string, lang)}
        >
          {formatRelative(value as string, lang)}
        </time>
      )
    case 'phone':
    case 'date':
      return <span className="num truncate text-ink-2">{toText(field, value, lang)}</span>
    default:
      return <span className="truncate text-ink-2">{toText(field, value, lang)}</span>
  }
}

function LinkName({ field, name }: { field: FieldDef; name: string | null }) {
  if (!name) return <span className="text-ink-4">—</span>
  return (
    <span className="flex min-w-0 items-center gap-2">
      <Face name={name} size={18} square={field.target !== 'user' && field.target !== 'contact'} />
      <span className="truncate">{name}</span>
    </span>
  )
}

function TagList({ field, codes }: { field: FieldDef; codes: string[] }) {
  const { lang } = useWords()
  return (
    <span className="flex min-w-0 gap-1 overflow-hidden">
      {codes.map(code => (
        <Tag key={code} dot={false} color={field.choices?.find(c => c.code === code)?.color ?? 'indigo'}>
          {choiceLabel(field, code, lang)}
        </Tag>
      ))}
    </span>
  )
}
