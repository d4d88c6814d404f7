import { useWords } from '../../platform/i18n'

const en = {
  quality: 'Data quality',
  scan: 'Look through all records',
  scanning: 'Looking…',
  never: 'Nobody has looked through these records yet.',
  completeness: 'Complete',
  completenessHint: 'of all values of the form are filled in',
  fresh: 'Fresh',
  freshHint: 'of the records were touched within a year',
  unique: 'Look-alikes',
  uniqueHint: 'pairs that may be the same',
  records: '{n} records',
  byField: 'Filled in, field by field',
  showEmpty: '{field}: {n} filled in. Show the records without it.',
  trend: 'Trend',
  trendHint: 'Complete and fresh, day by day',
  suggestions: 'Could be better',
  noSuggestions: 'Nothing to put right.',
  'kind.case': 'Names all in one case',
  'kind.width': 'Full-width letters',
  'kind.spaces': 'Spaces too many',
  'kind.domain': 'Mistyped mail domains',
  'kind.typo': 'Likely typing mistakes',
  'kind.city': 'Cities missing though the postcode is known',
  apply: 'Put right',
  applyAll: 'Put all {n} right',
  applied: 'Put right',
  undo: 'Undo',
  more: 'More',
  failed: 'That did not work.',
  scanned: '{records} records looked through, {suggestions} suggestions',
  stale: 'Show those that were not',
}

type Word = keyof typeof en

const zh: Record<Word, string> = {
  quality: '数据质量',
  scan: '检查所有记录',
  scanning: '正在检查…',
  never: '尚未检查过这些记录。',
  completeness: '完整度',
  completenessHint: '的表单内容已填写',
  fresh: '新鲜度',
  freshHint: '的记录一年内有更新',
  unique: '疑似重复',
  uniqueHint: '对可能相同的记录',
  records: '{n} 条记录',
  byField: '各字段填写情况',
  showEmpty: '{field}：已填写 {n} 条。查看未填写的记录。',
  trend: '趋势',
  trendHint: '每日完整度与新鲜度',
  suggestions: '可改进的内容',
  noSuggestions: '没有需要改进的内容。',
  'kind.case': '姓名大小写不规范',
  'kind.width': '全角字母数字',
  'kind.spaces': '多余空格',
  'kind.domain': '邮箱域名拼写错误',
  'kind.typo': '疑似拼写错误',
  'kind.city': '已知邮编但缺少城市',
  apply: '更正',
  applyAll: '全部更正（{n}）',
  applied: '已更正',
  undo: '撤销',
  more: '更多',
  failed: '操作未成功。',
  scanned: '已检查 {records} 条记录，{suggestions} 条建议',
  stale: '查看未更新的记录',
}

export function useQualityWords() {
  const { lang, label } = useWords()
  const words = lang === 'en' ? en : zh
  const y = (key: Word, values: Record<string, string | number> = {}) =>
    Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, String(value)), words[key])
  const known = (key: string) => words[key as Word] ?? key
  return { y, known, lang, label }
}
