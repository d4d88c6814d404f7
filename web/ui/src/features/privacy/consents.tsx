import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { toText } from '../../fields/value'
import { api } from '../../platform/api'
import { formatRelative } from '../../platform/format'
import { useDictionary } from '../../platform/i18n'
import { useObject } from '../../platform/meta'
import type { Link, ObjectDef, RecordItem } from '../../platform/types'
import { Button, Tag } from '../../ui/kit'
import { LoadFailure } from '../loadFailure'
import { en, zh } from './words'

const CreateForm = lazy(() => import('../../records/createForm'))

interface Entry {
  id: string
  purpose: string
  channel: string
  state: string
  createdAt: string
  createdBy: Link | null
}

/** What a person agreed to: the newest decision for each purpose and channel. */
export default function Consents({ object, item }: { object: ObjectDef; item: RecordItem }) {
  const { w, lang } = useDictionary(en, zh)
  const definition = useObject('consent')
  const [adding, setAdding] = useState(false)
  const entries = useQuery({
    queryKey: ['rows', 'consent', object.name, item.id],
    enabled: !!definition,
    queryFn: () =>
      api<{ items: Entry[] }>('POST', '/records/consent/query', {
        body: {
          fields: ['purpose', 'channel', 'state', 'createdAt', 'createdBy'],
          filter: { field: object.name, op: 'eq', value: item.id },
          sort: '-createdAt',
          limit: 200,
        },
      }),
  })
  if (!definition) return null
  const newest = new Map<string, Entry>()
  for (const entry of entries.data?.items ?? []) {
    const key = `${entry.purpose} ${entry.channel}`
    if (!newest.has(key)) newest.set(key, entry)
  }
  const choice = (name: string, code: string) =>
    definition.fields.find(f => f.name === name)?.choices?.find(c => c.code === code)
  const nameField = object.fields.find(f => f.name === object.nameField)
  const name = nameField ? toText(nameField, item[nameField.name], lang) : ''
  return (
    <section aria-label={w('consent')} className="border-b border-line px-4 py-3.5">
      <header className="mb-1.5 flex items-center">
        <h3 className="flex-1 text-xs font-semibold text-ink-3">{w('consent')}</h3>
        {definition.operations.includes('create') && (
          <Button
            kind="ghost"
            size="sm"
            aria-label={w('record')}
            icon={<Plus size={14} />}
            onClick={() => setAdding(true)}
          />
        )}
      </header>
      {entries.isError && <LoadFailure />}
      {entries.data && newest.size === 0 && <p className="text-sm text-ink-3">{w('noDecision')}</p>}
      <ul className="flex flex-col gap-2">
        {[...newest.values()].map(entry => {
          const state = choice('state', entry.state)
          return (
            <li key={entry.id} className="text-sm">
              <div className="flex flex-wrap items-center gap-x-2">
                <span className="min-w-0">
                  {choice('purpose', entry.purpose)?.labels[lang]} · {choice('channel', entry.channel)?.labels[lang]}
                </span>
                <Tag color={state?.color}>{state?.labels[lang]}</Tag>
              </div>
              <p className="text-xs text-ink-3">
                {w('by', { when: formatRelative(entry.createdAt, lang), who: entry.createdBy?.name ?? '—' })}
              </p>
            </li>
          )
        })}
      </ul>
      {adding && (
        <Suspense>
          <CreateForm
            object={definition}
            given={{ [object.name]: { id: item.id, name }, purpose: 'marketing', channel: 'any', state: 'granted' }}
            onClose={() => setAdding(false)}
            onCreated={() => entries.refetch()}
          />
        </Suspense>
      )}
    </section>
  )
}
