import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { api } from '../../platform/api'
import { useWords } from '../../platform/i18n'
import type { ObjectDef } from '../../platform/types'
import { Button, box, Checkbox } from '../../ui/kit'
import { toast } from '../../ui/toast'
import { MappingTable } from './mapping'
import { type Import, messageOf } from './model'
import { CountTiles, ErrorTable, LookAlikes } from './parts'

/** Before an import starts: which column fills which field, what happens with matches, and the dry run. */
export function Preparation({ it, object }: { it: Import; object: ObjectDef }) {
  const { t } = useWords()
  const client = useQueryClient()
  const configure = useMutation({
    mutationFn: (body: Partial<Import> & { sheet?: string; header?: boolean }) =>
      api<Import>('PATCH', `/imports/${it.id}`, { body }),
    onSuccess: next => client.setQueryData(['import', it.id], next),
    onError: error => toast.error(messageOf(error, t('offline'))),
  })
  const act = useMutation({
    mutationFn: (verb: 'preview' | 'start') => api<Import>('POST', `/imports/${it.id}/${verb}`),
    onSuccess: next => client.setQueryData(['import', it.id], next),
    onError: error => toast.error(messageOf(error, t('offline'))),
  })
  const busy = act.isPending || it.state === 'previewing'
  return (
    <>
      <Heading title={t('mapColumns')}>
        {it.sheets.length > 1 && (
          <select
            aria-label={t('sheet')}
            className={`${box} !w-40`}
            value={it.format.sheet || it.sheets[0]}
            onChange={e => configure.mutate({ sheet: e.target.value })}
          >
            {it.sheets.map(sheet => (
              <option key={sheet}>{sheet}</option>
            ))}
          </select>
        )}
        <span className="flex items-center gap-2 text-xs text-ink-3">
          <Checkbox
            label={t('firstRowIsHeader')}
            checked={it.format.header}
            onChange={header => configure.mutate({ header })}
          />
          {t('firstRowIsHeader')} · {it.format.kind === 'csv' ? it.format.encoding : it.format.kind.toUpperCase()}
        </span>
      </Heading>
      <MappingTable it={it} object={object} onChange={mapping => configure.mutate({ mapping })} />
      <Options it={it} object={object} onChange={configure.mutate} />
      <div className="mt-5 flex flex-wrap items-center gap-2">
        <Button onClick={() => act.mutate('preview')} disabled={busy}>
          {busy ? t('state.previewing') : t('checkFile')}
        </Button>
        <Button kind="solid" onClick={() => act.mutate('start')} disabled={busy}>
          {t('startImport')}
        </Button>
      </div>
      {it.preview && (
        <section className="mt-6" aria-live="polite">
          <h2 className="mb-2 font-semibold">{t('previewTitle')}</h2>
          <CountTiles counts={it.preview} />
          <ErrorTable errors={it.preview.errors} />
          <LookAlikes object={it.object} count={it.preview.alike ?? 0} rows={it.preview.lookAlikes ?? []} />
        </section>
      )}
    </>
  )
}

function Heading({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="mb-3 flex flex-wrap items-center gap-3">
      <h2 className="mr-auto font-semibold">{title}</h2>
      {children}
    </div>
  )
}

interface OptionProps {
  it: Import
  object: ObjectDef
  onChange: (body: Partial<Import>) => void
}

function Options({ it, object, onChange }: OptionProps) {
  const { t, label } = useWords()
  const keys = object.fields
    .filter(f => f.traits.includes('unique') || f.traits.includes('filterable'))
    .filter(f => f.writable && !['lookup', 'address', 'tags', 'money'].includes(f.type))
  const select = (name: string, value: string, choices: [string, string][], change: (value: string) => void) => (
    <div>
      <label htmlFor={`option-${name}`} className="mb-1 block text-xs font-medium text-ink-2">
        {name}
      </label>
      <select id={`option-${name}`} className={box} value={value} onChange={e => change(e.target.value)}>
        {choices.map(([code, text]) => (
          <option key={code} value={code}>
            {text}
          </option>
        ))}
      </select>
    </div>
  )
  return (
    <div className="mt-4 grid grid-cols-4 gap-3 max-md:grid-cols-1">
      {select(
        t('matchOn'),
        it.matchOn[0] ?? '',
        [['', t('matchNone')], ...keys.map((f): [string, string] => [f.name, label(f.labels)])],
        value => onChange({ matchOn: value ? [value] : [] }),
      )}
      {select(
        t('onMatch'),
        it.onMatch,
        (['update', 'skip', 'create'] as const).map(code => [code, t(`onMatch.${code}`)]),
        onMatch => onChange({ onMatch }),
      )}
      {select(
        t('missingLookup'),
        it.onMissingLookup,
        (['fail', 'create', 'empty'] as const).map(code => [code, t(`missing.${code}`)]),
        onMissingLookup => onChange({ onMissingLookup }),
      )}
      {select(
        t('currency'),
        it.currency,
        [...new Set([it.currency, 'CNY', 'USD', 'EUR', 'GBP', 'JPY', 'HKD', 'BRL'])].map(code => [code, code]),
        currency => onChange({ currency }),
      )}
    </div>
  )
}
