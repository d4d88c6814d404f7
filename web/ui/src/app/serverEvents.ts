import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Job } from '../platform/types'

interface RecordChanged {
  object: string
  id: string | null
  version: number
}

/** Keeps what is on the screen fresh while others work: the server says what changed. */
export function useServerEvents() {
  const client = useQueryClient()
  useEffect(() => {
    const source = new EventSource('/api/events')
    let timer = 0
    const stale = new Set<string>()
    source.addEventListener('record', event => {
      const change = JSON.parse(event.data) as RecordChanged
      stale.add(change.object)
      clearTimeout(timer)
      timer = window.setTimeout(() => {
        for (const object of stale) {
          client.invalidateQueries({ queryKey: ['rows', object] })
          client.invalidateQueries({ queryKey: ['record', object] })
        }
        client.invalidateQueries({ queryKey: ['timeline'] })
        stale.clear()
      }, 400)
    })
    source.addEventListener('job', event => {
      const job = JSON.parse(event.data) as Job
      if (job.subject) client.invalidateQueries({ queryKey: ['import', job.subject] })
    })
    source.addEventListener('notification', () => client.invalidateQueries({ queryKey: ['notifications'] }))
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
