import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { Copy, Merge, Split } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { isEmpty, Value } from '../../fields/value'
import { api, ProblemError } from '../../platform/api'
import { formatNumber } from '../../platform/format'
import { useObjects } from '../../platform/meta'
import type { FieldDef, ObjectDef, RecordItem } from '../../platform/types'
import { Face } from '../../ui/face'
import { Button, Notice, Waiting } from '../../ui/kit'
import { toast } from '../../ui/toast'
import { TopBar } from '../../ui/topBar'
import { ScanBar, useScan } from '../batches/scanBar'
import { LoadFailure } from '../loadFailure'
import { percent, type Reason, Reasons } from './reasons'
import { useDuplicateWords } from './words'

const MergeForm = lazy(() => import('../batches/mergeForm'))

interface Pair {
  a: { id: string; name: string | null }
  b: { id: string; name: string | null }
  probability: number
  reasons: Reason[]
}

interface Queue {
  items: Pair[]
  next: string | null
  count: number
}

const matched = (object: ObjectDef) => !!object.matching?.enabled

/** Pairs of records that may mean the same, likeliest first, to be merged or told apart. */
export function DuplicatesPage() {
  const { d } = useDuplicateWords()
  const objects = [...(useObjects().data?.values() ?? [])].filter(matched)
  const [params] = useSearchParams()
  const object = objects.find(o => o.name === (params.get('object') ?? 'contact')) ?? objects[0]
  return (
    <>
      <TopBar
        icon={<Copy size={16} />}
        title={d('duplicates')}
        right={object && <Scan key={object.name} objects={objects} object={object} />}
      />
      {object && <PairList key={object.name} object={object} />}
    </>
  )
}

function Scan({ objects, object }: { objects: ObjectDef[]; object: ObjectDef }) {
  const { d, lang } = useDuplicateWords()
  const scan = useScan(
    `/duplicates/${object.name}/scan`,
    ({ records = 0, pairs = 0 }) =>
      toast(d('scanned', { records: formatNumber(records, lang), pairs: formatNumber(pairs, lang) })),
    d('failed'),
  )
  const action = scan.running ? d('scanning', { n: formatNumber(scan.done, lang) }) : d('scan')
  return <ScanBar title={d('duplicates')} action={action} objects={objects} object={object} scan={scan} />
}

function PairList({ object }: { object: ObjectDef }) {
  const { d, lang } = useDuplicateWords()
  const query = useInfiniteQuery({
    queryKey: ['duplicates', object.name],
    initialPageParam: '',
    queryFn: ({ pageParam }) =>
      api<Queue>('GET', `/duplicates/${object.name}${pageParam ? `?after=${encodeURIComponent(pageParam)}` : ''}`),
    getNextPageParam: page => page.next ?? undefined,
  })
  const pairs = query.data?.pages.flatMap(page => page.items) ?? []
  const count = query.data?.pages[0]?.count ?? 0
  if (query.isPending) return <Waiting />
  if (query.isError) return <LoadFailure />
  if (query.isSuccess && !pairs.length) return <Notice icon={<Copy size={18} />} text={d('none')} />
  return (
    <div className="min-h-0 flex-1 overflow-y-auto bg-canvas p-4 max-md:p-2">
      <p className="mb-3 text-sm text-ink-3" aria-live="polite">
        {query.isSuccess && d('open', { n: formatNumber(count, lang) + (count >= 10_000 ? '+' : '') })}
      </p>
      <ul className="mx-auto flex max-w-4xl flex-col gap-3">
        {pairs.map(pair => (
          <PairCard key={pair.a.id + pair.b.id} object={object} pair={pair} />
        ))}
      </ul>
      {query.hasNextPage && (
        <div className="p-4 text-center">
          <Button onClick={() => query.fetchNextPage()}>{d('more')}</Button>
        </div>
      )}
    </div>
  )
}

function PairCard({ object, pair }: { object: ObjectDef; pair: Pair }) {
  const { d, label, lang } = useDuplicateWords()
  const client = useQueryClient()
  const [merging, setMerging] = useState(false)
  const refresh = () => client.invalidateQueries({ queryKey: ['duplicates', object.name] })
  const records = useQuery({
    queryKey: ['record-pair', object.name, pair.a.id, pair.b.id],
    queryFn: () =>
      Promise.all([pair.a, pair.b].map(one => api<RecordItem>('GET', `/records/${object.name}/${one.id}`))),
    staleTime: 30_000,
  }).data
  const apart = async (open: boolean) => {
    try {
      await api('POST', `/duplicates/${object.name}/dismiss`, { body: { a: pair.a.id, b: pair.b.id, open } })
      refresh()
      if (!open) toast(d('apartDone'), { action: { label: d('undo'), onClick: () => apart(true) } })
    } catch (error) {
      toast.error(error instanceof ProblemError ? error.message : d('failed'))
    }
  }
  const shown = object.layouts.form
    .flatMap(section => section.fields)
    .map(name => object.fields.find(f => f.name === name))
    .filter((field): field is FieldDef => !!field && field.name !== object.nameField)
    .filter(field => records?.some(record => !isEmpty(record[field.name])))
    .slice(0, 8)
  return (
    <li className="overflow-hidden rounded-xl border border-line bg-surface shadow-1">
      <header className="flex flex-wrap items-center gap-3 border-b border-line px-4 py-2.5">
        <span className="num font-semibold">{d('likely', { p: percent(pair.probability, lang) })}</span>
        <Reasons reasons={pair.reasons} />
        <span className="ml-auto flex gap-2">
          <Button size="sm" icon={<Split size={13} />} onClick={() => apart(false)}>
            {d('apart')}
          </Button>
          <Button size="sm" kind="solid" icon={<Merge size={13} />} onClick={() => setMerging(true)}>
            {d('merge')}
          </Button>
        </span>
      </header>
      <div className="overflow-x-auto">
        <table className="w-full min-w-[520px] table-fixed text-sm [&_.text-right]:!text-left">
          <thead>
            <tr className="border-b border-line">
              <td className="w-32" />
              {[pair.a, pair.b].map(one => (
                <th key={one.id} scope="col" className="px-3 py-2 text-left">
                  <Link to={`/o/${object.name}/${one.id}`} className="flex items-center gap-2 hover:underline">
                    <Face name={one.name ?? '—'} size={20} />
                    <span className="truncate">{one.name ?? '—'}</span>
                  </Link>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map(field => (
              <tr key={field.name} className="border-b border-line last:border-0">
                <th scope="row" className="truncate px-4 py-1.5 text-left text-xs font-normal text-ink-3">
                  {label(field.labels)}
                </th>
                {records?.map(record => (
                  <td key={record.id} className="px-3 py-1.5">
                    <span className="flex min-w-0">
                      <Value field={field} value={record[field.name]} />
                    </span>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {merging && (
        <Suspense>
          <MergeForm
            object={object}
            ids={[pair.a.id, pair.b.id]}
            onClose={() => setMerging(false)}
            onMerged={() => {
              setMerging(false)
              refresh()
            }}
          />
        </Suspense>
      )}
    </li>
  )
}
