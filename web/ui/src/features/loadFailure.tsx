import { useQueryClient } from '@tanstack/react-query'
import { CloudOff } from 'lucide-react'
import { useCallback, useSyncExternalStore } from 'react'
import { ProblemError } from '../platform/api'
import { useWords } from '../platform/i18n'
import { Button, Notice } from '../ui/kit'

/**
 * Says why something on the page could not be loaded, and loads it again on demand. It watches all queries that the page
 * shows, so that none of them can look as if there were nothing. What the person wrote and the server refused (422) is no
 * failure of loading: it is told beside its field.
 */
export function LoadFailure() {
  const { t } = useWords()
  const client = useQueryClient()
  const cache = client.getQueryCache()
  const subscribe = useCallback((changed: () => void) => cache.subscribe(changed), [cache])
  const error = useSyncExternalStore(
    subscribe,
    () => cache.findAll({ type: 'active', predicate: failed }).at(0)?.state.error ?? null,
  )
  if (!error) return null
  return (
    <div role="alert">
      <Notice icon={<CloudOff size={18} />} text={error.message}>
        <Button onClick={() => client.refetchQueries({ type: 'active', predicate: failed })}>{t('retry')}</Button>
      </Notice>
    </div>
  )
}

const failed = ({ state }: { state: { status: string; error: Error | null } }) =>
  state.status === 'error' && !(state.error instanceof ProblemError && state.error.problem.status === 422)
