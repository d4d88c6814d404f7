import clsx from 'clsx'
import { Pencil } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { Link } from 'react-router'
import { commits, Editor } from '../../fields/editor'
import { RecordContext } from '../../fields/recordContext'
import { isEmpty, toText, Value } from '../../fields/value'
import { useWords } from '../../platform/i18n'
import { useRemembered } from '../../platform/remembered'
import type {
  AddressValue,
  FieldDef,
  FieldValue,
  FileValue,
  Link as LinkValue,
  ObjectDef,
  RecordItem,
} from '../../platform/types'
import { Button } from '../../ui/kit'
import { useChangeField } from '../changes'
import { useMay } from '../may'
import { useRecordWords } from '../words'
import { useEditingMark } from './presence'
import { isRevealable, Reveal } from './reveal'

const RichText = lazy(() => import('../../fields/richText').then(module => ({ default: module.RichText })))

/** All fields of a record, section by section, each edited by a click on its value. */
export function Details({ object, item }: { object: ObjectDef; item: RecordItem }) {
  const { label, t } = useWords()
  const { w } = useRecordWords()
  const [hiding, setHiding] = useRemembered('hideEmptyFields', false)
  const shown = new Set(object.layouts.form.flatMap(section => section.fields))
  const rest = object.fields.filter(f => !shown.has(f.name)).map(f => f.name)
  const sections = [
    ...object.layouts.form.map(s => ({ title: label(s.labels), fields: s.fields })),
    { title: t('history'), fields: rest },
  ]
  const isShown = (name: string) => {
    const field = object.fields.find(f => f.name === name)
    return !!field && !(hiding && isEmpty(item[name]))
  }
  const hidden = object.fields.filter(f => isEmpty(item[f.name])).length
  return (
    <>
      {sections
        .filter(section => section.fields.some(isShown))
        .map(section => (
          <section key={section.title} className="border-b border-line px-4 py-3.5">
            <h3 className="mb-1.5 text-xs font-semibold text-ink-3">{section.title}</h3>
            <dl>
              {section.fields.filter(isShown).map(name => {
                const field = object.fields.find(f => f.name === name)
                return field && <Fact key={name} object={object} field={field} item={item} />
              })}
            </dl>
          </section>
        ))}
      {hidden > 0 && (
        <div className="px-2.5 py-2">
          <Button kind="ghost" size="sm" aria-pressed={hiding} onClick={() => setHiding(!hiding)}>
            {hiding ? w('emptyFields', { n: hidden }) : w('hideEmpty')}
          </Button>
        </div>
      )}
    </>
  )
}

