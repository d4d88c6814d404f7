import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Download, ScrollText, ShieldCheck, ShieldX } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'react-router'
import { api } from '../../platform/api'
import { useDictionary } from '../../platform/i18n'
import { useObjects } from '../../platform/meta'
import { Button, box, linkLook, Notice, Skeleton, Tag } from '../../ui/kit'
import { AuditRetention } from './auditRetention'
import { usePeople } from './organisationData'
import { Head, Panel } from './panel'
import { SettingsFrame } from './settings'

const en = {
  title: 'Audit log',
  hint: 'Who did what that matters to security. Entries are chained: one that is changed or taken out is found.',
  verify: 'Check the chain',
  whole: 'All {n} entries are there and as they were written.',
  broken: 'The chain is broken at entry {n}.',
  export: 'Export',
  when: 'When',
  who: 'Who',
  what: 'What',
  about: 'About',
  details: 'Details',
  from: 'Address',
  all: 'Everything',
  everybody: 'Everybody',
  person: 'Person',
  outcome: 'Outcome',
  anyOutcome: 'Any outcome',
  done: 'Done',
  failed: 'Failed',
  denied: 'Denied',
  more: 'Show more',
  nothing: 'There are no such entries.',
  'session.': 'Sessions',
  'session.open': 'Signed in',
  'session.close': 'Signed out',
  'session.end': 'Ended a session',
  'password.': 'Passwords',
  'password.change': 'Changed own password',
  'password.choose': 'Chose a password by link',
  'password.forgotten': 'Asked for a password link',
  'secondFactor.': 'Second factor',
  'secondFactor.on': 'Turned second factor on',
  'secondFactor.off': 'Turned second factor off',
  'passkey.': 'Passkeys',
  'passkey.add': 'Added a passkey',
  'passkey.remove': 'Removed a passkey',
  'token.': 'Tokens',
  'token.create': 'Made a token',
  'token.revoke': 'Revoked a token',
  'user.': 'People',
  'user.create': 'Created a user',
  'user.change': 'Changed a user',
  'user.passwordLink': 'Made a password link',
  'user.link': 'Was recognised by a directory',
  'user.endSessions': 'Ended a user’s sessions',
  'user.removeSecondFactor': 'Turned off a user’s second factor',
  'role.': 'Roles',
  'role.create': 'Created a role',
  'role.change': 'Changed a role',
  'role.delete': 'Deleted a role',
  'organisation.': 'Organisation, rules, pools',
  'organisation.create': 'Created',
  'organisation.update': 'Changed',
  'organisation.delete': 'Deleted',
  'organisation.restore': 'Restored',
  'organisation.sharing': 'Changed who sees a kind of record',
  'share.': 'Shares',
  'share.give': 'Shared a record',
  'share.take': 'Took back a share',
  'export.': 'Exports',
  'export.run': 'Exported records',
  'batch.': 'Many records at once',
  'batch.bulk': 'Changed many records',
  'batch.import': 'Imported records',
  'batch.undo': 'Undid a change of many',
  'value.reveal': 'Had hidden values shown',
  'person.': 'Personal data',
  'person.export': 'Handed out a person’s data',
  'person.erase': 'Erased a person',
  'retention.run': 'Carried out a retention rule',
  'key.rotate': 'Changed the encryption key',
  'batch.merge': 'Merged records',
  'backup.': 'Backups',
  'backup.make': 'Made a backup',
  'backup.verify': 'Checked a backup',
  'backup.download': 'Downloaded a backup',
  'backup.delete': 'Deleted a backup',
  'backup.plan': 'Changed the plan of backups',
  'pool.': 'Pools',
  'pool.recycle': 'Rules took records back',
  'audit.': 'Audit log',
  'audit.retention': 'Changed how long the audit log is kept',
  'audit.export': 'Exported the audit log',
  request: 'Asked for what is not allowed',
}
const zh: typeof en = {
  title: '审计日志',
  hint: '记录与安全有关的操作：谁在何时做了什么。各条目以哈希相链，任何修改或删除都能被发现。',
  verify: '校验完整性',
  whole: '全部 {n} 条记录完整无改动。',
  broken: '链条在第 {n} 条处断裂。',
  export: '导出',
  when: '时间',
  who: '人员',
  what: '操作',
  about: '对象',
  details: '详情',
  from: '来源地址',
  all: '全部操作',
  everybody: '所有人',
  person: '人员',
  outcome: '结果',
  anyOutcome: '任意结果',
  done: '成功',
  failed: '失败',
  denied: '被拒绝',
  more: '显示更多',
  nothing: '没有符合条件的记录。',
  'session.': '会话',
  'session.open': '登录',
  'session.close': '退出登录',
  'session.end': '结束会话',
  'password.': '密码',
  'password.change': '修改自己的密码',
  'password.choose': '通过链接设置密码',
  'password.forgotten': '请求重置密码',
  'secondFactor.': '两步验证',
  'secondFactor.on': '开启两步验证',
  'secondFactor.off': '关闭两步验证',
  'passkey.': '通行密钥',
  'passkey.add': '添加通行密钥',
  'passkey.remove': '移除通行密钥',
  'token.': '令牌',
  'token.create': '创建令牌',
  'token.revoke': '吊销令牌',
  'user.': '人员',
  'user.create': '创建用户',
  'user.change': '修改用户',
  'user.passwordLink': '生成密码链接',
  'user.link': '通过目录首次登录',
  'user.endSessions': '结束用户会话',
  'user.removeSecondFactor': '关闭用户的两步验证',
  'role.': '角色',
  'role.create': '创建角色',
  'role.change': '修改角色',
  'role.delete': '删除角色',
  'organisation.': '组织、规则与公海',
  'organisation.create': '新建',
  'organisation.update': '修改',
  'organisation.delete': '删除',
  'organisation.restore': '恢复',
  'organisation.sharing': '修改某类记录的可见范围',
  'share.': '共享',
  'share.give': '共享记录',
  'share.take': '取消共享',
  'export.': '导出',
  'export.run': '导出记录',
  'batch.': '批量操作',
  'batch.bulk': '批量修改记录',
  'batch.import': '导入记录',
  'batch.undo': '撤销批量操作',
  'value.reveal': '查看了被隐藏的值',
  'person.': '个人信息',
  'person.export': '导出了个人信息',
  'person.erase': '删除了个人信息',
  'retention.run': '执行了保留规则',
  'key.rotate': '更换了加密密钥',
  'batch.merge': '合并了记录',
  'backup.': '备份',
  'backup.make': '创建了备份',
  'backup.verify': '校验了备份',
  'backup.download': '下载了备份',
  'backup.delete': '删除了备份',
  'backup.plan': '修改了备份计划',
  'pool.': '公海',
  'pool.recycle': '规则回收记录',
  'audit.': '审计日志',
  'audit.retention': '修改审计日志保留期',
  'audit.export': '导出审计日志',
  request: '请求了无权限的操作',
}

