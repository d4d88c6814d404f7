import { Download, Merge, Pencil, Tag as TagIcon, Trash2, UserRoundPlus, X } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { api } from '../platform/api'
import { formatNumber } from '../platform/format'
import { useWords } from '../platform/i18n'
import type { ObjectDef } from '../platform/types'
import { toast } from '../ui/toast'
import { exportRecords } from './exportRecords'
import type { ListState } from './listState'

interface SelectionProps {
  object: ObjectDef
  selected: Set<string>
  total: number
  exact: boolean
  state: ListState
  onClear: () => void
  refetch: () => void
}

const BulkEdit = lazy(() => import('../features/batches/bulkEdit'))
const MergeForm = lazy(() => import('../features/batches/mergeForm'))
const barButton =
  'flex h-8 items-center gap-2 rounded-xl px-2.5 whitespace-nowrap hover:bg-white/12 aria-pressed:bg-white/20 max-md:h-11'

/** What can be done with the chosen records, or with all that the list shows. */
export default function SelectionBar({ object, selected, total, exact, state, onClear, refetch }: SelectionProps) {
  const { t, lang } = useWords()
  const [all, setAll] = useState(false)
  const [editing, setEditing] = useState<{ field?: string }>()
  const [merging, setMerging] = useState(false)
  const count = all ? total : selected.size
  const where = all
    ? { ...(state.filter && { filter: state.filter }), ...(state.q && { q: state.q }) }
    : { filter: { field: 'id', op: 'in', value: [...selected] } }
  const can = (operation: string) => object.operations.includes(operation)
  const writable = (name: string) => object.fields.some(field => field.name === name && field.writable)
  const exportThem = () => exportRecords({ object, fields: state.columns, sort: state.sort, where, format: 'xlsx', t })
  const removeAll = async () => {
    try {
      const answer = await api<{ batch: string }>('POST', `/records/${object.name}/bulk`, {
        body: { where, delete: true },
      })
      onClear()
      setTimeout(refetch, 1500)
      const undo = async () => {
        await api('POST', `/batches/${answer.batch}/undo`)
        setTimeout(refetch, 1500)
      }
      toast(t('confirmDelete'), { action: { label: t('undo'), onClick: undo } })
    } catch (error) {
      toast.error(error instanceof Error ? error.message : t('offline'))
    }
  }
  const remove = async () => {
    if (all) return removeAll()
    try {
      const answer = await api<{ batch: string; delete: { status: number }[] }>(
        'POST',
        `/records/${object.name}/bulk`,
        {
          body: { delete: [...selected] },
        },
      )
      onClear()
      refetch()
      const undo = async () => {
        await api('POST', `/batches/${answer.batch}/undo`)
        setTimeout(refetch, 1200)
      }
      const refused = answer.delete.filter(item => item.status >= 400).length
      if (refused) toast.error(t('notDeleted', { n: refused }))
      if (refused < answer.delete.length) toast(t('confirmDelete'), { action: { label: t('undo'), onClick: undo } })
    } catch (error) {
      toast.error(error instanceof Error ? error.message : t('offline'))
    }
  }
  return (
    <div
      role="toolbar"
      aria-label={t('moreActions')}
      className="fixed bottom-14 left-1/2 z-40 flex -translate-x-1/2 items-center gap-1 rounded-2xl bg-[#16191f] p-1.5 text-sm font-medium text-white shadow-4 ring-1 ring-white/10 pop md:left-[calc(50%+114px)]"
    >
      <span className="num flex h-8 items-center gap-2 rounded-xl bg-white/10 pr-1.5 pl-3 whitespace-nowrap">
        {t('selectedCount', {
          n: exact || !all ? formatNumber(count, lang) : t('about', { n: formatNumber(count, lang) }),
        })}
        <button
          type="button"
          aria-label={t('clear')}
          onClick={onClear}
          className="grid size-5 place-items-center rounded-md hover:bg-white/15"
        >
          <X size={13} />
        </button>
      </span>
      {can('mass') && total > selected.size && (
        <button type="button" aria-pressed={all} onClick={() => setAll(v => !v)} className={barButton}>
          {t('allMatching', { n: exact ? formatNumber(total, lang) : t('about', { n: formatNumber(total, lang) }) })}
        </button>
      )}
      {can('mass') && can('update') && (
        <button type="button" onClick={() => setEditing({})} className={barButton}>
          <Pencil size={15} />
          {t('edit')}
        </button>
      )}
      {can('mass') && can('update') && writable('owner') && (
        <button type="button" onClick={() => setEditing({ field: 'owner' })} className={barButton}>
          <UserRoundPlus size={15} />
          {t('assign')}
        </button>
      )}
      {can('mass') && can('update') && writable('tags') && (
        <button type="button" onClick={() => setEditing({ field: 'tags' })} className={barButton}>
          <TagIcon size={15} />
          {t('tag')}
        </button>
      )}
      {can('update') && can('delete') && !all && selected.size > 1 && selected.size <= 20 && (
        <button type="button" onClick={() => setMerging(true)} className={barButton}>
          <Merge size={15} />
          {t('merge')}
        </button>
      )}
      {can('export') && (
        <button type="button" onClick={exportThem} className={barButton}>
          <Download size={15} />
          {t('export')}
        </button>
      )}
      {can('delete') && (
        <button type="button" onClick={remove} className={barButton}>
          <Trash2 size={15} className="text-[#ff8f98]" />
          {t('delete')}
        </button>
      )}
      <Suspense>
        {editing && (
          <BulkEdit
            object={object}
            where={where}
            count={count}
            only={editing.field}
            onClose={() => setEditing(undefined)}
            onDone={() => {
              onClear()
              refetch()
            }}
          />
        )}
        {merging && (
          <MergeForm
            object={object}
            ids={[...selected]}
            onClose={() => setMerging(false)}
            onMerged={() => {
              onClear()
              refetch()
            }}
          />
        )}
      </Suspense>
    </div>
  )
}
