import { X } from 'lucide-react'
import { useState } from 'react'
import type { Filter, ObjectDef } from '../../platform/types'
import { Button, box } from '../../ui/kit'
import { type Analysis, BUCKETS, both, groupable, groupField, isMapped, isTime, KINDS, summable } from './analysis'
import { GroupChart } from './groupChart'
import { MOST_GROUPS, useGroups } from './groups'
import { useAnalysisWords } from './words'

interface Props {
  object: ObjectDef
  analysis: Analysis
  filter: Filter | undefined
  q: string
  onChange: (analysis: Analysis | undefined) => void
  onFilter: (filter: Filter) => void
}

/** The list in figures: groups of it as a chart or a table, each leading to the records behind it. */
export default function AnalysisPanel({ object, analysis, filter, q, onChange, onFilter }: Props) {
  const { w } = useAnalysisWords()
  const [currency, setCurrency] = useState('')
  const groups = useGroups(object, analysis, filter, q, currency)
  const { query, labels } = groups
  if (!groups.by) return null
  return (
    <section aria-label={groups.description} className="flex-none border-b border-line px-4 py-3">
      <Controls
        object={object}
        analysis={analysis}
        onChange={onChange}
        currencies={groups.currencies}
        currency={groups.currency}
        onCurrency={setCurrency}
      />
      {query.isPending && <div className="sk h-64 rounded-lg" aria-busy />}
      {query.isError && <p className="py-6 text-center text-neg">{query.error.message}</p>}
      {query.isSuccess && !labels.length && <p className="py-6 text-center text-ink-3">{w('empty')}</p>}
      {labels.length > 0 && (
        <GroupChart kind={analysis.kind} groups={groups} onPick={parts => onFilter(both(filter, parts))} />
      )}
      {labels.length > 0 && (
        <p className="mt-1 text-xs text-ink-3">
          {w('hint')} {labels.length === MOST_GROUPS && w('truncated', { n: MOST_GROUPS })}
        </p>
      )}
    </section>
  )
}

interface ControlsProps {
  object: ObjectDef
  analysis: Analysis
  onChange: (analysis: Analysis | undefined) => void
  currencies: string[]
  currency: string
  onCurrency: (code: string) => void
}

function Controls({ object, analysis, onChange, currencies, currency, onCurrency }: ControlsProps) {
  const { w, label } = useAnalysisWords()
  const put = (part: Partial<Analysis>) => {
    const next = { ...analysis, ...part }
    onChange(next.kind === 'map' && !isMapped(next) ? { ...next, kind: 'bar' } : next)
  }
  const fields = groupable(object).map(f => [f.name, label(f.labels)] as [string, string])
  const sums = summable(object).flatMap(f => [
    [`sum(${f.name})`, w('sum', { field: label(f.labels) })] as [string, string],
    [`avg(${f.name})`, w('avg', { field: label(f.labels) })] as [string, string],
  ])
  const timed = [analysis.by, analysis.by2].some(name => isTime(groupField(object, name)))
  return (
    <div className="mb-2 flex flex-wrap items-center gap-2">
      <Pick label={w('groupBy')} value={analysis.by} options={fields} onChange={by => put({ by })} />
      <Pick
        label={w('second')}
        value={analysis.by2 ?? ''}
        options={[['', w('nothing')], ...fields.filter(([name]) => name !== analysis.by)]}
        onChange={by2 => put({ by2: by2 || undefined })}
      />
      {timed && (
        <Pick
          label={w('bucket')}
          value={analysis.bucket ?? 'month'}
          options={BUCKETS.map(code => [code, w(code)])}
          onChange={bucket => put({ bucket: bucket as Analysis['bucket'] })}
        />
      )}
      <Pick
        label={w('measure')}
        value={analysis.measure}
        options={[['count', w('count')], ...sums]}
        onChange={measure => put({ measure })}
      />
      {currencies.length > 1 && (
        <Pick
          label={w('currency')}
          value={currency}
          options={currencies.map(code => [code, code])}
          onChange={onCurrency}
        />
      )}
      <Pick
        label={w('chart')}
        value={analysis.kind}
        options={KINDS.filter(code => code !== 'map' || isMapped(analysis)).map(code => [code, w(code)])}
        onChange={kind => put({ kind: kind as Analysis['kind'] })}
      />
      <Button
        kind="ghost"
        size="sm"
        className="ml-auto"
        aria-label={w('close')}
        icon={<X size={14} />}
        onClick={() => onChange(undefined)}
      />
    </div>
  )
}

export function Pick({
  label,
  value,
  options,
  onChange,
}: {
  label: string
  value: string
  options: [string, string][]
  onChange: (value: string) => void
}) {
  return (
    <label className="flex items-center gap-1.5 text-xs text-ink-3">
      {label}
      <select
        aria-label={label}
        className={`${box} !min-h-7 !w-auto max-w-44 !px-1.5 text-xs`}
        value={value}
        onChange={e => onChange(e.target.value)}
      >
        {options.map(([code, text]) => (
          <option key={code} value={code}>
            {text}
          </option>
        ))}
      </select>
    </label>
  )
}
