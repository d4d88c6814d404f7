import { useQuery, useQueryClient } from '@tanstack/react-query'
import { RotateCcw, Trash2 } from 'lucide-react'
import { useSearchParams } from 'react-router'
import { toText } from '../fields/value'
import { api } from '../platform/api'
import { formatRelative } from '../platform/format'
import { useWords } from '../platform/i18n'
import { useObjects } from '../platform/meta'
import type { ObjectDef, Page, RecordItem } from '../platform/types'
import { Face } from '../ui/face'
import { Button, box, Notice, Waiting } from '../ui/kit'
import { toast } from '../ui/toast'
import { TopBar } from '../ui/topBar'
import { LoadFailure } from './loadFailure'

/** What was deleted, by object, and the way back. */
export function RecycleBinPage() {
  const { t, label } = useWords()
  const objects = useObjects().data
  const [params, setParams] = useSearchParams()
  const list = [...(objects?.values() ?? [])].filter(o => o.operations.includes('delete') && o.name !== 'user')
  const object = objects?.get(params.get('object') ?? 'contact')
  return (
    <>
      <TopBar
        icon={<Trash2 size={16} />}
        title={t('recycleBin')}
        right={
          <select
            aria-label={t('records')}
            className={`${box} !w-44`}
            value={object?.name ?? ''}
            onChange={e => setParams({ object: e.target.value })}
          >
            {list.map(o => (
              <option key={o.name} value={o.name}>
                {label(o.plural)}
              </option>
            ))}
          </select>
        }
      />
      {object && <DeletedRecords key={object.name} object={object} />}
    </>
  )
}

function DeletedRecords({ object }: { object: ObjectDef }) {
  const { t, lang } = useWords()
  const client = useQueryClient()
  const query = useQuery({
    queryKey: ['rows', object.name, 'deleted'],
    queryFn: () =>
      api<Page>('POST', `/records/${object.name}/query`, {
        body: { fields: [object.nameField, 'updatedAt'], deleted: true, sort: '-updatedAt', limit: 200 },
      }),
  })
  const restore = async (item: RecordItem) => {
    try {
      await api('POST', `/records/${object.name}/${item.id}/restore`)
      toast(t('restored'))
    } catch (error) {
      toast.error(error instanceof Error ? error.message : t('offline'))
    }
    client.invalidateQueries({ queryKey: ['rows', object.name] })
  }
  const nameField = object.fields.find(f => f.name === object.nameField)
  const items = query.data?.items ?? []
  if (query.isPending) return <Waiting />
  if (query.isError) return <LoadFailure />
  if (!items.length) return <Notice icon={<Trash2 size={18} />} text={t('emptyBin')} />
  return (
    <ul className="min-h-0 flex-1 overflow-y-auto">
      {items.map(item => {
        const name = nameField ? toText(nameField, item[nameField.name], lang) : item.id
        return (
          <li key={item.id} className="flex min-h-12 items-center gap-3 border-b border-line px-4">
            <Face name={name} size={24} square={nameField?.type !== 'personName'} />
            <span className="min-w-0 flex-1 truncate font-medium">{name || '—'}</span>
            <span className="num text-xs text-ink-3">
              {item.updatedAt ? formatRelative(String(item.updatedAt), lang) : ''}
            </span>
            <Button
              size="sm"
              icon={<RotateCcw size={13} />}
              aria-label={`${t('restore')} ${name}`}
              onClick={() => restore(item)}
            >
              {t('restore')}
            </Button>
          </li>
        )
      })}
    </ul>
  )
}
