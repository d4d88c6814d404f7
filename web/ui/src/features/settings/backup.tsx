import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Archive, Download, ShieldCheck, Trash2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import { api, ProblemError } from '../../platform/api'
import { formatMoment, formatNumber } from '../../platform/format'
import { useDictionary } from '../../platform/i18n'
import { Button, Checkbox, linkLook, Notice, Skeleton, Tag } from '../../ui/kit'
import { toast } from '../../ui/toast'
import { Input } from '../sales/formParts'
import { usePeople } from './organisationData'
import { Head, Panel } from './panel'
import { SettingsFrame } from './settings'

const en = {
  title: 'Backups',
  hint: 'An encrypted copy of everything: all records, their history, files and settings, as of one moment, while people go on working.',
  now: 'Back up now',
  running: 'Backing up: {done} of {total} tables …',
  checking: 'Checking: the backup is restored elsewhere and started; this takes a few minutes …',
  failedRun: 'The last run failed: {why}',
  none: 'There is no backup yet.',
  when: 'Made',
  who: 'By',
  size: 'Size',
  holds: 'Holds',
  content: '{rows} rows, {files} files',
  check: 'Check',
  state: 'Check',
  unchecked: 'Not checked',
  good: 'Good',
  bad: 'Not good',
  gone: 'File is gone',
  download: 'Download',
  delete: 'Delete',
  sure: 'Delete the backup of {when}?',
  started: 'Started',
  failed: 'That did not work.',
  plan: 'By itself',
  planHint:
    'One backup a day. The newest of each day, week and month is kept as long as you say; older ones are deleted.',
  active: 'Make a backup every day',
  hour: 'From the hour (0–23)',
  daily: 'Days kept',
  weekly: 'Weeks kept',
  monthly: 'Months kept',
  save: 'Save',
  saved: 'Saved',
  keep: 'Keep safe',
  folder: 'Backups lie in',
  key: 'Their key',
  keyHint: 'Keep a copy of this key somewhere else: without it no backup can be read. It is in none of them.',
  restore: 'To bring a backup back',
  restoreHint: 'On a computer with a new data folder: ./rapport restore FILE',
}
const zh: typeof en = {
  title: '备份',
  hint: '加密保存某一时刻的全部内容：所有记录及其历史、文件和设置，备份期间可正常使用系统。',
  now: '立即备份',
  running: '正在备份：已完成 {done} / {total} 张表……',
  checking: '正在校验：在别处恢复并启动该备份，需要几分钟……',
  failedRun: '上次运行失败：{why}',
  none: '还没有备份。',
  when: '时间',
  who: '操作人',
  size: '大小',
  holds: '内容',
  content: '{rows} 行，{files} 个文件',
  check: '校验',
  state: '校验结果',
  unchecked: '未校验',
  good: '完好',
  bad: '有问题',
  gone: '文件已不存在',
  download: '下载',
  delete: '删除',
  sure: '确定删除 {when} 的备份吗？',
  started: '已开始',
  failed: '操作未成功。',
  plan: '自动备份',
  planHint: '每天一次。按设定保留每天、每周和每月最新的一份，更早的会自动删除。',
  active: '每天自动备份',
  hour: '开始时间（0–23 点）',
  daily: '保留天数',
  weekly: '保留周数',
  monthly: '保留月数',
  save: '保存',
  saved: '已保存',
  keep: '妥善保管',
  folder: '备份位置',
  key: '备份密钥',
  keyHint: '请将此密钥另存一份：没有它，任何备份都无法读取。备份文件中不包含该密钥。',
  restore: '恢复备份',
  restoreHint: '在新的数据目录中运行：./rapport restore 备份文件',
}

interface Plan {
  active: boolean
  hour: number
  daily: number
  weekly: number
  monthly: number
}

interface Made {
  id: string
  at: string
  by: string
  file: string
  size: number
  rows: number
  files: number
  present: boolean
  verifiedAt?: string
  verified?: boolean
  report?: string
}

