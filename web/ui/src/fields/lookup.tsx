import { useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import { Plus, X } from 'lucide-react'
import { type KeyboardEvent, use, useEffect, useId, useState } from 'react'
import { api } from '../platform/api'
import { useWords } from '../platform/i18n'
import { useObject } from '../platform/meta'
import type { FieldDef, Link, Page, PersonNameValue } from '../platform/types'
import { box, itemClass } from '../ui/kit'
import type { EditorProps } from './editor'
import { RecordContext } from './recordContext'
import { RelatedContext } from './related'

/** Chooses one record, or several, by typing part of their names. */
export function LookupPicker({ id, field, value, onChange, invalid, autoFocus }: EditorProps) {
  const { t, label, lang } = useWords()
  const many = field.type === 'lookups'
  const chosen = asLinks(value)
  const [text, setText] = useState('')
  const [open, setOpen] = useState(false)
  const [at, setAt] = useState(0)
  const list = useId()
  const record = use(RecordContext)
  const parent = field.within ? asLinks(record[field.within])[0] : undefined
  const found = useCandidates(field, parent, text, open)
  const make = use(RelatedContext)
  const target = useObject(field.target ?? '')
  const creates = !!make && !field.within && target?.group !== 'hidden' && !!target?.operations.includes('create')
  const create = () => {
    setOpen(false)
    make?.({ target: field.target ?? '', text, onMade: choose })
  }

  const choose = (link: Link) => {
    onChange(many ? [...chosen.filter(c => c.id !== link.id), link] : link)
    setText('')
    setOpen(false)
  }
  const remove = (link: Link) => onChange(many ? chosen.filter(c => c.id !== link.id) : null)
  const onKey = (event: KeyboardEvent) => {
    if (!open || event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      setAt(i => Math.max(0, Math.min(found.length - (creates ? 0 : 1), i + (event.key === 'ArrowDown' ? 1 : -1))))
    }
    const candidate = found[at]
    if (event.key === 'Enter' && candidate) {
      event.preventDefault()
      event.stopPropagation()
      choose(candidate)
    }
    if (event.key === 'Enter' && !candidate && creates && at === found.length && text) {
      event.preventDefault()
      event.stopPropagation()
      create()
    }
    if (event.key === 'Escape') {
      event.stopPropagation()
      setOpen(false)
    }
  }

  return (
    <span className="relative block min-w-0">
      <span className={clsx(box, 'flex-wrap py-0.5')} data-invalid={invalid || undefined}>
        {chosen.map(link => (
          <span
            key={link.id}
            className="flex h-[22px] max-w-full items-center gap-1 rounded-md bg-[var(--indigo-b)] pr-1 pl-2 text-xs font-medium text-[var(--indigo-f)]"
          >
            <span className="truncate">{link.name ?? '—'}</span>
            <button
              type="button"
              aria-label={`${t('remove')} ${link.name ?? ''}`}
              onClick={() => remove(link)}
              className="grid size-4 place-items-center rounded hover:bg-black/10"
            >
              <X size={11} />
            </button>
          </span>
        ))}
        <input
          id={id}
          role="combobox"
          aria-label={label(field.labels)}
          aria-invalid={invalid}
          aria-expanded={open}
          aria-controls={list}
          aria-activedescendant={open && (found[at] || (creates && at === found.length)) ? `${list}-${at}` : undefined}
          autoFocus={autoFocus}
          autoComplete="off"
          className="h-7 min-w-16 flex-1 bg-transparent outline-none"
          placeholder={chosen.length ? '' : t('search')}
          value={text}
          onFocus={() => setOpen(true)}
          onBlur={() => setTimeout(() => setOpen(false), 150)}
          onChange={e => {
            setText(e.target.value)
            setAt(0)
            setOpen(true)
          }}
          onKeyDown={onKey}
        />
      </span>
      <span
        id={list}
        role="listbox"
        aria-label={label(field.labels)}
        className={clsx(
          'absolute inset-x-0 top-full z-50 mt-1 max-h-60 overflow-auto rounded-xl border border-line bg-surface p-1.5 shadow-3',
          (!open || (!found.length && !creates)) && 'hidden',
        )}
      >
        {found.map((link, i) => (
          <span
            key={link.id}
            id={`${list}-${i}`}
            role="option"
            tabIndex={-1}
            aria-selected={i === at}
            onMouseDown={e => {
              e.preventDefault()
              choose(link)
            }}
            className={clsx(itemClass, i === at && 'bg-hover')}
          >
            {link.name}
          </span>
        ))}
        {creates && target && (
          <span
            id={`${list}-${found.length}`}
            role="option"
            tabIndex={-1}
            aria-selected={at === found.length}
            onMouseDown={e => {
              e.preventDefault()
              create()
            }}
            className={clsx(itemClass, 'text-accent-ink', at === found.length && 'bg-hover')}
          >
            <Plus size={14} aria-hidden />
            {t('new', { object: lang === 'en' ? label(target.labels).toLowerCase() : label(target.labels) })}
            {text && <span className="truncate text-ink-3">{text}</span>}
          </span>
        )}
      </span>
    </span>
  )
}

function asLinks(value: EditorProps['value']): Link[] {
  if (!value) return []
  if (Array.isArray(value)) return value as Link[]
  return typeof value === 'object' && 'id' in value ? [value as Link] : []
}

/** @param parent what the candidates must agree in, such as the pipeline of stages; none asks for all */
function useCandidates(field: FieldDef, parent: Link | undefined, text: string, enabled: boolean): Link[] {
  const { lang } = useWords()
  const target = field.target ?? ''
  const object = useObject(target)
  const [words, setWords] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setWords(text), 150)
    return () => clearTimeout(timer)
  }, [text])
  const query = useQuery({
    queryKey: ['lookup', target, words, parent?.id],
    enabled: enabled && !!object,
    queryFn: ({ signal }) =>
      api<Page>('POST', `/records/${target}/query`, {
        signal,
        body: {
          fields: [object?.nameField ?? 'name', ...(object?.chineseNameField ? [object.chineseNameField] : [])],
          q: words,
          limit: parent ? 50 : 8,
          ...(parent && { filter: { field: field.within, op: 'eq', value: parent.id } }),
        },
      }),
  })
  if (!object) return []
  return (query.data?.items ?? []).map(item => {
    const chinese = lang === 'zh-CN' && object.chineseNameField ? item[object.chineseNameField] : undefined
    const name = chinese || item[object.nameField]
    const full =
      name && typeof name === 'object' && 'full' in name ? (name as PersonNameValue).full : String(name ?? '')
    return { id: item.id, name: full ?? '' }
  })
}
