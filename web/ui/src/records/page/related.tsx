import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { Link } from 'react-router'
import { recordName } from '../../fields/recordName'
import { Value } from '../../fields/value'
import { api } from '../../platform/api'
import { useWords } from '../../platform/i18n'
import { useObjects } from '../../platform/meta'
import type { ObjectDef, Page, RecordItem } from '../../platform/types'
import { ObjectIcon } from '../../ui/icon'
import { Button } from '../../ui/kit'

const CreateForm = lazy(() => import('../createForm'))

/** The records that look this one up by the field at the end of `path`. */
export function RelatedList({ path, item, parent }: { path: string; item: RecordItem; parent: ObjectDef }) {
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
  const name = recordName(parent, item, lang)
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
