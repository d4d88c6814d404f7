import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import clsx from 'clsx'
import { FileUp, RotateCcw } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Link, useNavigate, useParams, useSearchParams } from 'react-router'
import { toast } from 'sonner'
import { api, ProblemError } from '../platform/api'
import { formatNumber, formatRelative } from '../platform/format'
import { useWords } from '../platform/i18n'
import { useObjects } from '../platform/meta'
import type { TextKey } from '../platform/texts.en'
import type { Job, ObjectDef } from '../platform/types'
import { ObjectIcon } from '../ui/icon'
import { Button, box, Checkbox, Notice, Tag } from '../ui/kit'
import { TopBar } from '../ui/topBar'

interface Counts {
  read?: number
  created?: number
  updated?: number
  skipped?: number
  failed?: number
}

interface RowError {
  row: number
  cells: string[]
  reasons: { field: string; message: string }[]
}

interface Import {
  id: string
  object: string
  fileName: string
  state: string
  format: { kind: string; encoding: string; delimiter: string; header: boolean; sheet: string }
  columns: string[]
  sheets: string[]
  sample: string[][]
  mapping: Record<string, string | string[] | null>
  matchOn: string[]
  onMatch: string
  onMissingLookup: string
  currency: string
  counts: Counts
  preview: (Counts & { errors: RowError[] }) | null
  job: Job | null
  createdAt: string
}

const messageOf = (error: unknown, offline: string) =>
  error instanceof ProblemError && error.message !== 'offline'
    ? error.problem.violations?.map(v => `${v.field}: ${v.message}`).join('\n') || error.problem.detail
    : offline

