import { useState } from 'react'
import { useWords } from '../platform/i18n'
import { Button, box } from '../ui/kit'
import type { Audience, SavedView } from './views'

interface FormProps {
  submit: string
  view?: SavedView
  onSubmit: (name: string, audience: Audience) => Promise<void>
}

/** What a view is called and who sees it. */
export default function ViewForm({ submit, view, onSubmit }: FormProps) {
  const { t } = useWords()
  const [name, setName] = useState(view?.name ?? '')
  const [audience, setAudience] = useState<Audience>(view?.audience ?? 'private')
  const [error, setError] = useState('')
  const send = async () => {
    setError('')
    try {
      await onSubmit(name.trim(), audience)
    } catch (problem) {
      setError(problem instanceof Error && problem.message !== 'offline' ? problem.message : t('offline'))
    }
  }
  return (
    <form
      className="flex w-64 flex-col gap-2 p-1.5"
      onSubmit={event => {
        event.preventDefault()
        if (name.trim()) send()
      }}
    >
      <label className="text-xs text-ink-3" htmlFor="view-name">
        {t('viewName')}
      </label>
      <input id="view-name" value={name} maxLength={100} onChange={e => setName(e.target.value)} className={box} />
      <label className="text-xs text-ink-3" htmlFor="view-audience">
        {t('audience')}
      </label>
      <select
        id="view-audience"
        value={audience}
        onChange={e => setAudience(e.target.value as Audience)}
        className={box}
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
        {submit}
      </Button>
    </form>
  )
}
