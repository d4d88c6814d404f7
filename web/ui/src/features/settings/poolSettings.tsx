import { useQuery } from '@tanstack/react-query'
import { Plus, Waves } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { Link } from 'react-router'
import { api } from '../../platform/api'
import { useDictionary } from '../../platform/i18n'
import { useObject } from '../../platform/meta'
import type { Link as LinkValue, Page } from '../../platform/types'
import { Button, Notice, Tag } from '../../ui/kit'
import { Head, Panel } from './panel'
import { SettingsFrame } from './settings'

const CreateForm = lazy(() => import('../../records/createForm'))

const en = {
  title: 'Public pools',
  hint: 'Accounts and leads that nobody looks after return to a pool; its members claim them. Each pool says who may claim, how many, and when records return by themselves.',
  newPool: 'New pool',
  none: 'There is no pool yet.',
  name: 'Name',
  holds: 'Holds',
  members: 'Who may claim',
  rules: 'Returns by itself',
  limits: 'Limits',
  active: 'Active',
  off: 'Off',
  account: 'Accounts',
  lead: 'Leads',
  noFollowUpDays: '{n} days without follow-up',
  noDealDays: '{n} days without a deal',
  contractEndDays: '{n} days after the contract',
  capacity: 'at most {n} each',
  claimsPerDay: '{n} a day',
  coolOffDays: '{n} days of cool-off',
}
const zh: typeof en = {
  title: '公海',
  hint: '无人负责的客户和线索会回到公海，由成员领取。每个公海规定谁可以领取、可领取多少，以及何时自动回收。',
  newPool: '新建公海',
  none: '还没有公海。',
  name: '名称',
  holds: '存放对象',
  members: '可领取人员',
  rules: '自动回收',
  limits: '限制',
  active: '启用',
  off: '停用',
  account: '客户',
  lead: '线索',
  noFollowUpDays: '{n} 天未跟进',
  noDealDays: '{n} 天未成交',
  contractEndDays: '合同到期 {n} 天',
  capacity: '每人最多 {n} 条',
  claimsPerDay: '每天 {n} 条',
  coolOffDays: '冷却 {n} 天',
}

type PoolRow = Record<string, unknown> & { id: string; name: string; object: 'account' | 'lead'; active: boolean }

/** All pools and what they say. */
export function PoolSettingsPage() {
  const { w } = useDictionary(en, zh)
  const [creating, setCreating] = useState(false)
  const definition = useObject('pool')
  const pools = useQuery({
    queryKey: ['rows', 'pool', 'all'],
    queryFn: async () =>
      (await api<Page>('POST', '/records/pool/query', { body: { sort: 'name', limit: 500 } }))
        .items as unknown as PoolRow[],
  })
  const told = (pool: PoolRow, names: readonly (keyof typeof en)[]) =>
    names.flatMap(name => (pool[name] ? [w(name, { n: Number(pool[name]) })] : [])).join(' · ')
  const who = (pool: PoolRow) =>
    ['members', 'teams', 'departments']
      .flatMap(name => (pool[name] as LinkValue[] | null) ?? [])
      .map(link => link.name)
      .join(', ')
  return (
    <SettingsFrame
      needs="users"
      action={
        <Button kind="solid" icon={<Plus size={15} />} onClick={() => setCreating(true)}>
          {w('newPool')}
        </Button>
      }
    >
      <div className="mx-auto max-w-[1040px]">
        <Panel title={w('title')} hint={w('hint')}>
          {pools.data && !pools.data.length && <Notice icon={<Waves size={18} />} text={w('none')} />}
          {!!pools.data?.length && (
            <table className="w-full text-sm">
              <Head names={[w('name'), w('holds'), w('members'), w('rules'), w('limits'), '']} />
              <tbody>
                {pools.data.map(pool => (
                  <tr key={pool.id} className="border-t border-line align-top">
                    <td className="px-3 py-2 font-medium">
                      <Link className="hover:underline" to={`/o/pool/${pool.id}`}>
                        {pool.name}
                      </Link>
                    </td>
                    <td className="px-3 py-2">{w(pool.object)}</td>
                    <td className="px-3 py-2 text-ink-2">{who(pool)}</td>
                    <td className="px-3 py-2 text-ink-2">
                      {told(pool, ['noFollowUpDays', 'noDealDays', 'contractEndDays'])}
                    </td>
                    <td className="px-3 py-2 text-ink-2">{told(pool, ['capacity', 'claimsPerDay', 'coolOffDays'])}</td>
                    <td className="px-3 py-2">
                      <Tag color={pool.active ? 'green' : 'gray'}>{w(pool.active ? 'active' : 'off')}</Tag>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </Panel>
      </div>
      {creating && definition && (
        <Suspense>
          <CreateForm object={definition} onClose={() => setCreating(false)} />
        </Suspense>
      )}
    </SettingsFrame>
  )
}