/** All imports of the user, newest first. */
export function ImportsPage() {
  const { t, label, lang } = useWords()
  const objects = useObjects().data
  const query = useQuery({ queryKey: ['imports'], queryFn: () => api<{ items: Import[] }>('GET', '/imports') })
  const items = query.data?.items ?? []
  return (
    <>
      <TopBar
        icon={<FileUp size={16} />}
        title={t('imports')}
        right={
          <Link
            to="/imports/new"
            className="inline-flex h-8 items-center rounded-lg bg-solid px-2.5 text-sm font-medium text-on-solid shadow-1"
          >
            {t('import')}
          </Link>
        }
      />
      {query.isSuccess && !items.length && <Notice icon={<FileUp size={18} />} text={t('dropHint')} />}
      <ul className="min-h-0 flex-1 overflow-y-auto">
        {items.map(it => (
          <li key={it.id} className="border-b border-line">
            <Link to={`/imports/${it.id}`} className="flex min-h-12 items-center gap-3 px-4 hover:bg-hover">
              <span className="text-ink-3">
                <ObjectIcon name={objects?.get(it.object)?.icon ?? ''} />
              </span>
              <span className="min-w-0 flex-1 truncate font-medium">{it.fileName}</span>
              <span className="text-ink-3 max-md:hidden">
                {objects?.get(it.object) && label(objects.get(it.object)?.plural ?? { en: '', 'zh-CN': '' })}
              </span>
              <span className="num text-xs text-ink-3">{formatNumber(it.counts.read ?? 0, lang)}</span>
              <StateTag state={it.state} />
              <span className="num w-24 text-right text-xs text-ink-3 max-md:hidden">
                {formatRelative(it.createdAt, lang)}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </>
  )
}

const HUES: Record<string, string> = {
  done: 'green',
  failed: 'red',
  cancelled: 'gray',
  undone: 'gray',
  running: 'amber',
  previewing: 'amber',
}

function StateTag({ state }: { state: string }) {
  const { t } = useWords()
  return <Tag color={HUES[state] ?? 'sky'}>{t(`state.${state}` as TextKey)}</Tag>
}

/** The first step: which object, and the file. */
export function NewImportPage() {
  const { t, label } = useWords()
  const navigate = useNavigate()
  const [params] = useSearchParams()
  const objects = useObjects().data
  const list = [...(objects?.values() ?? [])].filter(
    o => o.operations.includes('import') && !['user', 'listView'].includes(o.name),
  )
  const [object, setObject] = useState(params.get('object') ?? 'contact')
  const upload = useMutation({
    mutationFn: (file: File) => {
      const form = new FormData()
      form.append('object', object)
      form.append('file', file)
      return api<Import>('POST', '/imports', { form })
    },
    onSuccess: it => navigate(`/imports/${it.id}`),
    onError: error => toast.error(messageOf(error, t('offline'))),
  })
  return (
    <>
      <TopBar icon={<FileUp size={16} />} title={t('import')} />
      <div className="mx-auto w-full max-w-[640px] px-4 py-8">
        <label htmlFor="import-object" className="mb-1 block text-xs font-medium text-ink-2">
          {t('importInto')}
        </label>
        <select id="import-object" className={`${box} mb-5`} value={object} onChange={e => setObject(e.target.value)}>
          {list.map(o => (
            <option key={o.name} value={o.name}>
              {label(o.plural)}
            </option>
          ))}
        </select>
        <label
          className={clsx(
            'flex flex-col items-center gap-2 rounded-2xl border-2 border-dashed border-line-2 bg-surface-2 px-6 py-14 text-center focus-within:border-accent',
            upload.isPending && 'opacity-60',
          )}
          onDragOver={e => e.preventDefault()}
          onDrop={e => {
            e.preventDefault()
            const file = e.dataTransfer.files[0]
            if (file) upload.mutate(file)
          }}
        >
          <FileUp size={26} className="text-ink-3" aria-hidden />
          <span className="font-medium">{upload.isPending ? t('uploading') : t('dropFile')}</span>
          <span className="text-xs text-ink-3">{t('dropHint')}</span>
          <input
            type="file"
            className="sr-only"
            accept=".csv,.tsv,.txt,.xlsx,.xls,.vcf"
            onChange={e => e.target.files?.[0] && upload.mutate(e.target.files[0])}
          />
        </label>
      </div>
    </>
  )
}

/** One import: mapping and dry run before, progress during, result and undo after. */
export function ImportPage() {
  const { id = '' } = useParams()
  const { t } = useWords()
  const objects = useObjects().data
  const query = useQuery({
    queryKey: ['import', id],
    queryFn: () => api<Import>('GET', `/imports/${id}`),
    refetchInterval: q =>
      ['running', 'previewing'].includes(q.state.data?.state ?? '') || isUndoing(q.state.data) ? 500 : false,
    retry: false,
  })
  const it = query.data
  const object = it && objects?.get(it.object)
  if (query.isError) return <Notice icon={<FileUp size={18} />} text={t('notFound')} />
  if (!it || !object) return null
  const open = ['ready', 'previewed', 'previewing'].includes(it.state)
  return (
    <>
      <TopBar icon={<FileUp size={16} />} title={it.fileName} right={<StateTag state={it.state} />} />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto w-full max-w-[960px] px-6 py-6 max-md:px-4">
          {open ? <Preparation it={it} object={object} /> : <Result it={it} object={object} />}
        </div>
      </div>
    </>
  )
}

const isUndoing = (it: Import | undefined) =>
  it?.state === 'undone' && it.job !== null && !['done', 'failed', 'cancelled'].includes(it.job.state)

/** Field paths that a column can fill. */
function targets(
  objects: Map<string, ObjectDef>,
  object: ObjectDef,
  label: (l: { en: string; 'zh-CN': string }) => string,
  t: (k: TextKey) => string,
) {
  const options: { path: string; text: string }[] = []
  for (const field of object.fields.filter(f => f.writable)) {
    const target = field.type === 'lookup' ? objects.get(field.target ?? '') : undefined
    if (target) {
      for (const key of target.fields)
        if (key.traits.includes('unique') || key.name === target.nameField)
          options.push({ path: `${field.name}.${key.name}`, text: `${label(field.labels)} (${label(key.labels)})` })
    } else {
      options.push({ path: field.name, text: label(field.labels) })
      for (const part of field.parts ?? [])
        options.push({
          path: `${field.name}.${part}`,
          text: `${label(field.labels)} › ${t(`part.${part}` as TextKey)}`,
        })
    }
  }
  return options
}

function Preparation({ it, object }: { it: Import; object: ObjectDef }) {
  const { t } = useWords()
  const client = useQueryClient()
  const configure = useMutation({
    mutationFn: (body: Partial<Import> & { sheet?: string; header?: boolean }) =>
      api<Import>('PATCH', `/imports/${it.id}`, { body }),
    onSuccess: next => client.setQueryData(['import', it.id], next),
    onError: error => toast.error(messageOf(error, t('offline'))),
  })
  const act = useMutation({
    mutationFn: (verb: 'preview' | 'start') => api<Import>('POST', `/imports/${it.id}/${verb}`),
    onSuccess: next => client.setQueryData(['import', it.id], next),
    onError: error => toast.error(messageOf(error, t('offline'))),
  })
  const busy = act.isPending || it.state === 'previewing'
  return (
    <>
      <Heading title={t('mapColumns')}>
        {it.sheets.length > 1 && (
          <select
            aria-label={t('sheet')}
            className={`${box} !w-40`}
            value={it.format.sheet || it.sheets[0]}
            onChange={e => configure.mutate({ sheet: e.target.value })}
          >
            {it.sheets.map(sheet => (
              <option key={sheet}>{sheet}</option>
            ))}
          </select>
        )}
        <span className="flex items-center gap-2 text-xs text-ink-3">
          <Checkbox
            label={t('firstRowIsHeader')}
            checked={it.format.header}
            onChange={header => configure.mutate({ header })}
          />
          {t('firstRowIsHeader')} · {it.format.kind === 'csv' ? it.format.encoding : it.format.kind.toUpperCase()}
        </span>
      </Heading>
      <MappingTable it={it} object={object} onChange={mapping => configure.mutate({ mapping })} />
      <Options it={it} object={object} onChange={configure.mutate} />
      <div className="mt-5 flex flex-wrap items-center gap-2">
        <Button onClick={() => act.mutate('preview')} disabled={busy}>
          {busy ? t('state.previewing') : t('checkFile')}
        </Button>
        <Button kind="solid" onClick={() => act.mutate('start')} disabled={busy}>
          {t('startImport')}
        </Button>
      </div>
      {it.preview && (
        <section className="mt-6" aria-live="polite">
          <h2 className="mb-2 font-semibold">{t('previewTitle')}</h2>
          <CountTiles counts={it.preview} />
          <ErrorTable errors={it.preview.errors} />
        </section>
      )}
    </>
  )
}

function Heading({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="mb-3 flex flex-wrap items-center gap-3">
      <h2 className="mr-auto font-semibold">{title}</h2>
      {children}
    </div>
  )
}

function MappingTable({
  it,
  object,
  onChange,
}: {
  it: Import
  object: ObjectDef
  onChange: (mapping: Import['mapping']) => void
}) {
  const { t, label } = useWords()
  const objects = useObjects().data ?? new Map<string, ObjectDef>()
  const options = targets(objects, object, label, t)
  return (
    <div className="overflow-x-auto rounded-xl border border-line shadow-1">
      <table className="w-full text-sm">
        <thead className="bg-surface-2 text-left text-xs text-ink-3">
          <tr>
            <th className="px-4 py-2 font-medium">{t('fileColumn')}</th>
            <th className="px-4 py-2 font-medium max-md:hidden">{t('sample')}</th>
            <th className="px-4 py-2 font-medium">{t('field')}</th>
          </tr>
        </thead>
        <tbody>
          {it.columns.map((column, i) => {
            const mapped = it.mapping[column]
            const paths = Array.isArray(mapped) ? mapped : mapped ? [mapped] : []
            const put = (at: number, path: string) => {
              const next = path ? paths.map((old, j) => (j === at ? path : old)) : paths.filter((_, j) => j !== at)
              if (path && at === paths.length) next.push(path)
              onChange({ ...it.mapping, [column]: next.length > 1 ? next : (next[0] ?? null) })
            }
            return (
              <tr key={column} className="border-t border-line align-top">
                <td className="px-4 py-2.5 font-medium break-all">{column}</td>
                <td className="max-w-64 px-4 py-2.5 text-ink-3 max-md:hidden">
                  <span className="block truncate">
                    {it.sample
                      .slice(0, 3)
                      .map(row => row[i])
                      .filter(Boolean)
                      .join(' · ') || '—'}
                  </span>
                </td>
                <td className="px-4 py-2">
                  <span className="flex flex-col gap-1.5">
                    {(paths.length ? paths : ['']).map((path, at) => (
                      <select
                        key={at}
                        aria-label={`${t('field')}: ${column}`}
                        className={box}
                        value={path}
                        onChange={e => put(at, e.target.value)}
                      >
                        <option value="">{t('keepNothing')}</option>
                        {options.map(option => (
                          <option key={option.path} value={option.path}>
                            {option.text}
                          </option>
                        ))}
                        {path && !options.some(o => o.path === path) && <option value={path}>{path}</option>}
                      </select>
                    ))}
                  </span>
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

interface OptionProps {
  it: Import
  object: ObjectDef
  onChange: (body: Partial<Import>) => void
}

function Options({ it, object, onChange }: OptionProps) {
  const { t, label } = useWords()
  const keys = object.fields
    .filter(f => f.traits.includes('unique') || f.traits.includes('filterable'))
    .filter(f => f.writable && !['lookup', 'address', 'tags', 'money'].includes(f.type))
  const select = (name: string, value: string, choices: [string, string][], change: (value: string) => void) => (
    <div>
      <label htmlFor={`option-${name}`} className="mb-1 block text-xs font-medium text-ink-2">
        {name}
      </label>
      <select id={`option-${name}`} className={box} value={value} onChange={e => change(e.target.value)}>
        {choices.map(([code, text]) => (
          <option key={code} value={code}>
            {text}
          </option>
        ))}
      </select>
    </div>
  )
  return (
    <div className="mt-4 grid grid-cols-4 gap-3 max-md:grid-cols-1">
      {select(
        t('matchOn'),
        it.matchOn[0] ?? '',
        [['', t('matchNone')], ...keys.map((f): [string, string] => [f.name, label(f.labels)])],
        value => onChange({ matchOn: value ? [value] : [] }),
      )}
      {select(
        t('onMatch'),
        it.onMatch,
        (['update', 'skip', 'create'] as const).map(code => [code, t(`onMatch.${code}`)]),
        onMatch => onChange({ onMatch }),
      )}
      {select(
        t('missingLookup'),
        it.onMissingLookup,
        (['fail', 'create', 'empty'] as const).map(code => [code, t(`missing.${code}`)]),
        onMissingLookup => onChange({ onMissingLookup }),
      )}
      {select(
        t('currency'),
        it.currency,
        [...new Set([it.currency, 'CNY', 'USD', 'EUR', 'GBP', 'JPY', 'HKD', 'BRL'])].map(code => [code, code]),
        currency => onChange({ currency }),
      )}
    </div>
  )
}

function CountTiles({ counts }: { counts: Counts }) {
  const { t, lang } = useWords()
  const tiles = ['read', 'created', 'updated', 'skipped', 'failed'] as const
  return (
    <dl className="grid grid-cols-5 overflow-hidden rounded-xl border border-line shadow-1 max-md:grid-cols-2">
      {tiles.map(name => (
        <div key={name} className="border-line px-4 py-3 not-first:border-l max-md:border-t">
          <dt className="text-xs text-ink-3">{t(name)}</dt>
          <dd
            className={clsx(
              'num text-xl font-semibold tracking-[-.02em]',
              name === 'failed' && counts.failed ? 'text-neg' : '',
            )}
            data-count={name}
          >
            {formatNumber(counts[name] ?? 0, lang)}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function ErrorTable({ errors }: { errors: RowError[] }) {
  const { t } = useWords()
  if (!errors.length) return null
  return (
    <ul className="mt-3 rounded-xl border border-line text-sm">
      {errors.slice(0, 20).map(error => (
        <li key={error.row} className="flex gap-3 border-line px-4 py-2 not-first:border-t">
          <span className="num w-16 flex-none text-ink-3">
            {t('rowNumber')} {error.row}
          </span>
          <span className="min-w-0 flex-1">
            <span className="block text-neg">
              {error.reasons.map(r => `${r.field} ${r.message}`.trim()).join('; ')}
            </span>
            <span className="block truncate text-ink-3">{error.cells.join(' · ')}</span>
          </span>
        </li>
      ))}
    </ul>
  )
}

function Result({ it, object }: { it: Import; object: ObjectDef }) {
  const { t, label } = useWords()
  const client = useQueryClient()
  const act = useMutation({
    mutationFn: (verb: 'cancel' | 'undo') => api<Import>('POST', `/imports/${it.id}/${verb}`),
    onSuccess: () => {
      client.invalidateQueries({ queryKey: ['import', it.id] })
      client.invalidateQueries({ queryKey: ['rows'] })
    },
    onError: error => toast.error(messageOf(error, t('offline'))),
  })
  const running = it.state === 'running'
  const title = {
    done: 'importDone',
    failed: 'importFailed',
    cancelled: 'importCancelled',
    undone: 'importUndone',
    running: 'importBusy',
  }[it.state] as TextKey
  return (
    <>
      <h2 className="mb-3 font-semibold" role="status">
        {t(title)}
      </h2>
      {running && (
        <div className="mb-4 h-1 overflow-hidden rounded-full bg-press" role="progressbar" aria-label={t('importBusy')}>
          <i className="sk block h-full w-1/2 !bg-accent" />
        </div>
      )}
      <CountTiles counts={it.counts} />
      <div className="mt-5 flex flex-wrap gap-2">
        {running && (
          <Button onClick={() => act.mutate('cancel')} disabled={act.isPending}>
            {t('cancel')}
          </Button>
        )}
        {!running && (
          <Link
            to={`/o/${object.name}`}
            className="inline-flex h-8 items-center rounded-lg bg-solid px-2.5 text-sm font-medium text-on-solid shadow-1"
          >
            {label(object.plural)}
          </Link>
        )}
        {!running && !!it.counts.failed && (
          <a
            href={`/api/imports/${it.id}/errors`}
            className="inline-flex h-8 items-center rounded-lg border border-line-2 px-2.5 text-sm font-medium shadow-1 hover:bg-hover"
          >
            {t('downloadErrors')}
          </a>
        )}
        {['done', 'cancelled', 'failed'].includes(it.state) && (
          <Button icon={<RotateCcw size={14} />} onClick={() => act.mutate('undo')} disabled={act.isPending}>
            {t('undoImport')}
          </Button>
        )}
      </div>
    </>
  )
}
