import { Copy, FileDown, Mail, MoreHorizontal } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useNavigate } from 'react-router'
import { useFunction, useObjects } from '../../platform/meta'
import type { FieldValue, RecordItem } from '../../platform/types'
import { Button, box, Menu, MenuItem } from '../../ui/kit'
import { toast } from '../../ui/toast'
import { useAct } from './act'
import { FormDrawer, Input } from './formParts'
import { type SalesWord, useSalesWords } from './words'

const CreateForm = lazy(() => import('../../records/createForm'))

interface Answer {
  batch?: string
  id?: string
  token?: string
  order?: string
  contract?: string
  promotions?: unknown[]
}

/** What can be done with a quote in its status. */
export function QuoteActions({ item }: { item: RecordItem }) {
  const { s } = useSalesWords()
  const navigate = useNavigate()
  const { act, busy } = useAct()
  const approves = useFunction('approve')
  const [token, setToken] = useState<string>()
  const [writing, setWriting] = useState(false)
  const mail = useObjects().data?.get('mail')
  const [contracting, setContracting] = useState(false)
  const status = String(item.status)
  const over = Number(item.overLimit ?? 0) > 0
  const run = (name: string, body: unknown = {}) =>
    act<Answer>(`/quotes/${item.id}/${name}`, body, answer =>
      name === 'price' ? s('priced', { n: answer.promotions?.length ?? 0 }) : s('done'),
    )
  const send = async () => setToken((await run('send'))?.token)
  const open = async (name: 'order' | 'revise', object: string) => {
    const answer = await run(name)
    const id = name === 'order' ? answer?.order : answer?.id
    if (id) navigate(`/o/${object}/${id}`)
  }
  const closeLetter = () => {
    setToken(undefined)
    setWriting(false)
  }
  const solid = (label: string, onClick: () => void) => (
    <Button kind="solid" disabled={busy} onClick={onClick}>
      {label}
    </Button>
  )
  return (
    <>
      {status === 'draft' && (
        <Button disabled={busy} onClick={() => run('price')}>
          {s('price')}
        </Button>
      )}
      {status === 'draft' && (over ? solid(s('submit'), () => run('submit')) : solid(s('send'), send))}
      {status === 'inApproval' && approves && (
        <>
          <Button disabled={busy} onClick={() => run('decline')}>
            {s('decline')}
          </Button>
          {solid(s('approve'), () => run('approve'))}
        </>
      )}
      {status === 'approved' && solid(s('send'), send)}
      {status === 'sent' && (
        <>
          <Button disabled={busy} onClick={() => run('reject')}>
            {s('reject')}
          </Button>
          {solid(s('accept'), () => run('accept'))}
        </>
      )}
      {status === 'accepted' && (
        <>
          <Button disabled={busy} onClick={() => setContracting(true)}>
            {s('contract')}
          </Button>
          {solid(s('order'), () => open('order', 'order'))}
        </>
      )}
      <Menu align="end" trigger={<Button kind="ghost" aria-label={s('more')} icon={<MoreHorizontal size={15} />} />}>
        {(['en', 'zh-CN'] as const).map(language => (
          <MenuItem
            key={language}
            icon={<FileDown size={14} />}
            onSelect={() => location.assign(`/api/quotes/${item.id}/pdf?language=${language}`)}
          >
            {s(language === 'en' ? 'pdfEn' : 'pdfZh')}
          </MenuItem>
        ))}
        {(status === 'inApproval' || status === 'approved') && (
          <MenuItem onSelect={() => run('reopen')}>{s('reopen')}</MenuItem>
        )}
        {status === 'sent' && <MenuItem onSelect={send}>{s('link')}</MenuItem>}
        {['inApproval', 'approved', 'sent', 'rejected'].includes(status) && (
          <MenuItem onSelect={() => open('revise', 'quote')}>{s('revise')}</MenuItem>
        )}
      </Menu>
      {token && !writing && (
        <LinkDrawer token={token} onWrite={() => setWriting(true)} onClose={() => setToken(undefined)} />
      )}
      {token && writing && mail && (
        <Suspense>
          <CreateForm object={mail} given={letter(item, linkOf(token), s)} onClose={closeLetter} />
        </Suspense>
      )}
      {contracting && <ContractDrawer item={item} onClose={() => setContracting(false)} />}
    </>
  )
}

const linkOf = (token: string) => `${location.origin}/q/${token}`

/** A mail that takes the quote to the customer. */
function letter(item: RecordItem, link: string, s: SalesWord): Record<string, FieldValue> {
  const given: Record<string, FieldValue> = {
    name: s('letterSubject', { number: String(item.number ?? '') }),
    body: s('letterBody', { link }),
  }
  for (const field of ['contact', 'account', 'opportunity']) if (item[field]) given[field] = item[field]
  return given
}

interface LinkDrawerProps {
  token: string
  onWrite: () => void
  onClose: () => void
}

function LinkDrawer({ token, onWrite, onClose }: LinkDrawerProps) {
  const { s } = useSalesWords()
  const link = linkOf(token)
  const copy = async () => {
    await navigator.clipboard.writeText(link)
    toast(s('copied'))
  }
  return (
    <FormDrawer
      title={s('link')}
      hint={s('linkHint')}
      submit={s('copy')}
      busy={false}
      onSubmit={copy}
      onClose={onClose}
    >
      <div className="flex gap-2">
        <input readOnly aria-label={s('link')} value={link} className={box} onFocus={e => e.target.select()} />
        <Button icon={<Copy size={14} />} aria-label={s('copy')} onClick={copy} />
      </div>
      <Button icon={<Mail size={14} />} className="self-start" onClick={onWrite}>
        {s('writeLetter')}
      </Button>
    </FormDrawer>
  )
}

function ContractDrawer({ item, onClose }: { item: RecordItem; onClose: () => void }) {
  const { s } = useSalesWords()
  const navigate = useNavigate()
  const { act, busy } = useAct()
  const [name, setName] = useState(String(item.number ?? ''))
  const [startsOn, setStartsOn] = useState('')
  const [endsOn, setEndsOn] = useState('')
  const [parts, setParts] = useState('1')
  const [firstDue, setFirstDue] = useState('')
  const make = async () => {
    const body = {
      name,
      ...(startsOn && { startsOn }),
      ...(endsOn && { endsOn }),
      ...(firstDue && { plan: { parts: Number(parts) || 1, firstDue } }),
    }
    const answer = await act<Answer>(`/quotes/${item.id}/contract`, body, () => s('done'))
    if (answer?.contract) navigate(`/o/contract/${answer.contract}`)
  }
  return (
    <FormDrawer title={s('contract')} submit={s('contract')} busy={busy} onSubmit={make} onClose={onClose}>
      <Input label={s('name')} value={name} onChange={setName} required />
      <div className="grid grid-cols-2 gap-3">
        <Input label={s('startsOn')} type="date" value={startsOn} onChange={setStartsOn} />
        <Input label={s('endsOn')} type="date" value={endsOn} onChange={setEndsOn} />
        <Input label={s('firstDue')} type="date" value={firstDue} onChange={setFirstDue} />
        <Input label={s('parts')} type="number" min={1} max={120} value={parts} onChange={setParts} />
      </div>
    </FormDrawer>
  )
}
