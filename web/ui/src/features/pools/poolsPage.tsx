import { useQuery, useQueryClient } from '@tanstack/react-query'
import clsx from 'clsx'
import { Waves } from 'lucide-react'
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { toText, Value } from '../../fields/value'
import { api, ProblemError } from '../../platform/api'
import { useDictionary } from '../../platform/i18n'
import { useFunction, useObject } from '../../platform/meta'
import type { ObjectDef, Page, RecordItem } from '../../platform/types'
import { Button, box, Checkbox, linkLook, Notice, Skeleton } from '../../ui/kit'
import { toast } from '../../ui/toast'
import { TopBar } from '../../ui/topBar'
import { LoadFailure } from '../loadFailure'
import { usePeople } from '../settings/organisationData'
import { Head, Panel } from '../settings/panel'
import { type Pool, pass, usePools } from './pools'
import { en, zh } from './words'

/** The public pools (公海) of whoever is signed in: what waits there, and claiming it. */
export function PoolsPage() {
  const { w } = useDictionary(en, zh)
  const pools = usePools()
  const manages = useFunction('users')
  const [params, setParams] = useSearchParams()
  const chosen = pools.data?.find(pool => pool.id === params.get('pool')) ?? pools.data?.[0]
  return (
    <>
      <TopBar
        title={w('pools')}
        right={
          manages && (
            <Link className={linkLook('line')} to="/settings/pools">
              {w('poolsAdmin')}
            </Link>
          )
        }
      />
      <div className="min-h-0 flex-1 overflow-y-auto bg-canvas p-6 max-md:p-3">
        <div className="mx-auto flex max-w-[1080px] flex-col gap-5">
          <p className="text-sm text-ink-2">{w('hint')}</p>
          <LoadFailure />
          {pools.isPending && <Skeleton width="60%" height={60} />}
          {pools.data && !pools.data.length && (
            <Notice icon={<Waves size={18} />} text={`${w('noPools')} ${w('noPoolsHint')}`} />
          )}
          <ul className="grid grid-cols-3 gap-3 max-lg:grid-cols-2 max-md:grid-cols-1">
            {pools.data?.map(pool => (
              <li key={pool.id}>
                <PoolCard
                  pool={pool}
                  chosen={pool.id === chosen?.id}
                  onPick={() => setParams({ pool: pool.id }, { replace: true })}
                />
              </li>
            ))}
          </ul>
          {chosen && <Waiting key={chosen.id} pool={chosen} />}
          {chosen?.manager && <Simulation key={`rules ${chosen.id}`} pool={chosen} />}
        </div>
      </div>
    </>
  )
}

function PoolCard({ pool, chosen, onPick }: { pool: Pool; chosen: boolean; onPick: () => void }) {
  const { w } = useDictionary(en, zh)
  return (
    <button
      type="button"
      aria-pressed={chosen}
      onClick={onPick}
      className={clsx(
        'flex w-full flex-col gap-1 rounded-xl border bg-surface p-4 text-left shadow-1 hover:shadow-2',
        chosen ? 'border-accent' : 'border-line hover:border-line-2',
      )}
    >
      <span className="font-semibold">{pool.name}</span>
      <span className="num text-sm text-ink-2">{w('waiting', { n: pool.waiting })}</span>
      <span className="num text-xs text-ink-3">
        {pool.capacity === null ? w('held', { n: pool.held }) : w('heldOf', { n: pool.held, max: pool.capacity })}
        {pool.claimsPerDay !== null && ` · ${w('todayOf', { n: pool.claimedToday, max: pool.claimsPerDay })}`}
      </span>
    </button>
  )
}

const COLUMNS = {
  account: ['industry', 'address.city', 'phone', 'updatedAt'],
  lead: ['company', 'source', 'phone', 'updatedAt'],
}

