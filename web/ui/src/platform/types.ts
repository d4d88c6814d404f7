export type Lang = 'en' | 'zh-CN'
export type Labels = Record<Lang, string>

export interface Choice {
  code: string
  color: string
  labels: Labels
}

export interface FieldDef {
  name: string
  type: string
  labels: Labels
  traits: string[]
  writable: boolean
  operators: string[]
  /** Only a part of its values is shown. */
  masked?: boolean
  choices?: Choice[]
  target?: string
  /** A lookup in which the record and its target must agree, as a stage and the record in the pipeline. */
  within?: string
  maxLength?: number
  parts?: string[]
  help?: Labels
  default?: string
  formula?: string
  rollUp?: RollUp
  dependsOn?: { field: string; allowed: Record<string, string[]> }
}

/** A figure over the records of `child` that look the record up by `via`. */
export interface RollUp {
  function: 'count' | 'sum' | 'min' | 'max' | 'avg'
  child: string
  via: string
  field: string | null
  filter?: Filter
}

export interface ObjectDef {
  name: string
  labels: Labels
  plural: Labels
  icon: string
  group: 'records' | 'sales' | 'activities' | 'hidden'
  nameField: string
  /** Names the record to people who read Chinese, where it is filled. */
  chineseNameField?: string
  defaultSort: string
  custom: boolean
  operations: string[]
  fields: FieldDef[]
  layouts: {
    list: string[]
    form: { labels: Labels; fields: string[] }[]
    related: string[]
    timeline: boolean
  }
  /** How duplicates are found; absent where records cannot be compared. */
  matching?: { enabled: boolean; level: 'strict' | 'usual' | 'loose'; ignored: string[]; compared: string[] }
}

export interface Link {
  id: string
  name: string | null
}
export interface MoneyValue {
  amount: string
  currency: string
}
export interface PersonNameValue {
  family: string
  given: string
  full?: string
}
export type AddressValue = Partial<Record<'country' | 'province' | 'city' | 'district' | 'street' | 'postcode', string>>
export interface FileValue {
  id: string
  name: string
  type: string
  size: number
}

/** The value of a field as the API writes it; its shape follows from the field's type. */
export type FieldValue =
  | null
  | undefined
  | string
  | number
  | boolean
  | string[]
  | Link
  | Link[]
  | MoneyValue
  | PersonNameValue
  | AddressValue
  | FileValue

export interface RecordItem {
  id: string
  version: number
  [field: string]: FieldValue
}

export interface Count {
  value: number
  exact: boolean
  estimate: number
}

export interface Page {
  items: RecordItem[]
  next: string | null
  previous: string | null
  count?: Count
}

export interface Job {
  id: string
  kind: string
  state: string
  done: number
  total: number | null
  subject: string | null
  result: Record<string, unknown> | null
  error: string | null
  createdAt: string
}

export type Filter = Record<string, unknown>
