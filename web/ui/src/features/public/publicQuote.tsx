import { useQuery, useQueryClient } from '@tanstack/react-query'
import { FileDown, FileX, Languages } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useParams } from 'react-router'
import { api, ProblemError } from '../../platform/api'
import { formatDay, formatMoney, formatNumber } from '../../platform/format'
import { setLanguage } from '../../platform/i18n'
import type { MoneyValue } from '../../platform/types'
import { Button, box, linkLook, Notice } from '../../ui/kit'
import { usePublicWords } from './words'

interface PublicQuote {
  number: string
  revision: number
  company: string
  account: string
  contact: string
  validUntil: string | null
  note: string | null
  terms: string | null
  status: 'sent' | 'accepted' | 'rejected'
  expired: boolean
  net: MoneyValue | null
  tax: MoneyValue | null
  total: MoneyValue | null
  lines: {
    name: string
    quantity: string
    discount: string | null
    explanation: string | null
    unitPrice: MoneyValue | null
    total: MoneyValue | null
  }[]
}

/** A frame without navigation, for people who have no account. */
export function PublicFrame({ children }: { children: ReactNode }) {
  const { p, lang } = usePublicWords()
  return (
    <main className="min-h-full overflow-y-auto bg-canvas px-4 py-8 max-md:px-2 max-md:py-3">
      <div className="mx-auto max-w-[820px] rounded-2xl border border-line bg-surface p-8 shadow-2 max-md:p-4">
        {children}
      </div>
      <p className="mt-4 text-center">
        <Button kind="ghost" icon={<Languages size={14} />} onClick={() => setLanguage(lang === 'en' ? 'zh-CN' : 'en')}>
          {p('language')}
        </Button>
      </p>
    </main>
  )
}

/** A quote as its customer sees and answers it. */
export function PublicQuotePage() {
  const { token = '' } = useParams()
  const { p } = usePublicWords()
  const quote = useQuery({
    queryKey: ['public', 'quote', token],
    queryFn: () => api<PublicQuote>('GET', `/public/quotes/${token}`),
    retry: false,
  })
  if (quote.isPending) return <PublicFrame>{null}</PublicFrame>
  if (quote.isError)
    return (
      <PublicFrame>
        <Notice
          icon={<FileX size={18} />}
          text={quote.error instanceof ProblemError && quote.error.problem.status === 404 ? p('gone') : p('offline')}
        />
      </PublicFrame>
    )
  return (
    <PublicFrame>
      <QuoteBody quote={quote.data} token={token} />
    </PublicFrame>
  )
}

