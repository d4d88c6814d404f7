import { Tabs } from '@base-ui/react/tabs'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { ChevronRight, Plus, Search, Trash2 } from 'lucide-react'
import { lazy, Suspense, useEffect, useState } from 'react'
import { Link, Navigate, useNavigate, useParams } from 'react-router'
import { commits, Editor } from '../fields/editor'
import { RecordContext } from '../fields/recordContext'
import { isEmpty, toText, Value } from '../fields/value'
import { api } from '../platform/api'
import { useWords } from '../platform/i18n'
import { useObjects } from '../platform/meta'
import { rememberRecord } from '../platform/recent'
import type {
  AddressValue,
  FieldDef,
  FieldValue,
  FileValue,
  Link as LinkValue,
  ObjectDef,
  Page,
  RecordItem,
} from '../platform/types'
import { Face } from '../ui/face'
import { ObjectIcon } from '../ui/icon'
import { Button, Notice, Skeleton } from '../ui/kit'
import { TopBar } from '../ui/topBar'
import { useChangeField, useDeleteRecord } from './changes'
import { standsAlone } from './facts'
import { HistoryList } from './history'
import { useMay } from './may'
import { PathBar } from './pathBar'
import { isRevealable, Reveal } from './reveal'
import { Timeline } from './timeline'

const CreateForm = lazy(() => import('./createForm'))
const RecordActions = lazy(() => import('../features/sales/recordActions'))
const AccessActions = lazy(() => import('../features/access/accessActions'))
const Lines = lazy(() => import('../features/sales/lines'))
const Consents = lazy(() => import('../features/privacy/consents'))

/** One record of any object. */
export function RecordPage() {
  const { object: name = '', id = '' } = useParams()
  const objects = useObjects()
  const { t } = useWords()
  const object = objects.data?.get(name)
  const record = useQuery({
    queryKey: ['record', name, id],
    queryFn: () => api<RecordItem>('GET', `/records/${name}/${id}`),
    retry: false,
  })
  if (objects.isPending || record.isPending) return <RecordSkeleton />
  if (!object || record.isError)
    return (
      <>
        <TopBar title="" />
        <Notice icon={<Search size={18} />} text={record.error?.message === 'offline' ? t('offline') : t('notFound')}>
          <Button onClick={() => record.refetch()}>{t('retry')}</Button>
        </Notice>
      </>
    )
  // a record that was merged is answered with the one that stands for it
  if (record.data.id !== id) return <Navigate to={`/o/${name}/${record.data.id}`} replace />
  return <RecordView key={id} object={object} item={record.data} />
}

function RecordSkeleton() {
  return (
    <div className="flex flex-col gap-4 p-8" aria-busy>
      <Skeleton width={220} height={22} />
      <Skeleton width="60%" />
      <Skeleton width="45%" />
      <Skeleton width="52%" />
    </div>
  )
}

function RecordView({ object, item }: { object: ObjectDef; item: RecordItem }) {
  const { t, label, lang } = useWords()
  const navigate = useNavigate()
  const remove = useDeleteRecord(object.name)
  const may = useMay(object.name, item.id)
  const nameField = object.fields.find(f => f.name === object.nameField)
  const name = nameField ? toText(nameField, item[nameField.name], lang) : ''
  useEffect(() => {
    if (name) rememberRecord({ object: object.name, id: item.id, name })
  }, [object.name, item.id, name])
  return (
    <>
      <TopBar
        title={
          <>
            <Link to={`/o/${object.name}`} className="font-normal text-ink-3 hover:text-ink">
              {label(object.plural)}
            </Link>
            <ChevronRight size={14} className="flex-none text-ink-4" aria-hidden />
            <span className="truncate">{name || '—'}</span>
          </>
        }
        right={
          <>
            <Suspense>
              {may?.update !== false && <RecordActions object={object.name} item={item} />}
              <AccessActions object={object.name} item={item} may={may} />
            </Suspense>
            {object.operations.includes('delete') && may?.delete !== false && (
              <Button
                kind="ghost"
                aria-label={t('delete')}
                icon={<Trash2 size={15} />}
                onClick={async () => (await remove(item)) && navigate(`/o/${object.name}`)}
              />
            )}
          </>
        }
      />
      <div className="flex min-h-0 flex-1 overflow-hidden max-lg:flex-col max-lg:overflow-y-auto">
        <div className="min-w-0 flex-1 lg:overflow-y-auto">
          <div className="mx-auto max-w-[880px] px-6 py-5 max-md:px-4">
            <Headline object={object} item={item} name={name} />
            <PathBar object={object} item={item} />
            <Suspense>
              <Lines object={object} item={item} />
            </Suspense>
            <RecordTabs object={object} item={item} />
          </div>
        </div>
        <aside
          aria-label={t('details')}
          className="w-[336px] flex-none border-l border-line lg:overflow-y-auto max-lg:w-full max-lg:border-t max-lg:border-l-0"
        >
          {(object.name === 'contact' || object.name === 'lead') && (
            <Suspense>
              <Consents object={object} item={item} />
            </Suspense>
          )}
          <Details object={object} item={item} />
        </aside>
      </div>
    </>
  )
}

