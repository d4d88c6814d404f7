import { RefreshCw } from 'lucide-react'
import { useSearchParams } from 'react-router'
import { api, ProblemError } from '../../platform/api'
import { useWords } from '../../platform/i18n'
import type { Job, ObjectDef } from '../../platform/types'
import { Button, box } from '../../ui/kit'
import { toast } from '../../ui/toast'
import { useFollowedJob } from './jobs'

/** A job that goes through all records of an object: how to start it, and how far it is. */
export function useScan(path: string, onDone: (result: Record<string, number>) => void, failed: string) {
  const job = useFollowedJob(done => {
    if (done.state === 'done') onDone((done.result ?? {}) as Record<string, number>)
    else toast.error(failed)
  })
  const start = async () => {
    try {
      job.follow((await api<{ job: Job }>('POST', path)).job.id)
    } catch (error) {
      toast.error(error instanceof ProblemError ? error.message : failed)
    }
  }
  return { start, running: job.running, done: job.job?.done ?? 0 }
}

interface Props {
  title: string
  /** What the button that starts the job says. */
  action: string
  objects: ObjectDef[]
  object: ObjectDef
  scan: { start: () => void; running: boolean }
}

/** Which object a page is about, and a button to go through all of its records. */
export function ScanBar({ title, action, objects, object, scan }: Props) {
  const { label } = useWords()
  const [, setParams] = useSearchParams()
  return (
    <>
      {object.operations.includes('mass') && (
        <Button disabled={scan.running} onClick={scan.start} aria-label={action} icon={<RefreshCw size={14} />}>
          <span className="max-md:hidden">{action}</span>
        </Button>
      )}
      <select
        aria-label={title}
        className={`${box} !w-40 max-md:!w-28`}
        value={object.name}
        onChange={e => setParams({ object: e.target.value })}
      >
        {objects.map(o => (
          <option key={o.name} value={o.name}>
            {label(o.plural)}
          </option>
        ))}
      </select>
    </>
  )
}
