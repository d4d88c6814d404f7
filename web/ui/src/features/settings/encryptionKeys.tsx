import { useQuery } from '@tanstack/react-query'
import { KeyRound } from 'lucide-react'
import { api, ProblemError } from '../../platform/api'
import { formatMoment, formatNumber } from '../../platform/format'
import { useDictionary } from '../../platform/i18n'
import { Button, Notice } from '../../ui/kit'
import { toast } from '../../ui/toast'
import { Panel } from './panel'
import { en, zh } from './privacyWords'

interface KeyState {
  inUse: boolean
  usable: boolean
  file: string
  values: number
  changedAt?: string
}

/** The keys of encrypted fields: since when, where, and a new one. */
export function EncryptionKeys() {
  const { w, lang } = useDictionary(en, zh)
  const keys = useQuery({ queryKey: ['keys'], queryFn: () => api<KeyState>('GET', '/privacy/keys') })
  const rotate = async () => {
    try {
      await api('POST', '/privacy/keys/rotate', { body: {} })
      toast(w('started'))
      keys.refetch()
    } catch (error) {
      toast.error(error instanceof ProblemError ? error.message : w('failed'))
    }
  }
  const state = keys.data
  return (
    <Panel title={w('keys')} hint={w('keysHint')}>
      {state && !state.inUse && <Notice icon={<KeyRound size={18} />} text={w('notInUse')} />}
      {state?.inUse && (
        <div className="flex flex-col gap-3 p-4 text-sm">
          {!state.usable && (
            <p role="alert" className="font-medium text-neg">
              {w('missing')}
            </p>
          )}
          <dl className="grid grid-cols-[10rem_minmax(0,1fr)] gap-y-1.5 max-md:grid-cols-1">
            <dt className="text-ink-3">{w('values')}</dt>
            <dd className="num">{formatNumber(state.values, lang)}</dd>
            <dt className="text-ink-3">{w('changed')}</dt>
            <dd className="num">{state.changedAt ? formatMoment(state.changedAt, lang) : '—'}</dd>
            <dt className="text-ink-3">{w('file')}</dt>
            <dd>
              <code className="break-all">{state.file}</code>
              <p className="text-ink-3">{w('fileHint')}</p>
            </dd>
          </dl>
          <div className="flex flex-wrap items-center gap-3">
            <Button disabled={!state.usable} onClick={rotate}>
              {w('rotate')}
            </Button>
            <span className="text-ink-3">{w('rotateHint')}</span>
          </div>
        </div>
      )}
    </Panel>
  )
}
