import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { Editor } from '../../fields/editor'
import { api } from '../../platform/api'
import { useObject } from '../../platform/meta'
import type { FieldValue, RecordItem } from '../../platform/types'
import { Skeleton } from '../../ui/kit'
import { useAct } from './act'
import { FormDrawer, Input } from './formParts'
import { useSalesWords } from './words'

interface Alike {
  id: string
  name: string
  probability?: number
}

interface Preview {
  account: { alike: Alike[] }
  contact: { alike: Alike[] }
  opportunity: { name: string }
}

interface Done {
  batch: string
  account: string | null
  contact: string | null
  opportunity: string | null
}

/** Decides what becomes of a lead: which account and contact, and whether a deal. */
export function ConvertLead({ item, onClose }: { item: RecordItem; onClose: () => void }) {
  const { s } = useSalesWords()
  const preview = useQuery({
    queryKey: ['record', 'lead', item.id, 'conversion'],
    queryFn: () => api<Preview>('GET', `/leads/${item.id}/conversion`),
    staleTime: 0,
  })
  if (!preview.data)
    return (
      <FormDrawer title={s('convertTitle')} submit={s('convert')} busy onSubmit={() => {}} onClose={onClose}>
        <Skeleton width="80%" />
        <Skeleton width="60%" />
      </FormDrawer>
    )
  return <Decision item={item} preview={preview.data} onClose={onClose} />
}

function Decision({ item, preview, onClose }: { item: RecordItem; preview: Preview; onClose: () => void }) {
  const { s, label } = useSalesWords()
  const navigate = useNavigate()
  const { act, busy } = useAct()
  const opportunity = useObject('opportunity')
  const [account, setAccount] = useState(preview.account.alike[0]?.id ?? 'new')
  const [contact, setContact] = useState(preview.contact.alike[0]?.id ?? 'new')
  const [deal, setDeal] = useState(true)
  const [name, setName] = useState(preview.opportunity.name)
  const [amount, setAmount] = useState<FieldValue>(null)
  const [closeDate, setCloseDate] = useState('')
  const amountField = opportunity?.fields.find(f => f.name === 'amount')
  const convert = async () => {
    const body = {
      account: account || null,
      contact: contact || null,
      opportunity: deal ? { name, ...(amount ? { amount } : {}), ...(closeDate && { closeDate }) } : null,
    }
    const done = await act<Done>(`/leads/${item.id}/convert`, body, () => s('converted'))
    if (!done) return
    onClose()
    if (done.opportunity) navigate(`/o/opportunity/${done.opportunity}`)
    else if (done.account) navigate(`/o/account/${done.account}`)
  }
  return (
    <FormDrawer
      title={s('convertTitle')}
      hint={s('convertHint')}
      submit={s('convert')}
      busy={busy}
      onSubmit={convert}
      onClose={onClose}
    >
      <Side title={s('account')} name="account" alike={preview.account.alike} value={account} onChange={setAccount} />
      <Side title={s('contact')} name="contact" alike={preview.contact.alike} value={contact} onChange={setContact} />
      <fieldset className="flex flex-col gap-3">
        <legend className="mb-1.5 text-xs font-semibold text-ink-3">{s('opportunity')}</legend>
        <label className="flex min-h-8 items-center gap-2 text-sm">
          <input type="checkbox" checked={deal} onChange={e => setDeal(e.target.checked)} className="size-4" />
          {s('withDeal')}
        </label>
        {deal && (
          <>
            <Input label={s('dealName')} value={name} onChange={setName} required />
            {amountField && (
              <div>
                <span className="mb-1 block text-xs font-medium text-ink-2">{label(amountField.labels)}</span>
                <Editor id="convert-amount" field={amountField} value={amount} onChange={setAmount} />
              </div>
            )}
            <Input label={s('closeDate')} type="date" value={closeDate} onChange={setCloseDate} />
          </>
        )}
      </fieldset>
    </FormDrawer>
  )
}

interface SideProps {
  title: string
  name: string
  alike: Alike[]
  value: string
  onChange: (value: string) => void
}

function Side({ title, name, alike, value, onChange }: SideProps) {
  const { s, lang } = useSalesWords()
  const percent = new Intl.NumberFormat(lang, { style: 'percent' })
  const option = (id: string, text: string, hint?: string) => (
    <label key={id} className="flex min-h-8 items-start gap-2 py-1 text-sm">
      <input
        type="radio"
        name={`convert-${name}`}
        className="mt-0.5 size-4"
        checked={value === id}
        onChange={() => onChange(id)}
      />
      <span className="min-w-0">
        <span className="block truncate">{text}</span>
        {hint && <span className="block text-xs text-ink-3">{hint}</span>}
      </span>
    </label>
  )
  return (
    <fieldset>
      <legend className="mb-1 text-xs font-semibold text-ink-3">{title}</legend>
      {alike.length > 0 && <p className="text-xs text-ink-2">{s('looksLike')}</p>}
      {alike.map(one =>
        option(
          one.id,
          one.name,
          one.probability === undefined
            ? s('useExisting')
            : `${s('useExisting')} · ${s('likely', { p: percent.format(one.probability) })}`,
        ),
      )}
      {option('new', s('makeNew'))}
      {option('', s('useNone'))}
    </fieldset>
  )
}
