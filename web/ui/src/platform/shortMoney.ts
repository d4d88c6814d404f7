import { locale } from './format'
import type { Lang } from './types'

/** A sum as a heading shows it: 12.3k and 4.5m, in Chinese 1.2万 and 3.4亿. */
export function shortMoney(amount: number, currency: string, lang: Lang) {
  return new Intl.NumberFormat(locale(lang), {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    notation: 'compact',
    maximumFractionDigits: Math.abs(amount) < 1000 ? 0 : 2,
  }).format(amount)
}
