import { useState } from 'react'
import { useWords } from '../platform/i18n'
import { Button, box } from '../ui/kit'
import { LabelledSelect } from '../ui/labelledSelect'
import type { Audience } from './views'

interface Props {
  /** What the thing is, as the label of its name says. */
  nameLabel: string
  submit: string
  name?: string
  audience?: Audience
  onSubmit: (name: string, audience: Audience) => Promise<void>
}

/** What a view or dashboard is called and who sees it. */
export default function AudienceForm({
  nameLabel,
  submit,
  name: now = '',
  audience: seen = 'private',
  onSubmit,
}: Props) {
  const { t } = useWords()
  const [name, setName] = useState(now)
  const [audience, setAudience] = useState<Audience>(seen)
  const [error, setError] = useState('')
  const send = async () => {
    setError('')
    try {
      await onSubmit(name.trim(), audience)
    } catch (problem) {
      setError(problem instanceof Error ? problem.message : t('offline'))
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
      <label className="text-xs text-ink-3" htmlFor="audience-name">
        {nameLabel}
      </label>
      <input id="audience-name" value={name} maxLength={100} onChange={e => setName(e.target.value)} className={box} />
      <LabelledSelect
        label={t('audience')}
        value={audience}
        options={(['private', 'team', 'all'] as const).map(code => [code, t(`audience.${code}`)])}
        onChange={value => setAudience(value as Audience)}
      />
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
