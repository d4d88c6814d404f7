import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../platform/api'
import { useWords } from '../../platform/i18n'
import type { Job } from '../../platform/types'
import { toast } from '../../ui/toast'
import { useSalesWords } from './words'

/** Runs acts of the business: one at a time, with what they changed read again and the way back at hand. */
export function useAct() {
  const client = useQueryClient()
  const { t } = useWords()
  const { s } = useSalesWords()
  const [busy, setBusy] = useState(false)
  const refresh = () => {
    for (const key of ['rows', 'record', 'history', 'timeline', 'figures'])
      client.invalidateQueries({ queryKey: [key] })
  }
  const tell = (error: unknown) => toast.error(error instanceof Error ? error.message : t('offline'))
  const undo = async (batch: string) => {
    try {
      const started = await api<{ job: Job }>('POST', `/batches/${batch}/undo`, { body: {} })
      for (let i = 0; i < 60; i++) {
        const job = await api<Job>('GET', `/jobs/${started.job.id}`)
        if (job.state !== 'queued' && job.state !== 'running') break
        await new Promise(done => setTimeout(done, 250))
      }
      toast(s('undone'))
    } catch (error) {
      tell(error)
    }
    refresh()
  }
  /** Answers what the server answered, or nothing if it refused, which has been told by then. */
  const act = async <T extends { batch?: string }>(path: string, body: unknown, said?: (answer: T) => string) => {
    setBusy(true)
    try {
      const answer = await api<T>('POST', path, { body })
      const { batch } = answer
      if (said) toast(said(answer), batch ? { action: { label: s('undo'), onClick: () => undo(batch) } } : {})
      return answer
    } catch (error) {
      tell(error)
      return undefined
    } finally {
      setBusy(false)
      refresh()
    }
  }
  return { act, busy, refresh, tell }
}
