import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api, ProblemError } from '../../platform/api'
import { useWords } from '../../platform/i18n'
import { box } from '../../ui/kit'
import { Row } from './parts'
import { useSettingsWords } from './words'

interface Props {
  object: string
  label: string
  hint: string
  value: string
  rule?: boolean
  error?: string
  onChange: (value: string) => void
}

/** A formula, checked by the server while it is written: the result's type, or what is wrong and in which column. */
export function FormulaInput({ object, label, hint, value, rule = false, error, onChange }: Props) {
  const { s, typeName } = useSettingsWords()
  const { lang } = useWords()
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), 350)
    return () => clearTimeout(timer)
  }, [value])
  const check = useQuery({
    queryKey: ['formula', object, settled, rule, lang],
    enabled: settled.trim() !== '',
    retry: false,
    queryFn: () => api<{ type: string }>('POST', `/objects/${object}/formula`, { body: { formula: settled, rule } }),
  })
  const functions = useQuery({
    queryKey: ['formula-functions'],
    staleTime: Infinity,
    queryFn: () => api<{ items: string[] }>('GET', '/formula-functions'),
  }).data?.items
  const wrong = check.error instanceof ProblemError ? check.error.message : undefined
  const current = settled === value
  return (
    <Row
      wide
      label={label}
      error={current ? (wrong ?? error) : undefined}
      hint={
        <>
          {current && check.data ? (
            <span role="status" className="text-pos">
              {s('formulaFine', { type: typeName(check.data.type) })}
            </span>
          ) : (
            hint
          )}
          <details className="mt-1">
            <summary>{s('functions')}</summary>
            <code className="break-words">{functions?.join(' ')}</code>
          </details>
        </>
      }
    >
      {id => (
        <textarea
          id={id}
          rows={3}
          spellCheck={false}
          className={`${box} py-1.5 font-mono`}
          value={value}
          aria-invalid={!!wrong}
          onChange={e => onChange(e.target.value)}
        />
      )}
    </Row>
  )
}
