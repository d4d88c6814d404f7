import { useMutation, useQueryClient } from '@tanstack/react-query'
import { RotateCcw } from 'lucide-react'
import { Link } from 'react-router'
import { api } from '../../platform/api'
import { useWords } from '../../platform/i18n'
import type { TextKey } from '../../platform/texts.en'
import type { ObjectDef } from '../../platform/types'
import { Button, linkLook } from '../../ui/kit'
import { toast } from '../../ui/toast'
import { type Import, messageOf } from './model'
import { CountTiles } from './parts'

/** An import that runs or has run: its progress, its counts, its failed rows, its undo. */
export function Result({ it, object }: { it: Import; object: ObjectDef }) {
  const { t, label } = useWords()
  const client = useQueryClient()
  const act = useMutation({
    mutationFn: (verb: 'cancel' | 'undo') => api<Import>('POST', `/imports/${it.id}/${verb}`),
    onSuccess: () => {
      client.invalidateQueries({ queryKey: ['import', it.id] })
      client.invalidateQueries({ queryKey: ['rows'] })
    },
    onError: error => toast.error(messageOf(error, t('offline'))),
  })
  const running = it.state === 'running'
  const title = {
    done: 'importDone',
    failed: 'importFailed',
    cancelled: 'importCancelled',
    undone: 'importUndone',
    running: 'importBusy',
  }[it.state] as TextKey
  return (
    <>
      <h2 className="mb-3 font-semibold" role="status">
        {t(title)}
      </h2>
      {running && <Progress name={t('importBusy')} done={it.job?.done ?? 0} total={it.job?.total ?? null} />}
      <CountTiles counts={it.counts} />
      <div className="mt-5 flex flex-wrap gap-2">
        {running && (
          <Button onClick={() => act.mutate('cancel')} disabled={act.isPending}>
            {t('cancel')}
          </Button>
        )}
        {!running && (
          <Link to={`/o/${object.name}`} className={linkLook('solid')}>
            {label(object.plural)}
          </Link>
        )}
        {!running && !!it.counts.failed && (
          <a href={`/api/imports/${it.id}/errors`} className={linkLook('line')}>
            {t('downloadErrors')}
          </a>
        )}
        {['done', 'cancelled', 'failed'].includes(it.state) && (
          <Button icon={<RotateCcw size={14} />} onClick={() => act.mutate('undo')} disabled={act.isPending}>
            {t('undoImport')}
          </Button>
        )}
      </div>
    </>
  )
}

/** A bar as far as the share that is done, or a moving one while nobody knows the whole. */
function Progress({ name, done, total }: { name: string; done: number; total: number | null }) {
  const percent = total ? Math.min(100, Math.round((100 * done) / total)) : undefined
  return (
    <div
      className="mb-4 h-1 overflow-hidden rounded-full bg-press"
      role="progressbar"
      aria-label={name}
      aria-valuenow={percent}
      aria-valuemin={0}
      aria-valuemax={100}
    >
      <i
        className={percent === undefined ? 'sk block h-full w-1/2 !bg-accent' : 'block h-full bg-accent'}
        style={percent === undefined ? undefined : { width: `${percent}%` }}
      />
    </div>
  )
}