function Headline({ object, item, name }: { object: ObjectDef; item: RecordItem; name: string }) {
  const { lang } = useWords()
  const choice = object.fields.find(f => f.type === 'choice' && !isEmpty(item[f.name]))
  const facts = object.layouts.list
    .filter(path => path !== object.nameField && !path.includes('.'))
    .map(path => object.fields.find(f => f.name === path))
    .filter(f => f && f !== choice && standsAlone(f) && !isEmpty(item[f.name]))
    .slice(0, 3)
  const nameField = object.fields.find(f => f.name === object.nameField)
  return (
    <header className="flex items-center gap-4">
      <Face name={name} size={52} square={nameField?.type !== 'personName'} />
      <div className="min-w-0">
        <div className="flex items-center gap-2.5">
          <h2 className="truncate text-xl font-semibold tracking-[-.02em]">{name || '—'}</h2>
          {choice && <Value field={choice} value={item[choice.name]} />}
        </div>
        <p className="flex min-w-0 flex-wrap items-center gap-x-2 text-ink-3">
          {facts.map((field, i) => (
            <span key={field?.name} className="min-w-0 truncate">
              {i > 0 && <span className="pr-2 text-ink-4">·</span>}
              {field && toText(field, item[field.name], lang)}
            </span>
          ))}
        </p>
      </div>
    </header>
  )
}

