import { useQuery } from '@tanstack/react-query'
import { api } from '../../platform/api'
import { useObjects } from '../../platform/meta'
import type { Page } from '../../platform/types'
import { localName } from '../../records/board/columns'
import type { Period, useScope } from './scope'
import { useFigureWords } from './words'

const select =
  'h-8 rounded-lg border border-line-2 bg-surface px-2 text-sm font-medium text-ink shadow-1 max-md:h-11 max-w-48'

/** Period, people and pipeline of what is shown. */
export function ScopeBar({ state, pipelines = true }: { state: ReturnType<typeof useScope>; pipelines?: boolean }) {
  const { g, lang } = useFigureWords()
  const { period, scope, set } = state
  const objects = useObjects().data
  const named = (name: string, enabled: boolean) => {
    const object = objects?.get(name)
    // biome-ignore lint/correctness/useHookAtTopLevel: called for the same names in the same order
    const page = useQuery({
      queryKey: ['rows', name, 'choices'],
      enabled: enabled && !!object,
      queryFn: () => api<Page>('POST', `/records/${name}/query`, { body: { limit: 500 } }),
      staleTime: 60_000,
    })
    return object ? (page.data?.items ?? []).map(item => ({ id: item.id, name: localName(object, item, lang) })) : []
  }
  const people = named('user', true)
  const teams = named('team', true)
  const ways = named('pipeline', pipelines)
  return (
    <div className="flex flex-none flex-wrap items-center gap-2 border-b border-line px-4 py-2 print:hidden">
      <select
        aria-label={g('period')}
        className={select}
        value={period}
        onChange={e => set({ period: e.target.value as Period })}
      >
        {state.periods.map(one => (
          <option key={one} value={one}>
            {g(`period.${one}`)}
          </option>
        ))}
      </select>
      {period === 'custom' &&
        (['from', 'to'] as const).map(side => (
          <input
            key={side}
            type="date"
            aria-label={g(side)}
            className={select}
            value={scope[side] ?? ''}
            onChange={e => set({ [side]: e.target.value })}
          />
        ))}
      <select
        aria-label={g('person')}
        className={select}
        value={scope.owner ?? ''}
        onChange={e => set({ owner: e.target.value, team: undefined })}
      >
        <option value="">{g('everybody')}</option>
        {people.map(one => (
          <option key={one.id} value={one.id}>
            {one.name}
          </option>
        ))}
      </select>
      {teams.length > 0 && (
        <select
          aria-label={g('team')}
          className={select}
          value={scope.team ?? ''}
          onChange={e => set({ team: e.target.value, owner: undefined })}
        >
          <option value="">{g('allTeams')}</option>
          {teams.map(one => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </select>
      )}
      {pipelines && ways.length > 1 && (
        <select
          aria-label={g('pipeline')}
          className={select}
          value={scope.pipeline ?? ''}
          onChange={e => set({ pipeline: e.target.value })}
        >
          <option value="">{g('pipeline')}</option>
          {ways.map(one => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </select>
      )}
      <span className="ml-auto text-xs text-ink-3 max-lg:hidden">{g('click')}</span>
    </div>
  )
}