function Waiting({ pool }: { pool: Pool }) {
  const { w, label, lang } = useDictionary(en, zh)
  const object = useObject(pool.object)
  const client = useQueryClient()
  const people = usePeople().data ?? []
  const [picked, setPicked] = useState<string[]>([])
  const [busy, setBusy] = useState(false)
  const columns = COLUMNS[pool.object].flatMap(path => {
    const [name = ''] = path.split('.')
    const field = object?.fields.find(f => f.name === name)
    return field ? [{ path, field }] : []
  })
  const rows = useQuery({
    queryKey: ['rows', pool.object, 'pool', pool.id],
    queryFn: () =>
      api<Page>('POST', `/records/${pool.object}/query`, {
        body: {
          filter: { field: 'pool', op: 'eq', value: pool.id },
          fields: [object?.nameField, ...columns.map(c => c.path)],
          sort: '-updatedAt',
          limit: 100,
        },
      }),
    enabled: !!object,
  })
  if (!object) return null
  const nameField = object.fields.find(f => f.name === object.nameField)
  const name = (item: RecordItem) => (nameField ? toText(nameField, item[nameField.name], lang) : item.id)
  const act = async (kind: 'claim' | 'assign', body: object, done: 'claimed' | 'assigned') => {
    setBusy(true)
    try {
      const outcome = await pass(pool.id, kind, body)
      if (outcome.done) toast(w(done, { n: outcome.done }))
      if (outcome.refused.length) toast.error([...new Set(outcome.refused)].join(' '))
      setPicked([])
    } catch (error) {
      toast.error(error instanceof ProblemError ? error.message : w('failed'))
    } finally {
      setBusy(false)
      client.invalidateQueries({ queryKey: ['rows', pool.object] })
      client.invalidateQueries({ queryKey: ['pools'] })
    }
  }
  const items = rows.data?.items ?? []
  return (
    <Panel
      title={pool.name}
      action={
        <>
          {pool.manager && (
            <select
              aria-label={w('assign')}
              className={`${box} !w-44`}
              value=""
              disabled={!picked.length || busy}
              onChange={e => e.target.value && act('assign', { records: picked, to: e.target.value }, 'assigned')}
            >
              <option value="">{w('assign')}</option>
              {people
                .filter(person => person.active)
                .map(person => (
                  <option key={person.id} value={person.id}>
                    {person.name}
                  </option>
                ))}
            </select>
          )}
          <Button
            kind="solid"
            disabled={!picked.length || busy}
            onClick={() => act('claim', { records: picked }, 'claimed')}
          >
            {w('claim')}
          </Button>
        </>
      }
    >
      {rows.isSuccess && !items.length && <Notice icon={<Waves size={18} />} text={w('nothing')} />}
      {!!items.length && (
        <table className="w-full text-sm">
          <thead className="bg-surface-2 text-left text-xs text-ink-3">
            <tr>
              <th className="w-10 px-3 py-2">
                <Checkbox
                  label={w('all')}
                  checked={picked.length === items.length || (picked.length ? 'indeterminate' : false)}
                  onChange={on => setPicked(on ? items.map(item => item.id) : [])}
                />
              </th>
              <th className="px-3 py-2 font-medium">{nameField && label(nameField.labels)}</th>
              {columns.map(column => (
                <th key={column.path} className="px-3 py-2 font-medium">
                  {label(column.field.labels)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {items.map(item => (
              <tr key={item.id} className="border-t border-line hover:bg-hover">
                <td className="px-3 py-1.5">
                  <Checkbox
                    label={w('select', { name: name(item) })}
                    checked={picked.includes(item.id)}
                    onChange={on => setPicked(old => (on ? [...old, item.id] : old.filter(id => id !== item.id)))}
                  />
                </td>
                <td className="px-3 py-1.5 font-medium whitespace-nowrap">
                  <Link className="hover:underline" to={`/o/${pool.object}/${item.id}`}>
                    {name(item)}
                  </Link>
                </td>
                {columns.map(column => (
                  <td key={column.path} className="px-3 py-1.5 text-ink-2 [&_.text-right]:!text-left">
                    <Cell object={object} path={column.path} item={item} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}

function Cell({ object, path, item }: { object: ObjectDef; path: string; item: RecordItem }) {
  if (path.includes('.')) return String(item[path] ?? '')
  const field = object.fields.find(f => f.name === path)
  return field ? <Value field={field} value={item[path]} /> : null
}

interface Simulated {
  rules: { rule: string; count: number; exact: boolean; records: { id: string; owner: string }[] }[]
  names: Record<string, string>
}

function Simulation({ pool }: { pool: Pool }) {
  const { w, known } = useDictionary(en, zh)
  const client = useQueryClient()
  const [busy, setBusy] = useState(false)
  const simulated = useQuery({
    queryKey: ['pool-simulation', pool.id],
    queryFn: () => api<Simulated>('GET', `/pools/${pool.id}/simulation`),
  })
  const run = async () => {
    setBusy(true)
    try {
      const { recycled } = await api<{ recycled: number }>('POST', `/pools/${pool.id}/recycle`)
      toast(w('ran', { n: recycled }))
    } catch (error) {
      toast.error(error instanceof ProblemError ? error.message : w('failed'))
    } finally {
      setBusy(false)
      client.invalidateQueries({ queryKey: ['pool-simulation', pool.id] })
      client.invalidateQueries({ queryKey: ['rows', pool.object] })
      client.invalidateQueries({ queryKey: ['pools'] })
    }
  }
  const rules = simulated.data?.rules.filter(rule => rule.count) ?? []
  return (
    <Panel
      title={w('simulation')}
      hint={w('simulationHint')}
      action={
        <Button disabled={busy || !rules.length} onClick={run}>
          {w('runNow')}
        </Button>
      }
    >
      {simulated.isPending && <Skeleton width="50%" />}
      {simulated.data && !rules.length && <p className="p-4 text-sm text-ink-2">{w('quiet')}</p>}
      {rules.map(rule => (
        <section key={rule.rule} className="border-b border-line last:border-b-0">
          <h3 className="px-3 pt-2.5 pb-1 text-xs font-semibold text-ink-3">
            {known(rule.rule)} · {rule.count}
            {!rule.exact && '+'}
          </h3>
          <table className="w-full text-sm">
            <Head names={[w('pools'), w('owner')]} />
            <tbody>
              {rule.records.map(record => (
                <tr key={record.id} className="border-t border-line">
                  <td className="px-3 py-1.5">
                    <Link className="font-medium hover:underline" to={`/o/${pool.object}/${record.id}`}>
                      {simulated.data?.names[record.id] ?? '—'}
                    </Link>
                  </td>
                  <td className="px-3 py-1.5 text-ink-2">{simulated.data?.names[record.owner]}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ))}
    </Panel>
  )
}
