import { Eye, EyeOff } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { toText } from '../../fields/value'
import { api, ProblemError } from '../../platform/api'
import { useDictionary } from '../../platform/i18n'
import type { FieldDef, FieldValue, ObjectDef } from '../../platform/types'
import { toast } from '../../ui/toast'

const SHOWN_MS = 30_000

const en = {
  show: 'Show {field}; this is written into the audit log',
  hide: 'Hide {field}',
  failed: 'That did not work.',
}
const zh: typeof en = {
  show: '显示{field}（将记入审计日志）',
  hide: '隐藏{field}',
  failed: '操作未成功。',
}

/** Whether somebody may have a hidden value of the field shown. */
export const isRevealable = (object: ObjectDef, field: FieldDef) =>
  field.masked ? object.operations.includes('reveal') : field.type === 'encrypted'

interface Props {
  object: ObjectDef
  field: FieldDef
  id: string
  /** What stands in the value's place. */
  children: ReactNode
}

/** A value that is masked or encrypted: shown on demand, for half a minute. */
export function Reveal({ object, field, id, children }: Props) {
  const { w, label, lang } = useDictionary(en, zh)
  const [value, setValue] = useState<FieldValue>()
  useEffect(() => {
    if (value === undefined) return
    const timer = setTimeout(() => setValue(undefined), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [value])
  const show = async () => {
    try {
      const answer = await api<{ values: Record<string, FieldValue> }>('POST', `/records/${object.name}/${id}/reveal`, {
        body: { fields: [field.name] },
      })
      setValue(answer.values[field.name] ?? null)
    } catch (error) {
      toast.error(error instanceof ProblemError ? error.message : w('failed'))
    }
  }
  const open = value !== undefined
  const text = open ? (field.type === 'encrypted' ? String(value ?? '') : toText(field, value, lang)) : ''
  return (
    <>
      {open ? (
        <span role="status" className="num min-w-0 flex-1 break-all">
          <span className="rounded bg-accent-soft px-1 py-0.5">{text}</span>
        </span>
      ) : (
        children
      )}
      <button
        type="button"
        title={w(open ? 'hide' : 'show', { field: label(field.labels) })}
        aria-label={w(open ? 'hide' : 'show', { field: label(field.labels) })}
        onClick={open ? () => setValue(undefined) : show}
        className="grid size-7 flex-none place-items-center rounded-md text-ink-3 hover:bg-hover hover:text-ink max-md:size-11"
      >
        {open ? <EyeOff size={14} aria-hidden /> : <Eye size={14} aria-hidden />}
      </button>
    </>
  )
}
