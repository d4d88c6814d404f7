import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, ProblemError } from '../../platform/api'
import { useDictionary } from '../../platform/i18n'
import { useFunction } from '../../platform/meta'
import { Button, box } from '../../ui/kit'
import { toast } from '../../ui/toast'
import { Panel } from './panel'

const en = {
  title: 'How long entries are kept',
  hint: 'Older entries are taken out by themselves; what is left can still be checked. Half a year is the least, so that nobody can have their traces removed at once. Laws may ask for more.',
  keep: 'Keep for',
  forever: 'Always',
  halfYear: 'Half a year',
  year: '1 year',
  years: '{n} years',
  days: '{n} days',
  oldest: 'The oldest entry is of {date}.',
  save: 'Save',
  saved: 'Saved',
  failed: 'That did not work.',
}
const zh: typeof en = {
  title: '保留期',
  hint: '更早的记录会自动清除，其余记录仍可校验。最短半年，以免有人立即抹去痕迹；法规可能要求更长时间。',
  keep: '保留',
  forever: '永久',
  halfYear: '半年',
  year: '1 年',
  years: '{n} 年',
  days: '{n} 天',
  oldest: '最早的记录写于 {date}。',
  save: '保存',
  saved: '已保存',
  failed: '操作未成功。',
}

const HALF_YEAR = 180
const YEAR = 365
const USUAL = [HALF_YEAR, YEAR, 2 * YEAR, 3 * YEAR, 5 * YEAR, 10 * YEAR]

interface Retention {
  days: number | null
  oldest: string | null
}

/** For how long the audit log is kept, and for administrators a way to change it. */
export function AuditRetention() {
  const { w, lang } = useDictionary(en, zh)
  const client = useQueryClient()
  const mayChange = useFunction('users')
  const retention = useQuery({
    queryKey: ['audit-retention'],
    queryFn: () => api<Retention>('GET', '/audit/retention'),
  }).data
  const [chosen, setChosen] = useState<string>()
  if (!retention) return null
  const present = retention.days === null ? '' : String(retention.days)
  const value = chosen ?? present
  const offered = retention.days === null || USUAL.includes(retention.days) ? USUAL : [retention.days, ...USUAL]
  const name = (days: number) =>
    days === HALF_YEAR
      ? w('halfYear')
      : days === YEAR
        ? w('year')
        : days % YEAR === 0
          ? w('years', { n: days / YEAR })
          : w('days', { n: days })
  const save = async () => {
    try {
      await api('PATCH', '/audit/retention', { body: { days: value ? Number(value) : null } })
      toast(w('saved'))
      client.invalidateQueries({ queryKey: ['audit-retention'] })
      client.invalidateQueries({ queryKey: ['audit'] })
    } catch (error) {
      toast.error(error instanceof ProblemError ? error.message : w('failed'))
    }
  }
  const date = new Intl.DateTimeFormat(lang, { dateStyle: 'medium' })
  return (
    <Panel title={w('title')} hint={w('hint')}>
      <div className="flex flex-wrap items-center gap-3 p-4 text-sm">
        <select
          aria-label={w('keep')}
          className={`${box} !w-44`}
          disabled={!mayChange}
          value={value}
          onChange={event => setChosen(event.target.value)}
        >
          <option value="">{w('forever')}</option>
          {offered.map(days => (
            <option key={days} value={days}>
              {name(days)}
            </option>
          ))}
        </select>
        {mayChange && (
          <Button disabled={value === present} onClick={save}>
            {w('save')}
          </Button>
        )}
        {retention.oldest && (
          <span className="text-ink-3">{w('oldest', { date: date.format(new Date(retention.oldest)) })}</span>
        )}
      </div>
    </Panel>
  )
}
