import { useQuery } from '@tanstack/react-query'
import { HandCoins } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { Link } from 'react-router'
import { api } from '../../platform/api'
import { formatMoney, formatNumber } from '../../platform/format'
import { useDictionary } from '../../platform/i18n'
import type { Filter } from '../../platform/types'
import { Face } from '../../ui/face'
import { Button, box, linkLook, Notice, Skeleton } from '../../ui/kit'
import { TopBar } from '../../ui/topBar'
import { listOf, useScope } from './scope'
import { ScopeBar } from './scopeBar'

const en = {
  commissions: 'Commissions',
  plans: 'Plans',
  none: 'Nobody is due anything for this period. Make a plan with tiers first.',
  person: 'Person',
  plan: 'Plan',
  'basis.won': 'Value won',
  'basis.margin': 'Margin',
  'basis.receipts': 'Receipts',
  amount: 'Counts',
  commission: 'Commission',
  more: 'What if they sold so much more?',
  whatIf: 'Then',
  tier: '{rate} % from {from}: {part}',
  retry: 'Try again',
}

const zh: Record<keyof typeof en, string> = {
  commissions: '销售提成',
  plans: '提成方案',
  none: '该期间没有应计提成。请先创建提成方案和档位。',
  person: '人员',
  plan: '方案',
  'basis.won': '成交金额',
  'basis.margin': '毛利',
  'basis.receipts': '回款',
  amount: '计提基数',
  commission: '提成',
  more: '如果再多成交多少？',
  whatIf: '则为',
  tier: '{from} 起 {rate}%：{part}',
  retry: '重试',
}

interface Statement {
  currency: string
  items: {
    plan: string
    planId: string
    basis: 'won' | 'margin' | 'receipts'
    person: string
    name: string | null
    amount: string
    commission: string
    whatIf?: string
    tiers: { from: string; rate: string; commission: string }[]
    drill: { object: string; filter: Filter }
  }[]
}

/** What each person is due, by plan and tier, and what it would be if they sold more. */
export function CommissionsPage() {
  const { w, lang } = useDictionary(en, zh)
  const state = useScope('quarter')
  const [more, setMore] = useState('')
  const asked = useDeferredValue(more.trim())
  const { from, to, owner, team } = state.scope
  const body = {
    ...(from && { from }),
    ...(to && { to }),
    ...(owner && { owner }),
    ...(team && { team }),
    ...(/^\d+(\.\d+)?$/.test(asked) && { more: asked }),
  }
  const statement = useQuery({
    queryKey: ['figures', 'commissions', JSON.stringify(body)],
    queryFn: () => api<Statement>('POST', '/commissions', { body }),
    placeholderData: old => old,
  })
  const items = statement.data?.items ?? []
  const asksMore = items.some(item => item.whatIf)
  const money = (amount: string) => formatMoney({ amount, currency: statement.data?.currency ?? 'CNY' }, lang)
  return (
    <>
      <TopBar
        icon={<HandCoins size={16} />}
        title={w('commissions')}
        right={
          <Link to="/o/commissionPlan" className={linkLook('line')}>
            {w('plans')}
          </Link>
        }
      />
      <ScopeBar state={state} pipelines={false} />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-[1000px] flex-col gap-4 p-5 max-md:p-3">
          <label className="max-w-72 text-xs font-medium text-ink-2">
            {w('more')}
            <input
              inputMode="decimal"
              className={`${box} mt-1`}
              value={more}
              onChange={event => setMore(event.target.value)}
            />
          </label>
          {statement.isPending && <Skeleton width="100%" height={160} />}
          {statement.isError && (
            <Notice icon={<HandCoins size={18} />} text={statement.error.message}>
              <Button onClick={() => statement.refetch()}>{w('retry')}</Button>
            </Notice>
          )}
          {statement.data && !items.length && <Notice icon={<HandCoins size={18} />} text={w('none')} />}
          {items.length > 0 && (
            <div className="overflow-x-auto rounded-xl border border-line shadow-1">
              <table className="w-full text-sm">
                <thead className="bg-surface-2 text-xs text-ink-3">
                  <tr>
                    <th className="px-3 py-2 text-left font-medium">{w('person')}</th>
                    <th className="px-3 py-2 text-left font-medium max-md:hidden">{w('plan')}</th>
                    <th className="px-3 py-2 text-right font-medium">{w('amount')}</th>
                    <th className="px-3 py-2 text-right font-medium">{w('commission')}</th>
                    {asksMore && <th className="px-3 py-2 text-right font-medium">{w('whatIf')}</th>}
                  </tr>
                </thead>
                <tbody>
                  {items.map(item => (
                    <tr key={item.planId + item.person} className="border-t border-line align-top hover:bg-hover">
                      <td className="px-3 py-2">
                        <span className="flex items-center gap-2 font-medium">
                          <Face name={item.name ?? ''} size={20} />
                          {item.name ?? '—'}
                        </span>
                      </td>
                      <td className="px-3 py-2 max-md:hidden">
                        <Link to={`/o/commissionPlan/${item.planId}`} className="hover:underline">
                          {item.plan}
                        </Link>
                        <ul className="text-xs text-ink-3">
                          {item.tiers
                            .filter(tier => Number(tier.commission) > 0)
                            .map(tier => (
                              <li key={tier.from} className="num">
                                {w('tier', {
                                  rate: formatNumber(tier.rate, lang),
                                  from: money(tier.from),
                                  part: money(tier.commission),
                                })}
                              </li>
                            ))}
                        </ul>
                      </td>
                      <td className="num px-3 py-2 text-right whitespace-nowrap">
                        <Link to={listOf(item.drill)} className="hover:underline">
                          {money(item.amount)}
                        </Link>
                        <span className="block text-xs text-ink-3">{w(`basis.${item.basis}`)}</span>
                      </td>
                      <td className="num px-3 py-2 text-right font-semibold whitespace-nowrap">
                        {money(item.commission)}
                      </td>
                      {asksMore && (
                        <td className="num px-3 py-2 text-right whitespace-nowrap text-ink-2">
                          {item.whatIf ? money(item.whatIf) : ''}
                        </td>
                      )}
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          )}
        </div>
      </div>
    </>
  )
}
