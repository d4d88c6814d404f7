import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api, ProblemError } from '../../platform/api'
import { useDictionary } from '../../platform/i18n'
import { useSession } from '../../platform/session'
import type { Link, RecordItem } from '../../platform/types'
import { Button } from '../../ui/kit'
import { toast } from '../../ui/toast'
import { FormDrawer, Input, Select } from '../sales/formParts'
import { pass, usePools } from './pools'
import { en, zh } from './words'

/** What the pools offer on the page of an account or a lead: claiming it, giving it back, and who held it. */
export function PoolActions({ object, item }: { object: string; item: RecordItem }) {
  const { w } = useDictionary(en, zh)
  const client = useQueryClient()
  const me = useSession().data?.user.id
  const pools = (usePools().data ?? []).filter(pool => pool.object === object)
  const [returning, setReturning] = useState(false)
  const [busy, setBusy] = useState(false)
  const waitsIn = (item.pool as Link | null)?.id
  const owner = (item.owner as Link | null)?.id
  const pool = pools.find(one => one.id === waitsIn)
  const refresh = () => {
    for (const key of ['record', 'may', 'holders', 'rows']) client.invalidateQueries({ queryKey: [key, object] })
    client.invalidateQueries({ queryKey: ['pools'] })
  }
  const claim = async () => {
    setBusy(true)
    try {
      await pass(waitsIn ?? '', 'claim', { records: [item.id] })
      toast(w('claimed', { n: 1 }))
    } catch (error) {
      toast.error(error instanceof ProblemError ? error.message : w('failed'))
    } finally {
      setBusy(false)
      refresh()
    }
  }
  const mayReturn = !waitsIn && (owner === me ? pools.length > 0 : pools.some(one => one.manager))
  return (
    <>
      {pool && (
        <Button kind="solid" disabled={busy} onClick={claim}>
          {w('claim')}
        </Button>
      )}
      {mayReturn && (
        <Button kind="ghost" onClick={() => setReturning(true)}>
          {w('giveBack')}
        </Button>
      )}
      {returning && (
        <ReturnForm
          object={object}
          item={item}
          onClose={() => {
            setReturning(false)
            refresh()
          }}
        />
      )}
    </>
  )
}

function ReturnForm({ object, item, onClose }: { object: string; item: RecordItem; onClose: () => void }) {
  const { w } = useDictionary(en, zh)
  const pools = (usePools().data ?? []).filter(pool => pool.object === object)
  const [to, setTo] = useState(pools[0]?.id ?? '')
  const [reason, setReason] = useState('')
  const [busy, setBusy] = useState(false)
  const give = async () => {
    setBusy(true)
    try {
      await pass(to, 'return', { records: [item.id], reason })
      toast(w('returned'))
      onClose()
    } catch (error) {
      toast.error(error instanceof ProblemError ? error.message : w('failed'))
      setBusy(false)
    }
  }
  return (
    <FormDrawer title={w('giveBack')} submit={w('giveBack')} busy={busy} onSubmit={give} onClose={onClose}>
      <Select
        label={w('giveBackTo')}
        value={to}
        options={pools.map(pool => ({ value: pool.id, label: pool.name }))}
        onChange={setTo}
      />
      <Input label={w('reason')} value={reason} onChange={setReason} />
      <Holders object={object} id={item.id} />
    </FormDrawer>
  )
}

interface Movement {
  kind: 'claim' | 'assign' | 'return' | 'recycle'
  at: string
  reason: string
  pool: Link | null
  from: Link | null
  to: Link | null
  by: Link | null
}

/** Who held a record and when. */
export function Holders({ object, id }: { object: string; id: string }) {
  const { w, known, lang } = useDictionary(en, zh)
  const holders = useQuery({
    queryKey: ['holders', object, id],
    queryFn: () => api<{ items: Movement[] }>('GET', `/records/${object}/${id}/holders`),
  })
  if (!holders.data?.items.length) return null
  const moment = new Intl.DateTimeFormat(lang, { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <section>
      <h3 className="mb-1 text-xs font-semibold text-ink-3">{w('holders')}</h3>
      <ul className="text-sm leading-6">
        {holders.data.items.map(move => (
          <li key={move.at}>
            <span className="num pr-2 text-xs text-ink-3">{moment.format(new Date(move.at))}</span>
            {w(`kind.${move.kind}`, {
              to: move.to?.name ?? '—',
              from: move.from?.name ?? '—',
              by: move.by?.name ?? '—',
              pool: move.pool?.name ?? '—',
            })}
            {move.reason && <span className="text-ink-3"> · {known(move.reason)}</span>}
          </li>
        ))}
      </ul>
    </section>
  )
}
