import { Plus, ShieldCheck, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { ObjectDef } from '../../platform/types'
import { Drawer } from '../../ui/drawer'
import { Button, Notice } from '../../ui/kit'
import { toast } from '../../ui/toast'
import { apiName, type Rule, say, useChangeDefinition, useDefinitions, violationsOf } from './definitions'
import { FormulaInput } from './formulaInput'
import { Card, SelectRow, TextRow } from './parts'
import { useSettingsWords } from './words'

/** Conditions under which the server refuses a record, with the administrator's own words. */
export function RuleEditor({ object }: { object: ObjectDef }) {
  const { s, label } = useSettingsWords()
  const definition = useDefinitions().data?.items.find(item => item.name === object.name)
  const rules = definition?.rules ?? []
  const [editing, setEditing] = useState<number>()
  return (
    <Card
      title={s('rules')}
      action={
        <Button size="sm" icon={<Plus size={13} />} onClick={() => setEditing(rules.length)}>
          {s('newRule')}
        </Button>
      }
    >
      {rules.length === 0 && <Notice icon={<ShieldCheck size={18} />} text={s('noRules')} />}
      <ul>
        {rules.map((rule, i) => (
          <li key={rule.name} className="border-b border-line last:border-0">
            <button
              type="button"
              className="flex min-h-12 w-full items-center gap-3 px-4 text-left hover:bg-hover"
              onClick={() => setEditing(i)}
            >
              <span className="min-w-0 flex-1 truncate font-medium">{label(rule.message)}</span>
              <code className="truncate text-xs text-ink-3">{rule.when}</code>
            </button>
          </li>
        ))}
      </ul>
      {editing !== undefined && (
        <RuleForm object={object} rules={rules} index={editing} onClose={() => setEditing(undefined)} />
      )}
    </Card>
  )
}

interface FormProps {
  object: ObjectDef
  rules: Rule[]
  index: number
  onClose: () => void
}

function RuleForm({ object, rules, index, onClose }: FormProps) {
  const { s, label } = useSettingsWords()
  const change = useChangeDefinition()
  const [rule, setRule] = useState<Rule>(rules[index] ?? { name: '', when: '', message: { en: '', 'zh-CN': '' } })
  const [errors, setErrors] = useState<Record<string, string>>({})
  const put = (part: Partial<Rule>) => setRule(old => ({ ...old, ...part }))
  const store = async (next: Rule[]) => {
    try {
      await change('PATCH', `/objects/${object.name}`, { rules: next })
      onClose()
      toast(s('saved'))
    } catch (error) {
      setErrors(violationsOf(error))
      say(error, s('failed'))
    }
  }
  const save = () => {
    const name = rule.name || `${apiName(rule.message.en).replace(/_c$/, '') || 'rule'}${index + 1}`
    const written = { ...rule, name, field: rule.field || null }
    store(rules[index] ? rules.map((old, i) => (i === index ? written : old)) : [...rules, written])
  }
  return (
    <Drawer
      title={s('rules')}
      closeLabel={s('close')}
      onClose={onClose}
      footer={
        <>
          {rules[index] && (
            <Button kind="ghost" icon={<Trash2 size={15} />} onClick={() => store(rules.filter((_, i) => i !== index))}>
              {s('delete')}
            </Button>
          )}
          <Button kind="solid" className="ml-auto" onClick={save} disabled={!rule.when}>
            {s('save')}
          </Button>
          <Button onClick={onClose}>{s('cancel')}</Button>
        </>
      }
    >
      <div className="grid grid-cols-2 gap-3 p-5">
        <FormulaInput
          rule
          object={object.name}
          label={s('ruleWhen')}
          hint={s('ruleHint')}
          value={rule.when}
          error={errors.when}
          onChange={when => put({ when })}
        />
        <TextRow
          label={s('messageEn')}
          value={rule.message.en}
          onChange={en => put({ message: { ...rule.message, en } })}
          error={errors.message}
        />
        <TextRow
          label={s('messageZh')}
          value={rule.message['zh-CN']}
          onChange={zh => put({ message: { ...rule.message, 'zh-CN': zh } })}
        />
        <SelectRow
          wide
          label={s('ruleField')}
          value={rule.field ?? ''}
          onChange={field => put({ field })}
          options={[
            ['', s('wholeRecord')],
            ...object.fields.filter(f => f.writable).map(f => [f.name, label(f.labels)] as [string, string]),
          ]}
        />
      </div>
    </Drawer>
  )
}