interface Job {
  id: string
  kind: string
  state: string
  done: number
  total: number | null
  error: string | null
  finishedAt: string | null
}

const megabytes = (bytes: number) => `${formatNumber((bytes / 1_048_576).toFixed(1), 'en')} MB`

/** Backups: made, checked, taken elsewhere, and made by themselves. */
export function BackupPage() {
  const { w, lang } = useDictionary(en, zh)
  const client = useQueryClient()
  const people = usePeople().data
  const [job, setJob] = useState<{ id: string; checks: boolean }>()
  const backups = useQuery({
    queryKey: ['backups'],
    queryFn: () => api<{ folder: string; key: string; plan: Plan; items: Made[] }>('GET', '/backups'),
  })
  const running = useQuery({
    queryKey: ['job', job?.id],
    enabled: !!job,
    queryFn: () => api<Job>('GET', `/jobs/${job?.id}`),
    refetchInterval: query => (query.state.data?.finishedAt ? false : 1000),
  }).data
  const over = !!running?.finishedAt
  useEffect(() => {
    if (over) client.invalidateQueries({ queryKey: ['backups'] })
  }, [over, client])
  const act = async (work: () => Promise<{ job: Job } | undefined>, checks = false) => {
    try {
      const started = await work()
      if (started) setJob({ id: started.job.id, checks })
      else client.invalidateQueries({ queryKey: ['backups'] })
    } catch (error) {
      toast.error(error instanceof ProblemError ? error.message : w('failed'))
    }
  }
  const busy = !!job && !over
  const items = backups.data?.items
  return (
    <SettingsFrame
      needs="backup"
      action={
        <Button
          kind="solid"
          icon={<Archive size={15} />}
          disabled={busy}
          onClick={() => act(() => api('POST', '/backups', { body: {} }))}
        >
          {w('now')}
        </Button>
      }
    >
      <div className="mx-auto flex max-w-[980px] flex-col gap-8">
        <Panel title={w('title')} hint={w('hint')}>
          {busy && (
            <p role="status" className="border-b border-line bg-accent-soft px-4 py-2.5 text-sm">
              {job.checks ? w('checking') : w('running', { done: running?.done ?? 0, total: running?.total ?? '…' })}
            </p>
          )}
          {over && running?.error && (
            <p role="alert" className="border-b border-line px-4 py-2.5 text-sm text-neg">
              {w('failedRun', { why: running.error })}
            </p>
          )}
          {backups.isPending && (
            <div className="p-4">
              <Skeleton width="50%" />
            </div>
          )}
          {items && !items.length && <Notice icon={<Archive size={18} />} text={w('none')} />}
          {!!items?.length && (
            <table className="w-full text-sm">
              <Head names={[w('when'), w('who'), w('size'), w('holds'), w('state'), '']} />
              <tbody>
                {items.map(made => (
                  <tr key={made.id} className="border-t border-line">
                    <td className="num px-3 py-1.5 whitespace-nowrap">{formatMoment(made.at, lang)}</td>
                    <td className="px-3 py-1.5">{people?.find(person => person.id === made.by)?.name ?? '—'}</td>
                    <td className="num px-3 py-1.5 whitespace-nowrap">{megabytes(made.size)}</td>
                    <td className="px-3 py-1.5 text-ink-2">
                      {w('content', { rows: formatNumber(made.rows, lang), files: formatNumber(made.files, lang) })}
                    </td>
                    <td className="px-3 py-1.5" title={made.report}>
                      <State made={made} />
                    </td>
                    <td className="px-3 py-1.5">
                      <span className="flex justify-end gap-1">
                        {made.present && (
                          <>
                            <Button
                              size="sm"
                              icon={<ShieldCheck size={14} />}
                              disabled={busy}
                              onClick={() => act(() => api('POST', `/backups/${made.id}/verify`, { body: {} }), true)}
                            >
                              {w('check')}
                            </Button>
                            <a
                              className={linkLook('line')}
                              href={`/api/backups/${made.id}/file`}
                              aria-label={`${w('download')} ${made.file}`}
                              download
                            >
                              <Download size={14} aria-hidden />
                            </a>
                          </>
                        )}
                        <Button
                          size="sm"
                          kind="ghost"
                          aria-label={`${w('delete')} ${made.file}`}
                          icon={<Trash2 size={14} />}
                          onClick={() =>
                            window.confirm(w('sure', { when: formatMoment(made.at, lang) })) &&
                            act(() => api('DELETE', `/backups/${made.id}`))
                          }
                        />
                      </span>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </Panel>
        {backups.data && <PlanForm key={JSON.stringify(backups.data.plan)} plan={backups.data.plan} />}
        {backups.data && (
          <Panel title={w('keep')}>
            <dl className="grid grid-cols-[10rem_minmax(0,1fr)] gap-y-2 p-4 text-sm max-md:grid-cols-1">
              <dt className="text-ink-3">{w('folder')}</dt>
              <dd>
                <code className="break-all">{backups.data.folder}</code>
              </dd>
              <dt className="text-ink-3">{w('key')}</dt>
              <dd>
                <code className="break-all">{backups.data.key}</code>
                <p className="text-ink-3">{w('keyHint')}</p>
              </dd>
              <dt className="text-ink-3">{w('restore')}</dt>
              <dd>{w('restoreHint')}</dd>
            </dl>
          </Panel>
        )}
      </div>
    </SettingsFrame>
  )
}

function State({ made }: { made: Made }) {
  const { w } = useDictionary(en, zh)
  if (!made.present) return <Tag color="gray">{w('gone')}</Tag>
  if (made.verified === undefined) return <span className="text-ink-3">{w('unchecked')}</span>
  return <Tag color={made.verified ? 'green' : 'red'}>{w(made.verified ? 'good' : 'bad')}</Tag>
}

function PlanForm({ plan }: { plan: Plan }) {
  const { w } = useDictionary(en, zh)
  const client = useQueryClient()
  const [active, setActive] = useState(plan.active)
  const [numbers, setNumbers] = useState<Record<string, string>>({
    hour: String(plan.hour),
    daily: String(plan.daily),
    weekly: String(plan.weekly),
    monthly: String(plan.monthly),
  })
  const fields = [
    ['hour', 0, 23],
    ['daily', 1, 366],
    ['weekly', 0, 104],
    ['monthly', 0, 120],
  ] as const
  const save = async () => {
    try {
      const body = { active, ...Object.fromEntries(fields.map(([name]) => [name, Number(numbers[name])])) }
      client.setQueryData(['backups'], await api('PUT', '/backups/plan', { body }))
      toast(w('saved'))
    } catch (error) {
      toast.error(error instanceof ProblemError ? error.message : w('failed'))
    }
  }
  return (
    <Panel title={w('plan')} hint={w('planHint')}>
      <form
        className="flex flex-col gap-4 p-4"
        onSubmit={event => {
          event.preventDefault()
          save()
        }}
      >
        <span className="flex min-h-8 items-center gap-2 text-sm">
          <Checkbox label={w('active')} checked={active} onChange={setActive} />
          {w('active')}
        </span>
        <div className="grid max-w-2xl grid-cols-4 gap-3 max-md:grid-cols-2">
          {fields.map(([name, min, max]) => (
            <Input
              key={name}
              label={w(name)}
              type="number"
              min={min}
              max={max}
              required
              value={numbers[name] ?? ''}
              onChange={value => setNumbers(old => ({ ...old, [name]: value }))}
            />
          ))}
        </div>
        <Button type="submit" className="self-start">
          {w('save')}
        </Button>
      </form>
    </Panel>
  )
}
