import { formatMoney, formatNumber } from '../../platform/format'
import type { Labels, Lang } from '../../platform/types'
import type { Cell, ReportColumn } from './scope'

/** A cell as people read it. */
export function cellText(column: Pick<ReportColumn, 'type'>, cell: Cell | undefined, currency: string, lang: Lang) {
  if (cell === null || cell === undefined) return ''
  if (typeof cell === 'object') return (cell as Labels)[lang]
  switch (column.type) {
    case 'money':
      return formatMoney({ amount: String(cell), currency }, lang)
    case 'percent':
      return `${formatNumber(cell, lang)}%`
    case 'count':
    case 'number':
    case 'days':
      return formatNumber(cell, lang)
    case 'month':
      return new Intl.DateTimeFormat(lang === 'zh-CN' ? 'zh-CN' : 'en-GB', { year: 'numeric', month: 'short' }).format(
        new Date(`${cell}T00:00:00`),
      )
    default:
      return String(cell)
  }
}
