import { useState } from 'react'
import { useWords } from '../../platform/i18n'
import type { Audience } from '../../records/views'
import { Button, box } from '../../ui/kit'
import { useDashboardWords } from './words'

interface Props {
  name: string
  audience: Audience
  onSubmit: (name: string, audience: Audience) => Promise<void>
}

/** What a dashboard is called and who sees it. */
export function BoardForm({ name: now, audience: seen, onSubmit }: Props) {
  const { w } = useDashboardWords()
  const { t } = useWords()
  const [name, setName] = useState(now)
  const [audience, setAudience] = useState(seen)
  const [error, setError] = useState('')
  const send = () =>
    onSubmit(name.trim(), audience).catch(problem =>
      setError(problem instanceof Error && problem.message !== 'offline' ? problem.message : t('offline')),
    )
  return (
    <form
      className="flex w-64 flex-col gap-2 p-1.5"
      onSubmit={event => {
        event.preventDefault()
        if (name.trim()) send()
      }}
    >
      <label className="text-xs text-ink-3" htmlFor="dashboard-name">
        {w('name')}
      </label>
      <input
        id="dashboard-name"
        className={box}
        value={name}
        maxLength={100}
        onChange={event => setName(event.target.value)}
      />
      <label className="text-xs text-ink-3" htmlFor="dashboard-audience">
        {w('audience')}
      </label>
      <select
        id="dashboard-audience"
        className={box}
        value={audience}
        onChange={event => setAudience(event.target.value as Audience)}
      >
        {(['private', 'team', 'all'] as const).map(code => (
          <option key={code} value={code}>
            {t(`audience.${code}`)}
          </option>
        ))}
      </select>
      {error && (
        <p role="alert" className="text-xs text-neg">
          {error}
        </p>
      )}
      <Button kind="solid" type="submit" disabled={!name.trim()}>
        {w('save')}
      </Button>
    </form>
  )
}
