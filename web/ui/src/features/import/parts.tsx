import clsx from 'clsx'
import { Link } from 'react-router'
import { formatNumber } from '../../platform/format'
import { useWords } from '../../platform/i18n'
import type { TextKey } from '../../platform/texts.en'
import { Tag } from '../../ui/kit'
import type { Counts, LookAlike, RowError } from './model'

const HUES: Record<string, string> = {
  done: 'green',
  failed: 'red',
  cancelled: 'gray',
  undone: 'gray',
  running: 'amber',
  previewing: 'amber',
}

export function StateTag({ state }: { state: string }) {
  const { t } = useWords()
  return <Tag color={HUES[state] ?? 'sky'}>{t(`state.${state}` as TextKey)}</Tag>
}

export function CountTiles({ counts }: { counts: Counts }) {
  const { t, lang } = useWords()
  const tiles = ['read', 'created', 'updated', 'skipped', 'failed'] as const
  return (
    <dl className="grid grid-cols-5 overflow-hidden rounded-xl border border-line shadow-1 max-md:grid-cols-2">
      {tiles.map(name => (
        <div key={name} className="border-line px-4 py-3 not-first:border-l max-md:border-t">
          <dt className="text-xs text-ink-3">{t(name)}</dt>
          <dd
            className={clsx(
              'num text-xl font-semibold tracking-[-.02em]',
              name === 'failed' && counts.failed ? 'text-neg' : '',
            )}
            data-count={name}
          >
            {formatNumber(counts[name] ?? 0, lang)}
          </dd>
        </div>
      ))}
    </dl>
  )
}

export function ErrorTable({ errors }: { errors: RowError[] }) {
  const { t } = useWords()
  if (!errors.length) return null
  return (
    <ul className="mt-3 rounded-xl border border-line text-sm">
      {errors.slice(0, 20).map(error => (
        <li key={error.row} className="flex gap-3 border-line px-4 py-2 not-first:border-t">
          <span className="num w-16 flex-none text-ink-3">{t('rowNumber', { n: error.row })}</span>
          <span className="min-w-0 flex-1">
            {error.reasons.map(reason => (
              <span key={reason.field} className="block text-neg">
                {reason.label && <b className="font-medium">{reason.label}: </b>}
                {reason.message}
              </span>
            ))}
            <span className="block truncate text-ink-3">{error.cells.join(' · ')}</span>
          </span>
        </li>
      ))}
    </ul>
  )
}

/** Rows that would become records although there is one that each looks like. */
export function LookAlikes({ object, count, rows }: { object: string; count: number; rows: LookAlike[] }) {
  const { t, lang } = useWords()
  if (!count) return null
  const percent = new Intl.NumberFormat(lang, { style: 'percent' })
  return (
    <div className="mt-4">
      <p className="mb-2 text-sm">
        <b className="font-medium">
          {t(count === 1 ? 'lookAlikesOne' : 'lookAlikes', { n: formatNumber(count, lang) })}
        </b>{' '}
        <span className="text-ink-3">{t('lookAlikesHint')}</span>
      </p>
      <ul className="rounded-xl border border-line text-sm">
        {rows.slice(0, 20).map(alike => (
          <li key={alike.row} className="flex gap-3 border-line px-4 py-2 not-first:border-t">
            <span className="num w-16 flex-none text-ink-3">{t('rowNumber', { n: alike.row })}</span>
            <span className="min-w-0 flex-1">
              <span className="block truncate">{alike.cells.filter(Boolean).join(' · ')}</span>
              <Link to={`/o/${object}/${alike.id}`} className="text-accent hover:underline">
                {alike.name ?? '—'}
              </Link>
            </span>
            <span className="num flex-none text-ink-3">{percent.format(alike.probability)}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