const GROUPS = [
  'session.',
  'password.',
  'secondFactor.',
  'passkey.',
  'token.',
  'user.',
  'role.',
  'organisation.',
  'share.',
  'export.',
  'batch.',
  'pool.',
  'audit.',
  'request',
] as const

interface Entry {
  seq: number
  at: string
  actor: { id: string; name: string } | null
  name: string
  address: string
  action: string
  outcome: 'done' | 'failed' | 'denied'
  object: string | null
  record: string | null
  details: Record<string, unknown>
}

const COLORS = { done: 'green', failed: 'amber', denied: 'red' } as const

/** Who did what that matters to security. */
export function AuditPage() {
  const { w, known, lang, label } = useDictionary(en, zh)
  const objects = useObjects().data
  const people = usePeople().data ?? []
  const [action, setAction] = useState('')
  const [actor, setActor] = useState('')
  const [outcome, setOutcome] = useState('')
  const asked = new URLSearchParams(
    Object.entries({ action, actor, outcome }).filter(([, value]) => value) as [string, string][],
  )
  const entries = useInfiniteQuery({
    queryKey: ['audit', action, actor, outcome],
    queryFn: ({ pageParam }) => {
      const query = new URLSearchParams(asked)
      if (pageParam) query.set('before', pageParam)
      return api<{ items: Entry[]; next: string | null }>('GET', `/audit?${query}`)
    },
    initialPageParam: '',
    getNextPageParam: page => page.next,
  })
  const verified = useQuery({
    queryKey: ['audit-verify'],
    queryFn: () => api<{ checked: number; whole: boolean; brokenAt: number | null }>('GET', '/audit/verify'),
    enabled: false,
  })
  const shown = entries.data?.pages.flatMap(page => page.items) ?? []
  const moment = new Intl.DateTimeFormat(lang, { dateStyle: 'medium', timeStyle: 'medium' })
  return (
    <SettingsFrame
      needs="audit"
      action={
        <>
          <a className={linkLook('line')} href={`/api/audit/export?${asked}`}>
            <Download size={14} aria-hidden />
            {w('export')}
          </a>
          <Button kind="solid" disabled={verified.isFetching} onClick={() => verified.refetch()}>
            {w('verify')}
          </Button>
        </>
      }
    >
      <div className="mx-auto flex max-w-[1180px] flex-col gap-4">
        {verified.data && (
          <p
            role="status"
            className="flex items-center gap-2 rounded-lg border border-line bg-surface px-3 py-2 text-sm font-medium"
          >
            {verified.data.whole ? (
              <ShieldCheck size={16} className="text-pos" aria-hidden />
            ) : (
              <ShieldX size={16} className="text-neg" aria-hidden />
            )}
            {verified.data.whole
              ? w('whole', { n: verified.data.checked })
              : w('broken', { n: verified.data.brokenAt ?? 0 })}
          </p>
        )}
        <Panel
          title={w('title')}
          hint={w('hint')}
          action={
            <div className="flex flex-wrap gap-2">
              <Choice
                label={w('what')}
                value={action}
                onChange={setAction}
                options={[{ value: '', label: w('all') }, ...GROUPS.map(g => ({ value: g, label: w(g) }))]}
              />
              <Choice
                label={w('person')}
                value={actor}
                onChange={setActor}
                options={[
                  { value: '', label: w('everybody') },
                  ...people.map(person => ({ value: person.id, label: person.name })),
                ]}
              />
              <Choice
                label={w('outcome')}
                value={outcome}
                onChange={setOutcome}
                options={[
                  { value: '', label: w('anyOutcome') },
                  ...(['done', 'failed', 'denied'] as const).map(o => ({ value: o, label: w(o) })),
                ]}
              />
            </div>
          }
        >
          <table className="w-full text-sm">
            <Head names={[w('when'), w('who'), w('what'), w('outcome'), w('about'), w('details'), w('from')]} />
            <tbody>
              {entries.isPending && (
                <tr>
                  <td colSpan={7} className="p-4">
                    <Skeleton width="70%" />
                  </td>
                </tr>
              )}
              {shown.map(entry => {
                const object = entry.object ? objects?.get(entry.object) : undefined
                return (
                  <tr key={entry.seq} className="border-t border-line align-top">
                    <td className="num px-3 py-1.5 whitespace-nowrap text-ink-2">
                      {moment.format(new Date(entry.at))}
                    </td>
                    <td className="px-3 py-1.5 font-medium whitespace-nowrap">{entry.name}</td>
                    <td className="px-3 py-1.5 whitespace-nowrap">{known(entry.action)}</td>
                    <td className="px-3 py-1.5">
                      <Tag color={COLORS[entry.outcome]}>{w(entry.outcome)}</Tag>
                    </td>
                    <td className="px-3 py-1.5 whitespace-nowrap">
                      {object && entry.record ? (
                        <Link className="text-accent-ink hover:underline" to={`/o/${entry.object}/${entry.record}`}>
                          {label(object.labels)}
                        </Link>
                      ) : (
                        (object && label(object.labels)) || entry.object
                      )}
                    </td>
                    <td className="max-w-96 px-3 py-1.5 break-words text-ink-2">{told(entry.details)}</td>
                    <td className="px-3 py-1.5 text-ink-3">{entry.address}</td>
                  </tr>
                )
              })}
            </tbody>
          </table>
          {entries.isSuccess && !shown.length && <Notice icon={<ScrollText size={18} />} text={w('nothing')} />}
        </Panel>
        {entries.hasNextPage && (
          <Button className="self-center" disabled={entries.isFetching} onClick={() => entries.fetchNextPage()}>
            {w('more')}
          </Button>
        )}
        <AuditRetention />
      </div>
    </SettingsFrame>
  )
}

/** Details in a line; what is long is for the export. */
function told(details: Record<string, unknown>) {
  return Object.entries(details)
    .filter(([, value]) => value !== '' && value !== null)
    .map(([name, value]) => `${name}: ${typeof value === 'object' ? '…' : String(value)}`)
    .join(' · ')
}

interface ChoiceProps {
  label: string
  value: string
  options: { value: string; label: string }[]
  onChange: (value: string) => void
}

const Choice = ({ label, value, options, onChange }: ChoiceProps) => (
  <select aria-label={label} className={`${box} !w-44`} value={value} onChange={e => onChange(e.target.value)}>
    {options.map(option => (
      <option key={option.value} value={option.value}>
        {option.label}
      </option>
    ))}
  </select>
)
