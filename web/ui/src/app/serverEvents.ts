import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { tellListening } from '../platform/listening'
import { isOwnWrite } from '../platform/ownWrites'
import type { Job } from '../platform/types'

interface RecordChanged {
  object: string
  id: string | null
  version: number
}

/** Somebody else at a record. */
interface Other {
  id: string
  name: string
  state: string
}

/** Keeps what is on the screen fresh while others work: the server says what changed. */
export function useServerEvents() {
  const client = useQueryClient()
  useEffect(() => {
    const source = new EventSource('/api/events')
    let timer = 0
    let heard: RecordChanged[] = []
    source.addEventListener('open', tellListening)
    source.addEventListener('record', event => {
      heard.push(JSON.parse(event.data) as RecordChanged)
      clearTimeout(timer)
      // the answer to one's own write may come after the news of it
      timer = window.setTimeout(() => {
        const others = heard.filter(change => !isOwnWrite(change.object, change.id, change.version))
        heard = []
        for (const object of new Set(others.map(change => change.object))) {
          client.invalidateQueries({ queryKey: ['rows', object] })
          client.invalidateQueries({ queryKey: ['record', object] })
        }
        client.invalidateQueries({ queryKey: ['timeline'] })
      }, 400)
    })
    source.addEventListener('job', event => {
      const job = JSON.parse(event.data) as Job
      if (job.subject) client.invalidateQueries({ queryKey: ['import', job.subject] })
    })
    source.addEventListener('notification', () => client.invalidateQueries({ queryKey: ['notifications'] }))
    source.addEventListener('presence', event => {
      const { record, ...one } = JSON.parse(event.data) as Other & { record: string }
      client.setQueryData<Other[]>(['presence', record], (others = []) => [
        ...others.filter(other => other.id !== one.id),
        ...(one.state === 'gone' ? [] : [one]),
      ])
    })
    source.addEventListener('catalogue', () => {
      client.invalidateQueries({ queryKey: ['meta'] })
      client.invalidateQueries({ queryKey: ['customizations'] })
    })
    return () => {
      clearTimeout(timer)
      source.close()
    }
  }, [client])
}
