import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../platform/api'
import type { Job } from '../../platform/types'

/** Follows one job to its end; then everything on the screen is read again. */
export function useFollowedJob(onEnd: (job: Job) => void) {
  const client = useQueryClient()
  const [id, setId] = useState<string>()
  const query = useQuery({
    queryKey: ['job', id],
    enabled: !!id,
    refetchInterval: 400,
    queryFn: async () => {
      const job = await api<Job>('GET', `/jobs/${id}`)
      if (['done', 'failed', 'cancelled'].includes(job.state)) {
        setId(undefined)
        for (const key of ['rows', 'record', 'batches', 'batch', 'history', 'timeline', 'duplicates', 'quality'])
          client.invalidateQueries({ queryKey: [key] })
        onEnd(job)
      }
      return job
    },
  })
  return { follow: setId, running: !!id, job: id ? query.data : undefined }
}
