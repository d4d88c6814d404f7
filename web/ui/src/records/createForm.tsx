import { useQueryClient } from '@tanstack/react-query'
import { type KeyboardEvent, lazy, Suspense, useEffect, useId, useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { Editor } from '../fields/editor'
import { RecordContext } from '../fields/recordContext'
import { namingField, recordName } from '../fields/recordName'
import { isEmpty } from '../fields/value'
import { mayWait, writtenValues } from '../fields/wire'
import { api, messagesByField, ProblemError } from '../platform/api'
import { forgetDraft, readDraft, writeDraft } from '../platform/drafts'
import { formatRelative } from '../platform/format'
import { useWords } from '../platform/i18n'
import { isOffline } from '../platform/keeping'
import { forgetFiles, withFilesSent } from '../platform/localFiles'
import { enqueue } from '../platform/outbox'
import { useSession } from '../platform/session'
import type { FieldDef, FieldValue, ObjectDef, RecordItem } from '../platform/types'
import { Drawer } from '../ui/drawer'
import { Button, Kbd } from '../ui/kit'
import { toast } from '../ui/toast'
import { useCheck } from './check'
import { useRecordWords } from './words'

interface Props {
  object: ObjectDef
  onClose: () => void
  /** Values that are given by where the form was opened, such as the record it belongs to. */
  given?: Record<string, FieldValue>
  onCreated?: (item: RecordItem) => void
  /** Opened from another form: no draft of its own is kept or brought back. */
  undrafted?: boolean
}

const Lookalikes = lazy(() => import('../features/duplicates/lookalikes'))
const WIDE = ['longText', 'richText', 'address', 'personName', 'tags', 'lookups', 'multiChoice', 'attachment', 'money']

/** The form for a new record of any object: its sections and fields come from the metadata, the last word from the server. */
export default function CreateForm({ object, onClose, given = {}, onCreated, undrafted = false }: Props) {
  const { t, label, lang } = useWords()
  const { w } = useRecordWords()
  const navigate = useNavigate()
  const client = useQueryClient()
  const me = useSession().data?.user.id ?? ''
  const draftKey = `${me}.${object.name}`
  const [draft, setDraft] = useState(() => (undrafted ? undefined : readDraft(draftKey)))
  const fresh = () => ({ ...defaultsOf(object), ...given })
  const [values, setValues] = useState<Record<string, FieldValue>>(() => ({ ...fresh(), ...draft?.values, ...given }))
  const touched = useRef(!!draft)
  const form = useId()
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const checked = useCheck(object, values, left.size > 0)
  const [sending, setSending] = useState(false)

  useEffect(() => {
    if (!touched.current || undrafted) return
    const timer = setTimeout(() => writeDraft(draftKey, object.fields, values), 300)
    return () => clearTimeout(timer)
  }, [draftKey, object, values, undrafted])
  const startOver = () => {
    touched.current = false
    forgetDraft(draftKey)
    setDraft(undefined)
    setErrors({})
    setLeft(new Set())
    setValues(fresh())
  }
  const put = (field: FieldDef, value: FieldValue) => {
    touched.current = true
    setValues(old => ({ ...old, [field.name]: value, ...nameOfFile(object, field, value, old) }))
    setErrors(({ [field.name]: _, ...rest }) => rest)
  }
  const send = async () => {
    setSending(true)
    const body = writtenValues(object.fields, values)
    try {
      const item = await api<RecordItem>('POST', `/records/${object.name}`, { body: await withFilesSent(body) })
      forgetFiles(body)
      end()
      client.invalidateQueries({ queryKey: ['rows'] })
      onClose()
      const name = recordName(object, item, lang)
      toast(t('createdOne', { name }), {
        action: { label: t('open'), onClick: () => navigate(`/o/${object.name}/${item.id}`) },
      })
      onCreated?.(item)
    } catch (error) {
      if (isOffline(error) && mayWait(object.fields, body)) {
        const name = recordName(object, values, lang)
        await enqueue({
          method: 'POST',
          path: `/records/${object.name}`,
          body,
          object: object.name,
          title: name || label(object.labels),
        })
        end()
        onClose()
        toast(t('keptOffline'))
      } else showProblem(error)
    } finally {
      setSending(false)
    }
  }
  const end = () => {
    touched.current = false
    forgetDraft(draftKey)
  }
  const showProblem = (error: unknown) => {
    const violations = error instanceof ProblemError ? (error.problem.violations ?? []) : []
    const refused = messagesByField(violations)
    setErrors(refused)
    const shown = writableSections(object).flatMap(section => section.fields)
    const elsewhere = Object.keys(refused).filter(name => !shown.includes(name))
    if (elsewhere.length) toast.error(elsewhere.map(name => refused[name]).join(' '))
    if (!violations.length) toast.error(error instanceof Error ? error.message : t('offline'))
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) {
      event.preventDefault()
      event.stopPropagation()
      send()
    }
  }
  const title = t('new', { object: lang === 'en' ? label(object.labels).toLowerCase() : label(object.labels) })
  return (
    <Drawer
      title={title}
      closeLabel={t('close')}
      onClose={onClose}
      footer={
        <>
          <Button kind="ghost" onClick={onClose}>
            {t('cancel')}
          </Button>
          <span className="ml-auto flex items-center gap-1 text-ink-3 max-md:hidden">
            <Kbd>⌘</Kbd>
            <Kbd>↵</Kbd>
          </span>
          <Button kind="solid" type="submit" form={form} disabled={sending}>
            {t('create')}
          </Button>
        </>
      }
    >
      <RecordContext value={values}>
        <form
          id={form}
          noValidate
          onKeyDown={onKey}
          onSubmit={event => {
            event.preventDefault()
            send()
          }}
          className="grid auto-rows-min grid-cols-2 gap-x-3 gap-y-3.5 px-5 py-4"
        >
          {draft && (
            <p
              role="status"
              className="col-span-2 flex items-center gap-2 rounded-lg bg-accent-soft px-3 py-1.5 text-xs text-accent-ink"
            >
              <span className="flex-1">
                {w('restored', { when: formatRelative(new Date(draft.at).toISOString(), lang) })}
              </span>
              <Button kind="ghost" size="sm" onClick={startOver}>
                {w('startOver')}
              </Button>
            </p>
          )}
          {object.fields.some(f => ['email', 'phone', 'address'].includes(f.type)) && (
            <Suspense>
              <Lookalikes object={object} values={values} />
            </Suspense>
          )}
          {writableSections(object).map(section => (
            <Section key={section.labels.en} title={label(section.labels)}>
              {section.fields.map(name => {
                const field = object.fields.find(f => f.name === name)
                if (!field) return null
                return (
                  <FormField
                    key={name}
                    form={form}
                    field={withChoicesLeft(object, field, values)}
                    value={values[name]}
                    error={errors[name] ?? (left.has(name) ? checked[name] : undefined)}
                    onLeave={() => !left.has(name) && setLeft(new Set(left).add(name))}
                    onChange={value => put(field, value)}
                  />
                )
              })}
            </Section>
          ))}
        </form>
      </RecordContext>
    </Drawer>
  )
}

