import clsx from 'clsx'
import { Check } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useSearchParams } from 'react-router'
import { toWire } from '../../fields/wire'
import { api, type Problem, ProblemError } from '../../platform/api'
import type { FieldDef, Link, ObjectDef, RecordItem } from '../../platform/types'
import { toast } from '../../ui/toast'
import { type BoardColumn, useColumns } from '../board/columns'
import { useRefreshRecord } from '../changes'

const NeededDialog = lazy(async () => ({ default: (await import('../board/neededDialog')).NeededDialog }))

const MOST_STEPS = 9

/** Steps that an act of the record's page takes, which asks for what it needs. */
const ACTS: Record<string, string> = { 'lead.converted': 'convert' }

/** The field whose values are steps on a way: a stage within a pipeline, else a status that people set. */
function pathField(object: ObjectDef): FieldDef | undefined {
  const held = object.fields.find(f => f.type === 'lookup' && f.within)
  const status = object.fields.find(
    f => f.name === 'status' && f.type === 'choice' && f.writable && (f.choices?.length ?? 0) <= MOST_STEPS,
  )
  return held ?? (object.group === 'sales' ? status : undefined)
}

/** Where the record is on its way, and the steps before and behind it; a click goes there. */
export function PathBar({ object, item }: { object: ObjectDef; item: RecordItem }) {
  const field = pathField(object)
  const parent = field?.within ? (item[field.within] as Link | null)?.id : undefined
  const { columns } = useColumns(object, field, { kind: 'board', parent })
  if (!field || columns.length < 2 || (field.within && !parent)) return null
  return <Steps object={object} item={item} field={field} columns={columns} />
}

interface Props {
  object: ObjectDef
  item: RecordItem
  field: FieldDef
  columns: BoardColumn[]
}

function Steps({ object, item, field, columns }: Props) {
  const refresh = useRefreshRecord(object.name)
  const [, setParams] = useSearchParams()
  const [needed, setNeeded] = useState<{ to: BoardColumn; problem: Problem }>()
  const value = item[field.name]
  const key = value && typeof value === 'object' ? (value as Link).id : String(value ?? '')
  const at = columns.findIndex(column => column.key === key)
  const here = columns[at]
  const editable = object.operations.includes('update') && field.writable
  const patch = async (to: BoardColumn, values: Record<string, unknown> = {}) => {
    await api('PATCH', `/records/${object.name}/${item.id}`, {
      version: item.version,
      body: { ...values, [field.name]: toWire(field.type, to.value) },
    })
    refresh(item.id)
  }
  const go = async (to: BoardColumn) => {
    const act = ACTS[`${object.name}.${to.key}`]
    if (act) return setParams({ act }, { replace: true })
    try {
      await patch(to)
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      const asks = error.problem.violations?.some(v => object.fields.some(f => f.name === v.field && f !== field))
      if (asks) setNeeded({ to, problem: error.problem })
      else toast.error(error.message)
    }
  }
  return (
    <section className="mt-4 rounded-xl border border-line p-2 shadow-1" aria-label={here?.label}>
      <ol className="flex gap-1 overflow-x-auto">
        {columns.map((column, i) => (
          <li
            key={column.key}
            className="min-w-24 flex-1"
            // a narrow screen begins where the record is
            ref={i === at ? step => step?.parentElement?.scrollTo({ left: step.offsetLeft - 110 }) : undefined}
          >
            <button
              type="button"
              disabled={!editable || i === at}
              aria-current={i === at ? 'step' : undefined}
              onClick={() => go(column)}
              className="group block w-full rounded-md px-1 pt-1 pb-1.5 text-left enabled:hover:bg-hover max-md:min-h-11"
            >
              <span
                className={clsx('block h-1.5 rounded-full', i !== at && (i < at ? 'opacity-45' : 'bg-sunken'))}
                style={i <= at ? { background: `var(--${here?.color ?? 'indigo'}-d)` } : undefined}
              />
              <span
                className={clsx(
                  'mt-1 flex items-center gap-1 truncate text-xs',
                  i === at ? 'font-semibold text-ink' : 'text-ink-3',
                )}
              >
                {i < at && <Check size={11} aria-hidden />}
                <span className="truncate">{column.label}</span>
              </span>
            </button>
          </li>
        ))}
      </ol>
      {here?.guidance && <p className="px-1.5 pt-1.5 pb-0.5 text-xs text-ink-2">{here.guidance}</p>}
      {needed && (
        <Suspense>
          <NeededDialog
            object={object}
            item={item}
            column={needed.to.label}
            problem={needed.problem}
            onSave={async values => {
              await patch(needed.to, values)
              setNeeded(undefined)
            }}
            onClose={() => setNeeded(undefined)}
          />
        </Suspense>
      )}
    </section>
  )
}