/** One field of the record; a click on its value edits it in place. */
function Fact({ object, field, item }: { object: ObjectDef; field: FieldDef; item: RecordItem }) {
  const { t, label } = useWords()
  const change = useChangeField(object.name)
  const may = useMay(object.name, item.id)
  const [editing, setEditing] = useState(false)
  const [value, setValue] = useState<FieldValue>(null)
  useEditingMark(item.id, editing)
  const editable =
    field.writable &&
    object.operations.includes('update') &&
    may?.update !== false &&
    (field.name !== 'owner' || may?.transfer !== false)
  const encrypted = field.type === 'encrypted'
  const begin = () => {
    // what is encrypted is written anew; nobody edits its mask
    setValue(encrypted ? null : item[field.name])
    setEditing(true)
  }
  const end = (save: boolean, next: FieldValue = value) => {
    setEditing(false)
    if (encrypted && isEmpty(next)) return
    if (save && JSON.stringify(next ?? null) !== JSON.stringify(item[field.name] ?? null))
      change(item, field, next ?? null)
  }
  const clear = () => {
    setEditing(false)
    change(item, field, null)
  }
  const immediate = field.type === 'choice' || field.type === 'flag' || field.type === 'lookup'
  const rich = field.type === 'richText' && !isEmpty(item[field.name])
  // links inside formatted text stay links: it is no button itself
  const shown = rich ? (
    <span className="flex min-w-0 flex-1 items-start gap-1 py-1">
      <span className="min-w-0 flex-1">
        <FactValue field={field} value={item[field.name]} />
      </span>
      {editable && (
        <Button
          kind="ghost"
          size="sm"
          icon={<Pencil size={13} />}
          aria-label={`${t('edit')} ${label(field.labels)}`}
          onClick={begin}
        />
      )}
    </span>
  ) : editable ? (
    <button
      type="button"
      aria-label={`${t('edit')} ${label(field.labels)}`}
      onClick={begin}
      className="-mx-1.5 flex min-h-7 min-w-0 flex-1 items-center rounded-md px-1.5 text-left hover:bg-hover [&_.text-right]:!text-left"
    >
      <FactValue field={field} value={item[field.name]} />
    </button>
  ) : (
    <span className="flex min-w-0 flex-1 items-center [&_.text-right]:!text-left">
      <FactValue field={field} value={item[field.name]} />
    </span>
  )
  return (
    <RecordContext value={item}>
      <div
        className={clsx(
          'min-h-8 gap-2 text-sm max-md:min-h-11',
          // formatted text takes the whole width
          field.type === 'richText' && (editing || rich)
            ? 'flex flex-col py-1.5'
            : 'grid grid-cols-[104px_minmax(0,1fr)] items-center',
        )}
      >
        <dt className="truncate text-ink-3">{label(field.labels)}</dt>
        <dd className="min-w-0">
          {editing ? (
            // biome-ignore lint/a11y/noStaticElementInteractions: the editor inside is the control; this catches its keys
            <span
              className="block py-1"
              onKeyDown={event => {
                if (event.key === 'Escape') end(false)
                else if (commits(event, field)) {
                  event.preventDefault()
                  end(true)
                }
              }}
            >
              <Editor
                id={`fact-${field.name}`}
                field={field}
                value={value}
                autoFocus
                onChange={next => {
                  setValue(next)
                  if (immediate) end(true, next)
                }}
              />
              <span className="flex justify-end gap-1 pt-1">
                {encrypted && !isEmpty(item[field.name]) && (
                  <Button size="sm" kind="ghost" className="mr-auto" onClick={clear}>
                    {t('clearValue')}
                  </Button>
                )}
                <Button size="sm" kind="ghost" onClick={() => end(false)}>
                  {t('cancel')}
                </Button>
                {!immediate && (
                  <Button size="sm" kind="solid" onClick={() => end(true)}>
                    {t('save')}
                  </Button>
                )}
              </span>
            </span>
          ) : (
            <span className="flex min-w-0 items-center gap-1">
              {isRevealable(object, field) && !isEmpty(item[field.name]) ? (
                <Reveal object={object} field={field} id={item.id}>
                  {shown}
                </Reveal>
              ) : (
                <>
                  {shown}
                  <OpenLink field={field} value={item[field.name]} />
                </>
              )}
            </span>
          )}
        </dd>
      </div>
    </RecordContext>
  )
}

function FactValue({ field, value }: { field: FieldDef; value: FieldValue }) {
  const { lang } = useWords()
  if (field.type === 'longText' || field.type === 'address')
    return isEmpty(value) ? (
      <span className="text-ink-4">—</span>
    ) : (
      <span className="whitespace-pre-wrap break-words">{toText(field, value as AddressValue, lang)}</span>
    )
  if (field.type === 'richText' && !isEmpty(value))
    return (
      <Suspense fallback={<Value field={field} value={value} />}>
        <RichText html={String(value)} />
      </Suspense>
    )
  return <Value field={field} value={value} />
}

/** Where a value leads: the record it links to, the mail programme, the file. */
function OpenLink({ field, value }: { field: FieldDef; value: FieldValue }) {
  const { t } = useWords()
  if (isEmpty(value)) return null
  const className = 'flex-none rounded-md px-1.5 text-2xs leading-6 font-medium text-accent-ink hover:underline'
  if (field.type === 'lookup' && field.target !== 'user')
    return (
      <Link className={className} to={`/o/${field.target}/${(value as LinkValue).id}`}>
        {t('open')}
      </Link>
    )
  const href =
    field.type === 'email'
      ? `mailto:${value}`
      : field.type === 'phone'
        ? `tel:${value}`
        : field.type === 'url'
          ? String(value)
          : field.type === 'attachment'
            ? `/api/files/${(value as FileValue).id}`
            : undefined
  return href ? (
    <a className={className} href={href} target={field.type === 'url' ? '_blank' : undefined} rel="noopener noreferrer">
      {field.type === 'attachment' ? t('download') : t('open')}
    </a>
  ) : null
}
