import { useQuery } from '@tanstack/react-query'
import { Plus, Share2 } from 'lucide-react'
import { useState } from 'react'
import { LookupPicker } from '../../fields/lookup'
import { api } from '../../platform/api'
import { useDictionary } from '../../platform/i18n'
import { useObject, useObjects } from '../../platform/meta'
import type { FieldDef, FieldValue, Filter, Link, Page } from '../../platform/types'
import { Button, Notice, Tag } from '../../ui/kit'
import { toast } from '../../ui/toast'
import { Select } from '../sales/formParts'
import { useRoles } from './organisationData'
import { Head, Panel } from './panel'
import { parsedFilter } from './ruleFilter'
import { RuleForm } from './ruleForm'
import { SettingsFrame } from './settings'

const en = {
  title: 'Sharing rules',
  hint: 'A rule shares all records of one kind that meet a condition, those to come among them. It adds to what roles let people see.',
  newRule: 'New rule',
  none: 'No rule shares anything yet.',
  name: 'Name',
  object: 'Records',
  condition: 'Which meet',
  level: 'Those may',
  read: 'See them',
  write: 'See and change them',
  with: 'With',
  active: 'Active',
  off: 'Off',
  needsCondition: 'Add a condition: a rule without one would share everything.',
}
const zh: typeof en = {
  title: '共享规则',
  hint: '规则会共享某类对象中所有满足条件的记录，包括以后新增的记录，是对角色可见范围的补充。',
  newRule: '新建规则',
  none: '还没有共享规则。',
  name: '名称',
  object: '记录',
  condition: '满足条件',
  level: '权限',
  read: '可查看',
  write: '可查看和修改',
  with: '共享给',
  active: '启用',
  off: '停用',
  needsCondition: '请添加条件：没有条件的规则会共享全部记录。',
}

interface Rule {
  id: string
  version: number
  name: string
  active: boolean
  object: string
  filter: string
  level: 'read' | 'write'
  people: Link[] | null
  teams: Link[] | null
  departments: Link[] | null
  groups: Link[] | null
}

const WITH = ['people', 'teams', 'departments', 'groups'] as const

/** Rules that share records by a condition. */
export function SharingPage() {
  const { w, label } = useDictionary(en, zh)
  const objects = useObjects().data
  const rules = useQuery({
    queryKey: ['rows', 'sharingRule', 'all'],
    queryFn: async () =>
      (await api<Page>('POST', '/records/sharingRule/query', { body: { sort: 'name', limit: 500 } }))
        .items as unknown as Rule[],
  })
  const [open, setOpen] = useState<Rule | 'new'>()
  return (
    <SettingsFrame
      needs="users"
      action={
        <Button kind="solid" icon={<Plus size={15} />} onClick={() => setOpen('new')}>
          {w('newRule')}
        </Button>
      }
    >
      <div className="mx-auto max-w-[980px]">
        <Panel title={w('title')} hint={w('hint')}>
          {rules.data && !rules.data.length && <Notice icon={<Share2 size={18} />} text={w('none')} />}
          {!!rules.data?.length && (
            <table className="w-full text-sm">
              <Head names={[w('name'), w('object'), w('with'), w('level'), '']} />
              <tbody>
                {rules.data.map(rule => {
                  const object = objects?.get(rule.object)
                  return (
                    <tr key={rule.id} className="border-t border-line">
                      <td className="px-3 py-1.5">
                        <button
                          type="button"
                          className="min-h-8 font-medium hover:underline"
                          onClick={() => setOpen(rule)}
                        >
                          {rule.name}
                        </button>
                      </td>
                      <td className="px-3 py-1.5 text-ink-2">{object ? label(object.plural) : rule.object}</td>
                      <td className="px-3 py-1.5 text-ink-2">
                        {WITH.flatMap(kind => rule[kind] ?? [])
                          .map(link => link.name)
                          .join(', ')}
                      </td>
                      <td className="px-3 py-1.5">{w(rule.level)}</td>
                      <td className="px-3 py-1.5">
                        <Tag color={rule.active ? 'green' : 'gray'}>{w(rule.active ? 'active' : 'off')}</Tag>
                      </td>
                    </tr>
                  )
                })}
              </tbody>
            </table>
          )}
        </Panel>
      </div>
      {open && <SharingRuleForm rule={open === 'new' ? undefined : open} onClose={() => setOpen(undefined)} />}
    </SettingsFrame>
  )
}

function SharingRuleForm({ rule, onClose }: { rule: Rule | undefined; onClose: () => void }) {
  const { w, label } = useDictionary(en, zh)
  const book = useRoles().data
  const definition = useObject('sharingRule')
  const [objectName, setObjectName] = useState(rule?.object ?? 'account')
  const [filter, setFilter] = useState<Filter | undefined>(parsedFilter(rule?.filter))
  const [level, setLevel] = useState<string>(rule?.level ?? 'read')
  const [shared, setShared] = useState<Record<string, FieldValue>>(
    Object.fromEntries(WITH.map(kind => [kind, rule?.[kind] ?? []])),
  )
  const object = useObject(objectName)
  const body = () => {
    if (!filter) {
      toast.error(w('needsCondition'))
      return
    }
    const ids = (value: FieldValue) => ((value ?? []) as Link[]).map(link => link.id)
    return {
      object: objectName,
      filter: JSON.stringify(filter),
      level,
      ...Object.fromEntries(WITH.map(kind => [kind, ids(shared[kind] ?? [])])),
    }
  }
  const field = (kind: string): FieldDef | undefined => definition?.fields.find(f => f.name === kind)
  return (
    <RuleForm
      kind="sharingRule"
      rule={rule}
      activeAtFirst
      conditionLabel={w('condition')}
      object={object}
      filter={filter}
      onFilter={setFilter}
      body={body}
      onClose={onClose}
      which={
        <Select
          label={w('object')}
          value={objectName}
          options={(book?.objects ?? [])
            .filter(o => o.sharing === 'owned')
            .map(o => ({ value: o.name, label: label(o.labels) }))}
          onChange={value => {
            setObjectName(value)
            setFilter(undefined)
          }}
        />
      }
    >
      <Select
        label={w('level')}
        value={level}
        options={[
          { value: 'read', label: w('read') },
          { value: 'write', label: w('write') },
        ]}
        onChange={setLevel}
      />
      {WITH.map(kind => {
        const known = field(kind)
        return (
          known && (
            <div key={kind}>
              <label htmlFor={`with-${kind}`} className="mb-1 block text-xs font-medium text-ink-2">
                {label(known.labels)}
              </label>
              <LookupPicker
                id={`with-${kind}`}
                field={known}
                value={shared[kind] ?? []}
                onChange={value => setShared(old => ({ ...old, [kind]: value }))}
              />
            </div>
          )
        )
      })}
    </RuleForm>
  )
}
