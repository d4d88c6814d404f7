import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { api, ProblemError } from '../../platform/api'
import { useDictionary } from '../../platform/i18n'
import type { Filter, ObjectDef } from '../../platform/types'
import { FilterBuilder } from '../../records/filterBuilder'
import { Button } from '../../ui/kit'
import { toast } from '../../ui/toast'
import { FormDrawer, Input, Select } from '../sales/formParts'

const en = {
  newRule: 'New rule',
  name: 'Name',
  state: 'State',
  active: 'Active',
  off: 'Off',
  save: 'Save',
  remove: 'Delete',
  saved: 'Saved',
  failed: 'That did not work.',
}
const zh: typeof en = {
  newRule: '新建规则',
  name: '名称',
  state: '状态',
  active: '启用',
  off: '停用',
  save: '保存',
  remove: '删除',
  saved: '已保存',
  failed: '操作未成功。',
}

interface Rule {
  id: string
  version: number
  name: string
  active: boolean
}

interface RuleFormProps {
  /** Object that rules of this kind are records of. */
  kind: string
  rule: Rule | undefined
  /** Whether a new rule holds from the start. */
  activeAtFirst: boolean
  conditionLabel: string
  /** Which records' fields the condition is about. */
  object: ObjectDef | undefined
  filter: Filter | undefined
  onFilter: (filter: Filter | undefined) => void
  /** What the record shall be beside its name and state; nothing if that cannot be said yet. */
  body: () => Record<string, unknown> | undefined
  onClose: () => void
  /** Fields before the condition. */
  which: ReactNode
  /** Fields behind it. */
  children?: ReactNode
}

/** A form for a rule about the records of one object that meet a condition. */
export function RuleForm({ kind, rule, activeAtFirst, onClose, body, which, children, ...condition }: RuleFormProps) {
  const { w } = useDictionary(en, zh)
  const [name, setName] = useState(rule?.name ?? '')
  const [active, setActive] = useState((rule?.active ?? activeAtFirst) ? 'active' : 'off')
  const { busy, save, remove } = useRuleChange(kind, rule, { saved: w('saved'), failed: w('failed') }, onClose)
  const send = () => {
    const more = body()
    if (more) save({ ...more, name, active: active === 'active' })
  }
  const { conditionLabel, object, filter, onFilter } = condition
  return (
    <FormDrawer title={rule?.name ?? w('newRule')} submit={w('save')} busy={busy} onSubmit={send} onClose={onClose}>
      <Input label={w('name')} value={name} required onChange={setName} />
      {which}
      <div>
        <p className="mb-1 text-xs font-medium text-ink-2">{conditionLabel}</p>
        {object && <FilterBuilder object={object} filter={filter} onChange={onFilter} />}
      </div>
      {children}
      <Select
        label={w('state')}
        value={active}
        options={[
          { value: 'active', label: w('active') },
          { value: 'off', label: w('off') },
        ]}
        onChange={setActive}
      />
      {rule && (
        <Button className="self-start" onClick={remove}>
          {w('remove')}
        </Button>
      )}
    </FormDrawer>
  )
}

/** Saves and deletes the rule that a form is about, which it closes when that went well. */
function useRuleChange(
  object: string,
  rule: { id: string; version: number } | undefined,
  told: { saved: string; failed: string },
  onDone: () => void,
) {
  const client = useQueryClient()
  const [busy, setBusy] = useState(false)
  const act = async (work: () => Promise<unknown>) => {
    setBusy(true)
    try {
      await work()
      client.invalidateQueries({ queryKey: ['rows', object] })
      toast(told.saved)
      onDone()
    } catch (error) {
      toast.error(error instanceof ProblemError ? error.message : told.failed)
    } finally {
      setBusy(false)
    }
  }
  const save = (body: Record<string, unknown>) =>
    act(() =>
      rule
        ? api('PATCH', `/records/${object}/${rule.id}`, { body, version: rule.version })
        : api('POST', `/records/${object}`, { body }),
    )
  const remove = () => rule && act(() => api('DELETE', `/records/${object}/${rule.id}`, { version: rule.version }))
  return { busy, save, remove }
}
