import { dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import clsx from 'clsx'
import { Plus, SquareKanban } from 'lucide-react'
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import { toWire } from '../../fields/wire'
import { api, type Problem, ProblemError } from '../../platform/api'
import { formatNumber } from '../../platform/format'
import { useWords } from '../../platform/i18n'
import { shortMoney } from '../../platform/shortMoney'
import type { FieldDef, Filter, ObjectDef, Page, RecordItem } from '../../platform/types'
import { Button, Notice, Skeleton } from '../../ui/kit'
import { toast } from '../../ui/toast'
import { both } from '../analysis/analysis'
import type { ListState } from '../listState'
import { Card, type CardShape, Dot, fieldsOf, shapeOf } from './card'
import { type BoardColumn, boardField, useColumns } from './columns'
import { useBoardWords } from './words'

const CreateForm = lazy(() => import('../createForm'))
const NeededDialog = lazy(async () => ({ default: (await import('./neededDialog')).NeededDialog }))
const PAGE = 25

interface Sums {
  count: number
  money: { currency: string; amount: number }[]
  weighted: { currency: string; amount: number }[]
}

/** Records as cards in the columns of one field: moving a card sets the field. */
export default function Board({ object, state }: { object: ObjectDef; state: ListState }) {
  const { b } = useBoardWords()
  const field = boardField(object, state.layout)
  const { columns, parent, isPending } = useColumns(object, field, state.layout)
  const within = field?.within
  const scope = useMemo(() => {
    if (!within || !parent) return state.filter
    return both(state.filter, [{ field: within, op: 'eq', value: parent.id }])
  }, [state.filter, within, parent])
  const shape = useMemo(() => shapeOf(object), [object])
  const sums = useSums(object, field, scope, state.q, shape, !isPending)
  const { move, needed, setNeeded, save } = useMove(object, field)
  const [adding, setAdding] = useState<BoardColumn>()
  if (!field || (!isPending && !columns.length))
    return <Notice icon={<SquareKanban size={18} />} text={b('noColumns')} />
  if (isPending)
    return (
      <div className="flex gap-4 p-6" aria-busy>
        <Skeleton width={260} height={300} />
        <Skeleton width={260} height={220} />
      </div>
    )
  return (
    <div className="flex min-h-0 flex-1 gap-2.5 overflow-x-auto bg-surface px-3 py-3">
      {columns.map(column => (
        <ColumnView
          key={column.key}
          object={object}
          field={field}
          column={column}
          columns={columns}
          scope={scope}
          q={state.q}
          shape={shape}
          sums={sums?.get(column.key)}
          onMove={move}
          onAdd={() => setAdding(column)}
        />
      ))}
      {needed && (
        <Suspense>
          <NeededDialog
            object={object}
            item={needed.item}
            column={needed.to.label}
            problem={needed.problem}
            onSave={values => save(needed.item, needed.to, values)}
            onClose={() => setNeeded(undefined)}
          />
        </Suspense>
      )}
      {adding && (
        <Suspense>
          <CreateForm
            object={object}
            given={{ [field.name]: adding.value, ...(within && parent && { [within]: parent }) }}
            onClose={() => setAdding(undefined)}
          />
        </Suspense>
      )}
    </div>
  )
}

/** Counts and sums of every column in one question. */
function useSums(
  object: ObjectDef,
  field: FieldDef | undefined,
  filter: Filter | undefined,
  q: string,
  shape: CardShape,
  enabled: boolean,
) {
  const has = (name: string) => object.fields.some(f => f.name === name && f.type === 'money')
  const money = has('value') ? 'value' : shape.money?.name
  const weighted = has('weighted') ? 'weighted' : undefined
  const body = {
    ...(filter && { filter }),
    ...(q && { q }),
    groupBy: [{ field: field?.name }, ...(money ? [{ field: `${money}.currency` }] : [])],
    measures: [
      { fn: 'count' },
      ...(money ? [{ fn: 'sum', field: money }] : []),
      ...(weighted ? [{ fn: 'sum', field: weighted }] : []),
    ],
    limit: 1000,
  }
  const query = useQuery({
    queryKey: ['rows', object.name, 'sums', JSON.stringify(body)],
    enabled: enabled && !!field,
    queryFn: () => api<{ groups: Record<string, unknown>[] }>('POST', `/records/${object.name}/aggregate`, { body }),
    staleTime: 15_000,
  })
  return useMemo(() => {
    if (!query.data || !field) return undefined
    const sums = new Map<string, Sums>()
    for (const group of query.data.groups) {
      const key = group[field.name]
      const id = key && typeof key === 'object' ? (key as { id: string }).id : String(key ?? '')
      const sum = sums.get(id) ?? { count: 0, money: [], weighted: [] }
      sum.count += Number(group.count)
      add(sum.money, group[`sum(${money})`])
      add(sum.weighted, group[`sum(${weighted})`])
      sums.set(id, sum)
    }
    return sums
  }, [query.data, field, money, weighted])
}

function add(list: { currency: string; amount: number }[], value: unknown) {
  if (!value || typeof value !== 'object') return
  const { amount, currency } = value as { amount: string; currency: string }
  list.push({ currency, amount: Number(amount) })
}

interface Needed {
  item: RecordItem
  to: BoardColumn
  problem: Problem
}

/** Moves cards: at once on the screen, then on the server, which may ask for more or say no. */
function useMove(object: ObjectDef, field: FieldDef | undefined) {
  const client = useQueryClient()
  const { b } = useBoardWords()
  const [needed, setNeeded] = useState<Needed>()
  const refresh = () => {
    client.invalidateQueries({ queryKey: ['rows', object.name] })
  }
  const patch = async (item: RecordItem, to: BoardColumn, values: Record<string, unknown> = {}) => {
    if (!field) return
    const before = item[field.name]
    const changed = await api<RecordItem>('PATCH', `/records/${object.name}/${item.id}`, {
      version: item.version,
      body: { ...values, [field.name]: toWire(field.type, to.value) },
    })
    client.setQueryData(['record', object.name, item.id], changed)
    refresh()
    const back = async () => {
      try {
        await api('PATCH', `/records/${object.name}/${item.id}`, {
          version: changed.version,
          body: { [field.name]: toWire(field.type, before ?? null) },
        })
      } catch (error) {
        toast.error(error instanceof Error ? error.message : b('failed'))
      }
      refresh()
    }
    toast(b('moved', { column: to.label }), { action: { label: b('undo'), onClick: back } })
  }
  const move = async (item: RecordItem, to: BoardColumn) => {
    place(item, to)
    try {
      await patch(item, to)
    } catch (error) {
      refresh()
      if (!(error instanceof ProblemError)) throw error
      const asks = error.problem.violations?.some(v => object.fields.some(f => f.name === v.field && f !== field))
      if (asks) setNeeded({ item, to, problem: error.problem })
      else toast.error(error.message)
    }
  }
  /** Puts the card into its new column on the screen. */
  const place = (item: RecordItem, to: BoardColumn) => {
    for (const [key, data] of client.getQueriesData<{ pages: Page[]; pageParams: unknown[] }>({
      queryKey: ['rows', object.name, 'column'],
    })) {
      if (!data?.pages) continue
      const here = key[3] === to.key
      const pages = data.pages.map((page, i) => {
        const items = page.items.filter(other => other.id !== item.id)
        return { ...page, items: here && i === 0 && field ? [{ ...item, [field.name]: to.value }, ...items] : items }
      })
      client.setQueryData(key, { ...data, pages })
    }
  }
  const save = async (item: RecordItem, to: BoardColumn, values: Record<string, unknown>) => {
    await patch(item, to, values)
    setNeeded(undefined)
  }
  return { move, needed, setNeeded, save }
}

interface ColumnProps {
  object: ObjectDef
  field: FieldDef
  column: BoardColumn
  columns: BoardColumn[]
  scope: Filter | undefined
  q: string
  shape: CardShape
  sums: Sums | undefined
  onMove: (item: RecordItem, to: BoardColumn) => void
  onAdd: () => void
}

function ColumnView({ object, field, column, columns, scope, q, shape, sums, onMove, onAdd }: ColumnProps) {
  const { lang } = useWords()
  const { b } = useBoardWords()
  const box = useRef<HTMLElement>(null)
  const [over, setOver] = useState(false)
  const latest = useRef(onMove)
  latest.current = onMove
  useEffect(() => {
    if (!box.current) return
    return dropTargetForElements({
      element: box.current,
      canDrop: ({ source }) => source.data.from !== column.key,
      onDragEnter: () => setOver(true),
      onDragLeave: () => setOver(false),
      onDrop: ({ source }) => {
        setOver(false)
        latest.current(source.data.item as RecordItem, column)
      },
    })
  }, [column])
  const body = {
    fields: [...new Set([...fieldsOf(shape), field.name])],
    filter: both(scope, [{ field: field.name, op: 'eq', value: column.key }]),
    ...(q && { q }),
    sort: '-updatedAt',
    limit: PAGE,
  }
  const cards = useInfiniteQuery({
    queryKey: ['rows', object.name, 'column', column.key, JSON.stringify(body)],
    queryFn: ({ pageParam }) =>
      api<Page>('POST', `/records/${object.name}/query`, { body: { ...body, ...(pageParam && { after: pageParam }) } }),
    initialPageParam: '',
    getNextPageParam: page => page.next ?? undefined,
    staleTime: 15_000,
  })
  const items = cards.data?.pages.flatMap(page => page.items) ?? []
  const money = (list: Sums['money']) => list.map(one => shortMoney(one.amount, one.currency, lang)).join(' + ')
  return (
    <section
      ref={box}
      aria-label={column.label}
      className={clsx(
        'flex w-[276px] flex-none flex-col rounded-2xl bg-sunken max-md:w-[86vw]',
        over && 'ring-2 ring-accent-line ring-inset',
      )}
    >
      <header className="px-3 pt-2.5 pb-2" title={column.guidance}>
        <div className="flex items-center gap-2">
          <Dot color={column.color} />
          <h2 className="min-w-0 truncate text-sm font-semibold">{column.label}</h2>
          <span className="num rounded-md bg-press px-1.5 text-xs text-ink-2">
            {formatNumber(sums?.count ?? items.length, lang)}
          </span>
          {object.operations.includes('create') && (
            <Button
              kind="ghost"
              size="sm"
              className="ml-auto"
              aria-label={b('add', { column: column.label })}
              icon={<Plus size={14} />}
              onClick={onAdd}
            />
          )}
        </div>
        {sums && sums.money.length > 0 && (
          <div className="num mt-0.5 truncate text-xs text-ink-3">
            <span className="font-semibold text-ink-2">{money(sums.money)}</span>
            {sums.weighted.some(one => one.amount > 0) && (
              <>
                {' · '}
                {b('weighted')} {money(sums.weighted)}
              </>
            )}
          </div>
        )}
      </header>
      <div
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a column scrolls by the keyboard too
        tabIndex={0}
        role="group"
        aria-label={column.label}
        className="flex min-h-0 flex-1 flex-col gap-2 overflow-y-auto px-2 pb-2"
      >
        {cards.isPending && <Skeleton width="100%" height={92} />}
        {items.map(item => (
          <Card
            key={item.id}
            object={object}
            item={item}
            shape={shape}
            column={column}
            columns={columns}
            onMove={onMove}
          />
        ))}
        {!cards.isPending && !items.length && <p className="py-6 text-center text-xs text-ink-3">{b('noCards')}</p>}
        {cards.hasNextPage && (
          <Button kind="ghost" size="sm" className="self-center" onClick={() => cards.fetchNextPage()}>
            {b('more')}
          </Button>
        )}
      </div>
    </section>
  )
}