function RecordTabs({ object, item }: { object: ObjectDef; item: RecordItem }) {
  const { t } = useWords()
  const tab =
    'h-10 border-b-2 border-transparent px-2.5 text-sm text-ink-3 outline-none hover:text-ink data-[active]:border-ink data-[active]:font-medium data-[active]:text-ink focus-visible:outline-2 focus-visible:outline-accent'
  const tabs = [
    ...(object.layouts.timeline ? (['timeline'] as const) : []),
    ...(object.layouts.related.length ? (['related'] as const) : []),
    'history' as const,
  ]
  return (
    <Tabs.Root defaultValue={tabs[0]} className="mt-5">
      <Tabs.List className="flex gap-1 border-b border-line">
        {tabs.map(name => (
          <Tabs.Tab key={name} value={name} className={tab}>
            {t(name)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="timeline" className="pt-4 outline-none">
        <Timeline object={object} item={item} />
      </Tabs.Panel>
      <Tabs.Panel value="related" className="flex flex-col gap-4 pt-4 outline-none">
        {object.layouts.related.map(path => (
          <RelatedList key={path} path={path} item={item} parent={object} />
        ))}
      </Tabs.Panel>
      <Tabs.Panel value="history" className="pt-4 outline-none">
        <HistoryList object={object} item={item} />
      </Tabs.Panel>
    </Tabs.Root>
  )
}

function Details({ object, item }: { object: ObjectDef; item: RecordItem }) {
  const { label, t } = useWords()
  const shown = new Set(object.layouts.form.flatMap(section => section.fields))
  const rest = object.fields.filter(f => !shown.has(f.name)).map(f => f.name)
  const sections = [
    ...object.layouts.form.map(s => ({ title: label(s.labels), fields: s.fields })),
    { title: t('moreActions'), fields: rest },
  ]
  return (
    <>
      {sections.map((section, i) => (
        <section key={section.title} className="border-b border-line px-4 py-3.5">
          <h3 className="mb-1.5 text-xs font-semibold text-ink-3">
            {i === sections.length - 1 ? t('history') : section.title}
          </h3>
          <dl>
            {section.fields.map(name => {
              const field = object.fields.find(f => f.name === name)
              return field && <Fact key={name} object={object} field={field} item={item} />
            })}
          </dl>
        </section>
      ))}
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
  const shown = editable ? (
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
      <div className="grid min-h-8 grid-cols-[104px_minmax(0,1fr)] items-center gap-2 text-sm max-md:min-h-11">
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

function RelatedList({ path, item, parent }: { path: string; item: RecordItem; parent: ObjectDef }) {
  const { t, label, lang } = useWords()
  const client = useQueryClient()
  const [childName = '', via = ''] = path.split('.')
  const child = useObjects().data?.get(childName)
  const [creating, setCreating] = useState(false)
  const columns = child?.layouts.list.filter(c => c !== via && !c.includes('.')).slice(0, 5) ?? []
  const query = useQuery({
    queryKey: ['rows', childName, 'related', via, item.id],
    enabled: !!child,
    queryFn: () =>
      api<Page>('POST', `/records/${childName}/query`, {
        body: {
          fields: [...new Set([child?.nameField ?? 'name', ...columns])],
          filter: { field: via, op: 'eq', value: item.id },
          limit: 20,
          count: 'bounded',
        },
      }),
  })
  if (!child) return null
  const nameField = parent.fields.find(f => f.name === parent.nameField)
  const name = nameField ? toText(nameField, item[nameField.name], lang) : ''
  const rows = query.data?.items ?? []
  return (
    <section className="rounded-xl border border-line bg-surface shadow-1">
      <header className="flex items-center gap-2 px-4 py-2.5">
        <span className="text-ink-3">
          <ObjectIcon name={child.icon} />
        </span>
        <h3 className="font-semibold">{label(child.plural)}</h3>
        <span className="num text-xs text-ink-3">{query.data?.count?.value ?? ''}</span>
        {child.operations.includes('create') && (
          <Button
            kind="ghost"
            size="sm"
            className="ml-auto"
            aria-label={t('new', { object: label(child.labels) })}
            icon={<Plus size={14} />}
            onClick={() => setCreating(true)}
          />
        )}
      </header>
      {rows.length > 0 && (
        <div className="overflow-x-auto">
          <table className="w-full border-t border-line text-sm">
            <thead className="text-left text-xs text-ink-3">
              <tr>
                {columns.map(column => (
                  <th key={column} className="px-4 py-1.5 font-medium whitespace-nowrap">
                    {label(child.fields.find(f => f.name === column)?.labels ?? { en: column, 'zh-CN': column })}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(row => (
                <tr key={row.id} className="border-t border-line hover:bg-hover">
                  {columns.map((column, i) => {
                    const field = child.fields.find(f => f.name === column)
                    if (!field) return null
                    const value = <Value field={field} value={row[column]} />
                    return (
                      <td key={column} className="max-w-52 px-4 py-2 [&_.text-right]:!text-left">
                        {i === 0 ? (
                          <Link className="flex min-w-0 font-medium hover:underline" to={`/o/${childName}/${row.id}`}>
                            {value}
                          </Link>
                        ) : (
                          <span className="flex min-w-0">{value}</span>
                        )}
                      </td>
                    )
                  })}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {creating && (
        <Suspense>
          <CreateForm
            object={child}
            given={{ [via]: { id: item.id, name } }}
            onClose={() => setCreating(false)}
            onCreated={() => client.invalidateQueries({ queryKey: ['record', parent.name, item.id] })}
          />
        </Suspense>
      )}
    </section>
  )
}
