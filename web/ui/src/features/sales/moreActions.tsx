import { MapPin } from 'lucide-react'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { api, type Problem, ProblemError } from '../../platform/api'
import { localDay } from '../../platform/format'
import { useWords } from '../../platform/i18n'
import { isOffline } from '../../platform/keeping'
import { useObject } from '../../platform/meta'
import { enqueue } from '../../platform/outbox'
import { arrival } from '../../platform/place'
import type { RecordItem } from '../../platform/types'
import { NeededDialog } from '../../records/board/neededDialog'
import { Button } from '../../ui/kit'
import { toast } from '../../ui/toast'
import { useAct } from './act'
import { FormDrawer, Input, Select } from './formParts'
import { useSalesWords } from './words'

interface Answer {
  batch?: string
  contract?: string
  matches?: number
}

export function ContractActions({ item }: { item: RecordItem }) {
  const { s } = useSalesWords()
  const navigate = useNavigate()
  const { act, busy } = useAct()
  const [planning, setPlanning] = useState(false)
  const [renewing, setRenewing] = useState(false)
  const [parts, setParts] = useState('3')
  const [firstDue, setFirstDue] = useState(localDay(new Date()))
  const [every, setEvery] = useState('month')
  const [months, setMonths] = useState('12')
  const plan = async () => {
    const body = { parts: Number(parts), firstDue, every }
    if (await act<Answer>(`/contracts/${item.id}/plan`, body, () => s('done'))) setPlanning(false)
  }
  const renew = async () => {
    const answer = await act<Answer>(`/contracts/${item.id}/renew`, { months: Number(months) }, () => s('done'))
    if (answer?.contract) navigate(`/o/contract/${answer.contract}`)
  }
  return (
    <>
      <Button onClick={() => setPlanning(true)}>{s('plan')}</Button>
      {item.endsOn && item.status !== 'renewed' && <Button onClick={() => setRenewing(true)}>{s('renew')}</Button>}
      {planning && (
        <FormDrawer
          title={s('plan')}
          hint={s('planHint')}
          submit={s('plan')}
          busy={busy}
          onSubmit={plan}
          onClose={() => setPlanning(false)}
        >
          <Input label={s('parts')} type="number" min={1} max={120} value={parts} onChange={setParts} />
          <Input label={s('firstDue')} type="date" value={firstDue} onChange={setFirstDue} required />
          <Select
            label={s('every')}
            value={every}
            onChange={setEvery}
            options={(['week', 'month', 'quarter', 'year'] as const).map(value => ({
              value,
              label: s(`every.${value}`),
            }))}
          />
        </FormDrawer>
      )}
      {renewing && (
        <FormDrawer
          title={s('renew')}
          submit={s('renew')}
          busy={busy}
          onSubmit={renew}
          onClose={() => setRenewing(false)}
        >
          <Input label={s('months')} type="number" min={1} max={120} value={months} onChange={setMonths} />
        </FormDrawer>
      )}
    </>
  )
}

export function ReceiptActions({ item }: { item: RecordItem }) {
  const { s } = useSalesWords()
  const { act, busy } = useAct()
  const left = item.unmatched as { amount: string } | null
  if (!left || Number(left.amount) <= 0) return null
  return (
    <Button
      kind="solid"
      disabled={busy}
      onClick={() => act<Answer>(`/receipts/${item.id}/match`, {}, answer => s('matched', { n: answer.matches ?? 0 }))}
    >
      {s('match')}
    </Button>
  )
}

export function TargetActions({ item }: { item: RecordItem }) {
  const { s } = useSalesWords()
  const { act, busy } = useAct()
  const [splitting, setSplitting] = useState(false)
  const [by, setBy] = useState('months')
  const split = async () => {
    if (await act<Answer>(`/targets/${item.id}/split`, { by }, () => s('done'))) setSplitting(false)
  }
  return (
    <>
      <Button onClick={() => setSplitting(true)}>{s('split')}</Button>
      {splitting && (
        <FormDrawer
          title={s('split')}
          submit={s('split')}
          busy={busy}
          onSubmit={split}
          onClose={() => setSplitting(false)}
        >
          <Select
            label={s('splitBy')}
            value={by}
            onChange={setBy}
            options={(['months', 'quarters', 'people'] as const).map(value => ({ value, label: s(`split.${value}`) }))}
          />
        </FormDrawer>
      )}
    </>
  )
}

/** Check-in with time and place, and the form that a finished visit needs. */
export function VisitActions({ item }: { item: RecordItem }) {
  const { s } = useSalesWords()
  const { t } = useWords()
  const object = useObject('visit')
  const { refresh, tell } = useAct()
  const [needed, setNeeded] = useState<Problem>()
  const patch = (body: Record<string, unknown>) =>
    api('PATCH', `/records/visit/${item.id}`, { version: item.version, body }).then(refresh)
  const checkIn = async () => {
    const body = await arrival()
    if (!('latitude' in body)) toast(s('noPlace'))
    try {
      await patch(body)
      toast(s('checkedIn'))
    } catch (error) {
      if (!isOffline(error)) return tell(error)
      await enqueue({
        method: 'PATCH',
        path: `/records/visit/${item.id}`,
        version: item.version,
        body,
        object: 'visit',
        record: item.id,
        title: s('checkIn'),
      })
      toast(t('keptOffline'))
    }
  }
  const finish = async () => {
    try {
      await patch({ status: 'done' })
    } catch (error) {
      if (error instanceof ProblemError && error.problem.violations?.length) setNeeded(error.problem)
      else tell(error)
    }
  }
  if (item.status !== 'planned' || !object) return null
  return (
    <>
      {!item.checkedInAt && (
        <Button kind="solid" icon={<MapPin size={14} />} onClick={checkIn}>
          {s('checkIn')}
        </Button>
      )}
      <Button kind={item.checkedInAt ? 'solid' : 'line'} onClick={finish}>
        {s('finish')}
      </Button>
      {needed && (
        <NeededDialog
          object={object}
          item={item}
          column={s('finish')}
          problem={needed}
          onSave={async values => {
            await patch({ ...values, status: 'done' })
            setNeeded(undefined)
          }}
          onClose={() => setNeeded(undefined)}
        />
      )}
    </>
  )
}