function QuoteBody({ quote, token }: { quote: PublicQuote; token: string }) {
  const { p, lang } = usePublicWords()
  const money = (value: MoneyValue | null) => (value ? formatMoney(value, lang) : '')
  return (
    <>
      <header className="flex flex-wrap items-start gap-3">
        <div className="min-w-0 flex-1">
          <p className="text-sm font-semibold text-ink-2">{quote.company}</p>
          <h1 className="mt-1 text-2xl font-semibold tracking-[-.02em]">
            {p('quote')} {quote.number}
          </h1>
          <p className="mt-1 text-sm text-ink-2">
            {quote.account && p('for', { account: quote.account })}
            {quote.validUntil && (
              <span className="ml-3 text-ink-3">{p('validUntil', { day: formatDay(quote.validUntil, lang) })}</span>
            )}
          </p>
        </div>
        <a className={linkLook('line')} href={`/api/public/quotes/${token}/pdf`}>
          <FileDown size={14} />
          {p('pdf')}
        </a>
      </header>
      <div className="mt-6 overflow-x-auto">
        <table className="w-full text-sm">
          <thead className="text-xs text-ink-3">
            <tr className="border-b border-line-2">
              <th className="py-2 pr-3 text-left font-medium">{p('product')}</th>
              <th className="px-3 py-2 text-right font-medium">{p('quantity')}</th>
              <th className="px-3 py-2 text-right font-medium">{p('price')}</th>
              <th className="px-3 py-2 text-right font-medium">{p('discount')}</th>
              <th className="py-2 pl-3 text-right font-medium">{p('total')}</th>
            </tr>
          </thead>
          <tbody>
            {quote.lines.map((line, i) => (
              <tr key={i} className="border-b border-line">
                <td className="py-2 pr-3">
                  {line.name}
                  {line.explanation && <span className="block text-xs text-ink-3">{line.explanation}</span>}
                </td>
                <td className="num px-3 py-2 text-right">{formatNumber(line.quantity, lang)}</td>
                <td className="num px-3 py-2 text-right whitespace-nowrap">{money(line.unitPrice)}</td>
                <td className="num px-3 py-2 text-right">
                  {line.discount ? `${formatNumber(line.discount, lang)}%` : ''}
                </td>
                <td className="num py-2 pl-3 text-right whitespace-nowrap">{money(line.total)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <dl className="num mt-3 ml-auto grid w-64 grid-cols-2 gap-y-1 text-sm">
        <dt className="text-ink-3">{p('net')}</dt>
        <dd className="text-right">{money(quote.net)}</dd>
        <dt className="text-ink-3">{p('tax')}</dt>
        <dd className="text-right">{money(quote.tax)}</dd>
        <dt className="border-t border-line-2 pt-1 font-semibold">{p('total')}</dt>
        <dd className="border-t border-line-2 pt-1 text-right text-base font-semibold">{money(quote.total)}</dd>
      </dl>
      <Text title={p('note')} text={quote.note} />
      <Text title={p('terms')} text={quote.terms} />
      <Answer quote={quote} token={token} />
    </>
  )
}

const Text = ({ title, text }: { title: string; text: string | null }) =>
  text ? (
    <section className="mt-5">
      <h2 className="text-xs font-semibold text-ink-3">{title}</h2>
      <p className="mt-1 text-sm whitespace-pre-wrap">{text}</p>
    </section>
  ) : null

function Answer({ quote, token }: { quote: PublicQuote; token: string }) {
  const { p } = usePublicWords()
  const client = useQueryClient()
  const [name, setName] = useState('')
  const [note, setNote] = useState('')
  const [problem, setProblem] = useState('')
  if (quote.status !== 'sent' || quote.expired)
    return (
      <p className="mt-8 rounded-xl bg-sunken p-4 text-center text-sm font-medium" role="status">
        {p(quote.status === 'accepted' ? 'accepted' : quote.status === 'rejected' ? 'rejected' : 'expired')}
      </p>
    )
  const send = async (accept: boolean) => {
    setProblem('')
    try {
      await api('POST', `/public/quotes/${token}/answer`, { body: { accept, name, ...(note && { note }) } })
      client.invalidateQueries({ queryKey: ['public', 'quote', token] })
    } catch (error) {
      setProblem(error instanceof Error ? error.message : p('offline'))
    }
  }
  return (
    <form
      className="mt-8 flex flex-col gap-3 rounded-xl bg-sunken p-4"
      onSubmit={event => {
        event.preventDefault()
        send(true)
      }}
    >
      <label className="text-xs font-medium text-ink-2">
        {p('yourName')}
        <input
          className={`${box} mt-1`}
          value={name}
          maxLength={200}
          required
          onChange={e => setName(e.target.value)}
        />
      </label>
      <label className="text-xs font-medium text-ink-2">
        {p('comment')}
        <textarea
          className={`${box} mt-1 py-1.5`}
          rows={2}
          value={note}
          maxLength={4000}
          onChange={e => setNote(e.target.value)}
        />
      </label>
      {problem && (
        <p role="alert" className="text-sm text-neg">
          {problem}
        </p>
      )}
      <div className="flex gap-2">
        <Button disabled={!name.trim()} onClick={() => send(false)}>
          {p('decline')}
        </Button>
        <Button kind="solid" type="submit" className="ml-auto">
          {p('accept')}
        </Button>
      </div>
    </form>
  )
}
