import { useQuery } from '@tanstack/react-query'
import { Hourglass } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'react-router'
import { api, ProblemError } from '../../platform/api'
import { formatMoment, formatNumber } from '../../platform/format'
import { useDictionary } from '../../platform/i18n'
import { useObject, useObjects } from '../../platform/meta'
import type { Filter, Page } from '../../platform/types'
import { Drawer } from '../../ui/drawer'
import { Button, Notice, Skeleton, Tag } from '../../ui/kit'
import { toast } from '../../ui/toast'
import { LoadFailure } from '../loadFailure'
import { Input, Select } from '../sales/formParts'
import { Head, Panel } from './panel'
import { en, zh } from './privacyWords'
import { parsedFilter } from './ruleFilter'
import { RuleForm } from './ruleForm'

/** How long records of an object are kept. */
export interface RetentionRule {
  id: string
  version: number
  name: string
  active: boolean
  object: string
  days: number
  since: string
  filter: string | null
  action: 'delete' | 'erase'
}

export function RetentionRules({ onOpen }: { onOpen: (rule: RetentionRule) => void }) {
  const { w, label, lang } = useDictionary(en, zh)
  const objects = useObjects().data
  const [tried, setTried] = useState<RetentionRule>()
  const rules = useQuery({
    queryKey: ['rows', 'retentionRule', 'all'],
    queryFn: async () =>
      (await api<Page>('POST', '/records/retentionRule/query', { body: { sort: 'name', limit: 500 } }))
        .items as unknown as RetentionRule[],
  })
  return (
    <Panel title={w('rules')} hint={w('rulesHint')}>
      {rules.data && !rules.data.length && <Notice icon={<Hourglass size={18} />} text={w('noRules')} />}
      {!!rules.data?.length && (
        <table className="w-full text-sm">
          <Head names={[w('name'), w('object'), w('days'), w('since'), w('outcome'), w('state'), '']} />
          <tbody>
            {rules.data.map(rule => {
              const object = objects?.get(rule.object)
              const since = object?.fields.find(f => f.name === rule.since)
              return (
                <tr key={rule.id} className="border-t border-line">
                  <td className="px-3 py-1.5">
                    <button
                      type="button"
                      className="min-h-8 min-w-36 text-left font-medium hover:underline"
                      onClick={() => onOpen(rule)}
                    >
                      {rule.name}
                    </button>
                  </td>
                  <td className="px-3 py-1.5">{object ? label(object.plural) : rule.object}</td>
                  <td className="num px-3 py-1.5">{formatNumber(rule.days, lang)}</td>
                  <td className="px-3 py-1.5 text-ink-2">{since ? label(since.labels) : rule.since}</td>
                  <td className="px-3 py-1.5">
                    <Tag color={rule.action === 'erase' ? 'red' : 'amber'}>{w(rule.action)}</Tag>
                  </td>
                  <td className="px-3 py-1.5">
                    <Tag color={rule.active ? 'green' : 'gray'}>{w(rule.active ? 'active' : 'off')}</Tag>
                  </td>
                  <td className="px-3 py-1.5 text-right">
                    <Button size="sm" onClick={() => setTried(rule)}>
                      {w('preview')}
                    </Button>
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      )}
      {tried && <Simulation rule={tried} onClose={() => setTried(undefined)} />}
    </Panel>
  )
}

interface Simulated {
  object: string
  count: number
  records: { id: string; name: string | null; since: string }[]
}

function Simulation({ rule, onClose }: { rule: RetentionRule; onClose: () => void }) {
  const { w, lang } = useDictionary(en, zh)
  const simulation = useQuery({
    queryKey: ['retention', rule.id],
    queryFn: () => api<Simulated>('GET', `/privacy/retention/${rule.id}/simulation`),
    retry: false,
    staleTime: 0,
  })
  const run = async () => {
    try {
      await api('POST', `/privacy/retention/${rule.id}/run`, { body: {} })
      toast(w('started'))
      onClose()
    } catch (error) {
      toast.error(error instanceof ProblemError ? error.message : w('failed'))
    }
  }
  const count = simulation.data?.count ?? 0
  const sentence = count === 0 ? 'nothingNow' : rule.action === 'erase' ? 'wouldErase' : 'wouldDelete'
  return (
    <Drawer
      title={rule.name}
      closeLabel={w('close')}
      onClose={onClose}
      footer={
        <>
          <Button kind="ghost" onClick={onClose}>
            {w('close')}
          </Button>
          <Button kind="solid" className="ml-auto" disabled={!count} onClick={run}>
            {w('run')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3 p-5">
        <LoadFailure />
        {simulation.isPending && <Skeleton width="70%" />}
        {simulation.data && <p className="font-medium">{w(sentence, { n: formatNumber(count, lang) })}</p>}
        {!!simulation.data?.records.length && (
          <>
            <p className="text-sm text-ink-3">{w('firstOf')}</p>
            <ul className="rounded-xl border border-line">
              {simulation.data.records.map(record => (
                <li
                  key={record.id}
                  className="flex min-h-9 items-center gap-3 border-line px-3 text-sm not-first:border-t max-md:min-h-11"
                >
                  <Link
                    className="min-w-0 flex-1 truncate font-medium hover:underline"
                    to={`/o/${rule.object}/${record.id}`}
                  >
                    {record.name ?? '—'}
                  </Link>
                  <span className="num text-ink-3">
                    {record.since.length > 10 ? formatMoment(record.since, lang) : record.since}
                  </span>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </Drawer>
  )
}

export function RetentionRuleForm({ rule, onClose }: { rule: RetentionRule | undefined; onClose: () => void }) {
  const { w, label } = useDictionary(en, zh)
  const objects = useObjects().data
  const [objectName, setObjectName] = useState(rule?.object ?? 'contact')
  const [days, setDays] = useState(String(rule?.days ?? 1095))
  const [since, setSince] = useState(rule?.since ?? 'updatedAt')
  const [filter, setFilter] = useState<Filter | undefined>(parsedFilter(rule?.filter))
  const [action, setAction] = useState<string>(rule?.action ?? 'delete')
  const object = useObject(objectName)
  const person = object?.fields.some(f => f.name === object.nameField && f.type === 'personName')
  const body = () => ({
    object: objectName,
    days: Number(days),
    since,
    filter: filter ? JSON.stringify(filter) : null,
    action: person ? action : 'delete',
  })
  return (
    <RuleForm
      kind="retentionRule"
      rule={rule}
      activeAtFirst={false}
      conditionLabel={w('condition')}
      object={object}
      filter={filter}
      onFilter={setFilter}
      body={body}
      onClose={onClose}
      which={
        <>
          <Select
            label={w('object')}
            value={objectName}
            options={[...(objects?.values() ?? [])]
              .filter(o => o.group !== 'hidden' && o.operations.includes('delete'))
              .map(o => ({ value: o.name, label: label(o.plural) }))}
            onChange={value => {
              setObjectName(value)
              setSince('updatedAt')
              setFilter(undefined)
            }}
          />
          <div className="grid grid-cols-2 gap-3">
            <Input label={w('days')} type="number" min={1} max={36500} value={days} required onChange={setDays} />
            <Select
              label={w('since')}
              value={since}
              options={(object?.fields ?? [])
                .filter(f => f.type === 'date' || f.type === 'moment')
                .map(f => ({ value: f.name, label: label(f.labels) }))}
              onChange={setSince}
            />
          </div>
        </>
      }
    >
      {person && (
        <Select
          label={w('outcome')}
          value={action}
          options={[
            { value: 'delete', label: w('delete') },
            { value: 'erase', label: w('erase') },
          ]}
          onChange={setAction}
        />
      )}
    </RuleForm>
  )
}