/** Values that new records begin with, as far as a form can show them; the server fills in all of them. */
/** The sections of the form with what can be written; those in which nothing can be are left out. */
function writableSections(object: ObjectDef) {
  const writable = new Set(object.fields.filter(field => field.writable).map(field => field.name))
  return object.layouts.form
    .map(section => ({ ...section, fields: section.fields.filter(name => writable.has(name)) }))
    .filter(section => section.fields.length > 0)
}

function defaultsOf(object: ObjectDef) {
  const values: Record<string, FieldValue> = {}
  for (const field of object.fields) {
    const value = field.writable ? defaultOf(field) : undefined
    if (value !== undefined) values[field.name] = value
  }
  return values
}

/** The default as people edit it; none for types whose defaults are the server's business. */
function defaultOf({ default: text, type }: FieldDef): FieldValue | undefined {
  if (!text) return undefined
  switch (type) {
    case 'text':
    case 'choice':
    case 'decimal':
    case 'percent':
      return text
    case 'whole':
      return Number(text)
    case 'flag':
      return text === 'true'
    default:
      return undefined
  }
}

/** The field with only those choices that another field's value leaves. */
export function withChoicesLeft(object: ObjectDef, field: FieldDef, values: Record<string, FieldValue>): FieldDef {
  const { dependsOn, choices } = field
  if (!dependsOn || !choices || !object.fields.some(other => other.name === dependsOn.field)) return field
  const left = dependsOn.allowed[String(values[dependsOn.field])]
  return left ? { ...field, choices: choices.filter(choice => left.includes(choice.code)) } : field
}

function Section({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <>
      <h3 className="col-span-2 mt-1 text-xs font-semibold text-ink-3 first:mt-0">{title}</h3>
      {children}
    </>
  )
}

/** A record that holds a file is called like it until somebody writes another name. */
function nameOfFile(object: ObjectDef, field: FieldDef, value: FieldValue, values: Record<string, FieldValue>) {
  const named = namingField(object)
  const isFile = field.type === 'attachment' && value && typeof value === 'object' && 'name' in value
  return isFile && named?.type === 'text' && isEmpty(values[named.name]) ? { [named.name]: String(value.name) } : {}
}

interface FieldProps {
  /** Tells the fields of a form from those of another that lies over it. */
  form: string
  field: FieldDef
  value: FieldValue
  error?: string
  onChange: (value: FieldValue) => void
  /** Called when somebody has written, or looked at, the field and goes on to another. */
  onLeave: () => void
}

function FormField({ form, field, value, error, onChange, onLeave }: FieldProps) {
  const { label } = useWords()
  const id = `${form}-${field.name}`
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the editor inside is the control; this notices when it is left
    <div
      className={WIDE.includes(field.type) ? 'col-span-2 min-w-0' : 'min-w-0 max-md:col-span-2'}
      onBlur={event => !event.currentTarget.contains(event.relatedTarget) && onLeave()}
    >
      <label htmlFor={id} className="mb-1 block text-xs font-medium text-ink-2">
        {label(field.labels)}
        {field.traits.includes('required') && <span className="text-neg"> *</span>}
      </label>
      <Editor id={id} field={field} value={value} onChange={onChange} invalid={!!error} />
      {field.help && <p className="mt-1 text-xs text-ink-3">{label(field.help)}</p>}
      {error && (
        <p id={`${id}-error`} role="alert" className="mt-1 text-xs text-neg">
          {error}
        </p>
      )}
    </div>
  )
}
