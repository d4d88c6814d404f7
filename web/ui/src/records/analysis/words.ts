import { useWords } from '../../platform/i18n'

const en = {
  groupBy: 'Group by',
  bucket: 'Every',
  second: 'And by',
  nothing: '— nothing —',
  measure: 'Figure',
  count: 'Number of records',
  sum: 'Sum of {field}',
  avg: 'Average {field}',
  currency: 'Currency',
  chart: 'Chart',
  bar: 'Bars',
  line: 'Line',
  pie: 'Pie',
  funnel: 'Funnel',
  table: 'Table',
  day: 'Day',
  week: 'Week',
  month: 'Month',
  quarter: 'Quarter',
  year: 'Year',
  none: '(empty)',
  total: 'Total',
  truncated: 'The {n} largest groups are shown.',
  empty: 'There is nothing to show.',
  hint: 'Choose a bar, a slice or a figure to see the records behind it.',
  close: 'Close the chart',
  describe: '{measure} by {field}',
}

type Word = keyof typeof en

const zh: Record<Word, string> = {
  groupBy: '分组',
  bucket: '间隔',
  second: '再按',
  nothing: '— 无 —',
  measure: '指标',
  count: '记录数',
  sum: '{field}合计',
  avg: '{field}平均',
  currency: '币种',
  chart: '图表',
  bar: '柱状图',
  line: '折线图',
  pie: '饼图',
  funnel: '漏斗图',
  table: '表格',
  day: '天',
  week: '周',
  month: '月',
  quarter: '季度',
  year: '年',
  none: '（空）',
  total: '合计',
  truncated: '仅显示最大的 {n} 组。',
  empty: '没有可显示的内容。',
  hint: '点击柱形、扇区或数字，查看对应的记录。',
  close: '关闭图表',
  describe: '按{field}统计{measure}',
}

export function useAnalysisWords() {
  const { lang, label } = useWords()
  const words = lang === 'en' ? en : zh
  const w = (key: Word, values: Record<string, string | number> = {}) =>
    Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, String(value)), words[key])
  return { w, lang, label }
}
