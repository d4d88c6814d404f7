import { useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import { Sparkles, X } from 'lucide-react'
import { useState } from 'react'
import { LookupPicker } from '../../fields/lookup'
import { api } from '../../platform/api'
import { formatMoney } from '../../platform/format'
import { useObject } from '../../platform/meta'
import type { FieldDef, Link, MoneyValue, ObjectDef, Page, RecordItem } from '../../platform/types'
import { Button } from '../../ui/kit'
import { useAct } from './act'
import { useSalesWords } from './words'

/** Which object holds the lines of which, and by which lookup. */
const LINES: Record<string, { child: string; via: string; taxed: boolean }> = {
  quote: { child: 'quoteLine', via: 'quote', taxed: true },
  order: { child: 'orderLine', via: 'order', taxed: true },
  opportunity: { child: 'opportunityLine', via: 'opportunity', taxed: false },
}

/** The products of a quote, an order or a deal, edited in place; every total is the server's. */
export default function Lines({ object, item }: { object: ObjectDef; item: RecordItem }) {
  const lines = LINES[object.name]
  const child = useObject(lines?.child ?? '')
  if (!lines || !child) return null
  return <LineTable parent={object} item={item} child={child} via={lines.via} taxed={lines.taxed} />
}

interface Props {
  parent: ObjectDef
  item: RecordItem
  child: ObjectDef
  via: string
  taxed: boolean
}

function LineTable({ parent, item, child, via, taxed }: Props) {
  const { s, lang } = useSalesWords()
  const { refresh, tell } = useAct()
  const [busy, setBusy] = useState(false)
  const open =
    child.operations.includes('update') && (parent.name !== 'quote' || item.status === 'draft' || !item.status)
  const query = useQuery({
    queryKey: ['rows', child.name, 'lines', item.id],
    queryFn: () =>
      api<Page>('POST', `/records/${child.name}/query`, {
        body: { filter: { field: via, op: 'eq', value: item.id }, sort: 'createdAt', limit: 500 },
      }),
  })
  const rows = query.data?.items ?? []
  const product = child.fields.find(f => f.name === 'product')
  const change = async (work: () => Promise<unknown>) => {
    setBusy(true)
    try {
      await work()
    } catch (error) {
      tell(error)
    } finally {
      setBusy(false)
      refresh()
    }
  }
  const patch = (row: RecordItem, body: Record<string, unknown>) =>
    change(() => api('PATCH', `/records/${child.name}/${row.id}`, { version: row.version, body }))
  const money = (value: unknown) => (value ? formatMoney(value as MoneyValue, lang) : '—')
  return (
    <section className="mt-4 overflow-hidden rounded-xl border border-line shadow-1" aria-label={s('lines')}>
      <header className="flex items-center gap-2 px-4 py-2.5">
        <h3 className="font-semibold">{s('lines')}</h3>
        {Number(item.overLimit ?? 0) > 0 && item.status === 'draft' && (
          <p className="ml-auto text-xs" style={{ color: 'var(--amber-f)' }}>
            {s('overLimit')}
          </p>
        )}
      </header>
      <div className="overflow-x-auto">
        <table className="w-full border-t border-line text-sm">
          <thead className="text-xs text-ink-3">
            <tr>
              <th className="px-4 py-1.5 text-left font-medium">{s('product')}</th>
              <Head>{s('quantity')}</Head>
              <Head>{s('unitPrice')}</Head>
              <Head>{s('discount')}</Head>
              {taxed && <Head>{s('tax')}</Head>}
              <Head>{s('total')}</Head>
              {open && <th className="w-9" aria-label={s('more')} />}
            </tr>
          </thead>
          <tbody>
            {rows.map(row => {
              const given = !!row.promotion || !!row.partOf
              const name = String(row.name || (row.product as Link | null)?.name || '—')
              return (
                <tr key={row.id} className="border-t border-line">
                  <td className="min-w-40 px-4 py-1.5">
                    <span className={clsx('flex items-center gap-1.5', given && 'text-ink-2')}>
                      {given && <Sparkles size={13} className="flex-none" style={{ color: 'var(--green-d)' }} />}
                      {name}
                    </span>
                    {row.explanation && <span className="block text-xs text-ink-3">{String(row.explanation)}</span>}
                  </td>
                  <Cell
                    label={`${s('quantity')} ${name}`}
                    value={String(row.quantity ?? '')}
                    editable={open && !given}
                    onSave={quantity => patch(row, { quantity })}
                  />
                  <Cell
                    label={`${s('unitPrice')} ${name}`}
                    value={(row.unitPrice as MoneyValue | null)?.amount ?? ''}
                    shown={money(row.unitPrice)}
                    editable={open && !given}
                    onSave={amount =>
                      patch(row, {
                        unitPrice: amount
                          ? { amount, currency: (row.unitPrice as MoneyValue | null)?.currency ?? 'CNY' }
                          : null,
                      })
                    }
                  />
                  <Cell
                    label={`${s('discount')} ${name}`}
                    value={String(row.discount ?? '')}
                    editable={open && !given}
                    warn={row.overLimit === true}
                    onSave={discount => patch(row, { discount: discount || null })}
                  />
                  {taxed && (
                    <Cell
                      label={`${s('tax')} ${name}`}
                      value={String(row.taxRate ?? '')}
                      editable={open && !given}
                      onSave={taxRate => patch(row, { taxRate: taxRate || null })}
                    />
                  )}
                  <td className="num px-3 py-1.5 text-right font-medium whitespace-nowrap">{money(row.total)}</td>
                  {open && (
                    <td>
                      {!row.partOf && (
                        <Button
                          kind="ghost"
                          size="sm"
                          disabled={busy}
                          aria-label={s('removeLine', { name })}
                          icon={<X size={13} />}
                          onClick={() =>
                            change(() => api('DELETE', `/records/${child.name}/${row.id}`, { version: row.version }))
                          }
                        />
                      )}
                    </td>
                  )}
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      {!query.isPending && !rows.length && <p className="px-4 py-3 text-sm text-ink-3">{s('noLines')}</p>}
      <footer className="flex flex-wrap items-end gap-4 border-t border-line bg-surface-2 px-4 py-2.5">
        {open && product && (
          <AddProduct
            field={product}
            onAdd={id => change(() => api('POST', `/records/${child.name}`, { body: { [via]: item.id, product: id } }))}
          />
        )}
        <dl className="num ml-auto flex gap-6 text-sm">
          {parent.name === 'quote' && (
            <>
              <Sum label={s('net')} value={money(item.net)} />
              <Sum label={s('taxSum')} value={money(item.tax)} />
            </>
          )}
          <Sum label={s('total')} value={money(item.total ?? item.linesTotal)} strong />
        </dl>
        {parent.name === 'opportunity' && !!item.linesTotal && !same(item.linesTotal, item.amount) && (
          <Button
            size="sm"
            disabled={busy}
            onClick={() =>
              change(() =>
                api('PATCH', `/records/opportunity/${item.id}`, {
                  version: item.version,
                  body: { amount: item.linesTotal },
                }),
              )
            }
          >
            {s('toAmount')}
          </Button>
        )}
      </footer>
    </section>
  )
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

const Head = ({ children }: { children: string }) => (
  <th className="px-3 py-1.5 text-right font-medium whitespace-nowrap">{children}</th>
)

const Sum = ({ label, value, strong }: { label: string; value: string; strong?: boolean }) => (
  <div className="text-right">
    <dt className="text-xs text-ink-3">{label}</dt>
    <dd className={strong ? 'text-base font-semibold' : ''}>{value}</dd>
  </div>
)

interface CellProps {
  label: string
  value: string
  shown?: string
  editable: boolean
  warn?: boolean
  onSave: (value: string) => void
}

/** A figure that is typed over: Enter or leaving it saves, Escape takes it back. */
function Cell({ label, value, shown, editable, warn, onSave }: CellProps) {
  const [text, setText] = useState<string>()
  const end = (save: boolean) => {
    if (save && text !== undefined && text.trim() !== value) onSave(text.trim())
    setText(undefined)
  }
  return (
    <td className="num px-1 py-1 text-right">
      {editable ? (
        <input
          aria-label={label}
          inputMode="decimal"
          value={text ?? (shown && text === undefined ? shown : value)}
          onFocus={event => {
            setText(value)
            requestAnimationFrame(() => event.target.select())
          }}
          onChange={event => setText(event.target.value)}
          onBlur={() => end(true)}
          onKeyDown={event => {
            if (event.key === 'Enter') event.currentTarget.blur()
            if (event.key === 'Escape') {
              setText(undefined)
              event.currentTarget.blur()
            }
          }}
          className="h-8 w-24 rounded-md border border-transparent bg-transparent px-2 text-right outline-none hover:border-line-2 focus:border-accent focus:bg-surface max-md:h-11"
          style={warn ? { color: 'var(--amber-f)', fontWeight: 600 } : undefined}
        />
      ) : (
        <span className="px-2">{shown ?? (value || '—')}</span>
      )}
    </td>
  )
}

function AddProduct({ field, onAdd }: { field: FieldDef; onAdd: (id: string) => void }) {
  const { s } = useSalesWords()
  return (
    <div className="w-72 max-md:w-full">
      <span className="mb-1 block text-xs text-ink-3">{s('addProduct')}</span>
      <LookupPicker
        id="add-product"
        field={field}
        value={null}
        onChange={value => value && onAdd((value as Link).id)}
      />
    </div>
  )
}
