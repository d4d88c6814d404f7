import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { recordName } from '../fields/recordName'
import { mayWait, toWire } from '../fields/wire'
import { api, ProblemError } from '../platform/api'
import { useWords } from '../platform/i18n'
import { isOffline } from '../platform/keeping'
import { forgetFiles, withFilesSent } from '../platform/localFiles'
import { useObject } from '../platform/meta'
import { enqueue } from '../platform/outbox'
import { rememberWrite } from '../platform/ownWrites'
import type { FieldDef, FieldValue, Page, RecordItem } from '../platform/types'
import { toast } from '../ui/toast'
import { showConflict } from './conflict'

/** Writes values into every cached copy of a record, as if the server had answered already. */
export function writeToCache(client: QueryClient, object: string, id: string, values: Partial<RecordItem>) {
  const merge = (item: RecordItem): RecordItem => (item.id === id ? ({ ...item, ...values } as RecordItem) : item)
  client.setQueriesData<Page>({ queryKey: ['rows', object] }, page =>
    page?.items.some(item => item.id === id) ? { ...page, items: page.items.map(merge) } : page,
  )
  client.setQueryData<RecordItem>(['record', object, id], item => (item ? merge(item) : item))
}

/**
 * Changes one field at once, tells the server, offers to undo, and takes it back if the server refuses.
 *
 * @param onRefused tells where the value was written why it was not taken; without it a passing message does
 */
export function useChangeField(object: string, onRefused?: (item: RecordItem, field: FieldDef, why: string) => void) {
  const client = useQueryClient()
  const { t, label, lang } = useWords()
  const definition = useObject(object)
  const nameOf = (item: RecordItem) => (definition ? recordName(definition, item, lang) : '')

  /** Somebody else changed the record: what they left alone is written again; about the same field the user decides. */
  const meet = async (item: RecordItem, field: FieldDef, value: FieldValue, undoable: boolean) => {
    const theirs = await api<RecordItem>('GET', `/records/${object}/${item.id}`).catch(() => undefined)
    if (!theirs) return false
    writeToCache(client, object, item.id, onlyKnown(theirs, item))
    client.setQueryData(['record', object, item.id], theirs)
    const mine = () => change(theirs, field, value, undoable)
    const same = (a: FieldValue, b: FieldValue) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)
    const before = item[field.name]
    if (same(theirs[field.name], before)) await mine()
    else if (!same(theirs[field.name], value))
      showConflict({ object, field, before, mine: value, theirs, overwrite: mine })
    return true
  }

  const change = async (item: RecordItem, field: FieldDef, value: FieldValue, undoable = true) => {
    const before = item[field.name]
    const body = { [field.name]: toWire(field.type, value) }
    writeToCache(client, object, item.id, { [field.name]: value })
    try {
      const changed = await api<RecordItem>('PATCH', `/records/${object}/${item.id}`, {
        version: item.version,
        body: await withFilesSent(body),
      })
      forgetFiles(body)
      rememberWrite(item.id, changed.version)
      if (changed.version === undefined) {
        // what was changed has taken the record out of sight, as giving it away does
        client.invalidateQueries({ queryKey: ['rows', object] })
        client.invalidateQueries({ queryKey: ['record', object, item.id] })
        toast(t('outOfSight'))
        return
      }
      writeToCache(client, object, item.id, onlyKnown(changed, item))
      client.setQueryData(['record', object, item.id], changed)
      client.invalidateQueries({ queryKey: ['history', object, item.id] })
      const undo = () => change({ ...item, ...changed } as RecordItem, field, before, false)
      if (undoable) toast(t('saved'), { action: { label: t('undo'), onClick: undo } })
    } catch (error) {
      if (error instanceof ProblemError && error.problem.status === 412 && (await meet(item, field, value, undoable)))
        return
      if (isOffline(error) && mayWait([field], body)) {
        // the value stays on the screen and is sent when there is a network
        await enqueue({
          method: 'PATCH',
          path: `/records/${object}/${item.id}`,
          version: item.version,
          body,
          object,
          record: item.id,
          title: [nameOf(item), label(field.labels)].filter(Boolean).join(' · '),
        })
        toast(t('keptOffline'))
        return
      }
      writeToCache(client, object, item.id, { [field.name]: before })
      const why = error instanceof Error ? error.message : t('offline')
      if (onRefused) onRefused(item, field, why)
      else toast.error(why)
      client.invalidateQueries({ queryKey: ['record', object, item.id] })
    }
  }
  return change
}

/** Fields that the list shows, from the server's full answer. */
function onlyKnown(changed: RecordItem, item: RecordItem): Partial<RecordItem> {
  const known: Partial<RecordItem> = { version: changed.version }
  for (const name of Object.keys(item)) if (name in changed) known[name] = changed[name]
  return known
}

/** Reads a record and everything that shows it again. */
export function useRefreshRecord(object: string) {
  const client = useQueryClient()
  return (id: string) => {
    client.invalidateQueries({ queryKey: ['record', object, id] })
    client.invalidateQueries({ queryKey: ['history', object, id] })
    client.invalidateQueries({ queryKey: ['rows'] })
  }
}

/** Moves a record to the recycle bin, with the way back at hand. */
export function useDeleteRecord(object: string) {
  const client = useQueryClient()
  const { t } = useWords()
  const refresh = () => client.invalidateQueries({ queryKey: ['rows', object] })
  return async (item: { id: string; version: number }) => {
    try {
      await api('DELETE', `/records/${object}/${item.id}`, { version: item.version })
      refresh()
      const restore = async () => {
        await api('POST', `/records/${object}/${item.id}/restore`)
        refresh()
      }
      toast(t('confirmDelete'), { action: { label: t('undo'), onClick: restore } })
      return true
    } catch (error) {
      toast.error(error instanceof Error ? error.message : t('offline'))
      return false
    }
  }
}
