import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Pencil } from 'lucide-react'
import { useEffect, useSyncExternalStore } from 'react'
import { api } from '../../platform/api'
import { whenListening } from '../../platform/listening'
import { Face } from '../../ui/face'
import { useRecordWords } from '../words'

const REPEATED_AFTER = 25_000

interface Other {
  id: string
  name: string
  state: 'here' | 'editing'
}

const editors = new Map<string, number>()
const listeners = new Set<() => void>()

/** Says, while `editing`, that the user changes the record. */
export function useEditingMark(id: string, editing: boolean) {
  useEffect(() => {
    if (!editing) return
    const mark = (by: number) => {
      editors.set(id, (editors.get(id) ?? 0) + by)
      for (const changed of listeners) changed()
    }
    mark(1)
    return () => mark(-1)
  }, [id, editing])
}

const useIsEditing = (id: string) =>
  useSyncExternalStore(
    changed => {
      listeners.add(changed)
      return () => {
        listeners.delete(changed)
      }
    },
    () => (editors.get(id) ?? 0) > 0,
  )

/** The others who look at the record or change it now, and lets them know of the user. */
export function OthersHere({ object, id }: { object: string; id: string }) {
  const { w, lang } = useRecordWords()
  const client = useQueryClient()
  const editing = useIsEditing(id)
  const others = useQuery<Other[]>({ queryKey: ['presence', id], queryFn: () => [], enabled: false }).data ?? []
  useEffect(() => {
    const path = `/records/${object}/${id}/presence`
    const tell = () =>
      api<{ others: Other[] }>('POST', path, { body: { state: editing ? 'editing' : 'here' } })
        .then(answer => client.setQueryData(['presence', id], answer.others))
        .catch(() => undefined)
    tell()
    const timer = setInterval(tell, REPEATED_AFTER)
    const ended = whenListening(tell)
    return () => {
      clearInterval(timer)
      ended()
    }
  }, [object, id, editing, client])
  useEffect(() => {
    const gone = () => void leave(object, id)
    addEventListener('pagehide', gone)
    return () => {
      removeEventListener('pagehide', gone)
      gone()
    }
  }, [object, id])
  if (!others.length) return null
  const writer = others.find(one => one.state === 'editing')
  const names = (writer ? [writer] : others).map(one => one.name).join(lang === 'zh-CN' ? '、' : ', ')
  const text = w(writer ? 'editing' : 'lookingToo', { name: names })
  return (
    <span className="flex min-w-0 items-center gap-1.5 text-xs text-ink-3" role="status" title={text}>
      <span className="flex -space-x-1.5">
        {others.slice(0, 3).map(one => (
          <Face key={one.id} name={one.name} size={22} />
        ))}
      </span>
      <span className="flex items-center gap-1 truncate max-md:sr-only">
        {writer && <Pencil size={11} aria-hidden />}
        {text}
      </span>
    </span>
  )
}

const leave = (object: string, id: string) =>
  api('POST', `/records/${object}/${id}/presence`, { body: { state: 'gone' }, keepalive: true }).catch(() => undefined)
