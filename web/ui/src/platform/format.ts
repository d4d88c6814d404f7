import type { AddressValue, Lang, MoneyValue } from './types'

const DAY = 86_400_000
const cache = new Map<string, unknown>()
function memo<T>(key: string, make: () => T): T {
  if (!cache.has(key)) cache.set(key, make())
  return cache.get(key) as T
}

let region = localStorage.getItem('rapport.region') ?? ''

/** Regions whose ways of writing numbers and dates can be chosen; the language chosen stays. */
export const REGIONS = ['CN', 'HK', 'SG', 'US', 'GB', 'DE', 'FR', 'JP', 'IN', 'BR', 'AU']

/** @returns the code of a region, or nothing for the one that the language suggests */
export const chosenRegion = () => region

/** Writes numbers and dates as that region does from now on. */
export function setRegion(code: string) {
  region = code
  if (code) localStorage.setItem('rapport.region', code)
  else localStorage.removeItem('rapport.region')
  cache.clear()
}

/** The locale in which numbers and dates are written. */
export const locale = (lang: Lang) =>
  region ? `${lang === 'zh-CN' ? 'zh' : 'en'}-${region}` : lang === 'zh-CN' ? 'zh-CN' : 'en-GB'

export function formatNumber(value: number | string, lang: Lang) {
  const format = memo(`n${lang}`, () => new Intl.NumberFormat(locale(lang), { maximumFractionDigits: 6 }))
  return format.format(Number(value))
}

export function formatMoney(value: MoneyValue, lang: Lang) {
  const format = memo(
    `m${lang}${value.currency}`,
    () =>
      new Intl.NumberFormat(locale(lang), {
        style: 'currency',
        currency: value.currency,
        currencyDisplay: 'narrowSymbol',
      }),
  )
  return format.format(value.amount as unknown as number)
}

export function formatDay(value: string, lang: Lang) {
  const format = memo(`d${lang}`, () => new Intl.DateTimeFormat(locale(lang), dayStyle(lang)))
  return format.format(new Date(`${value}T00:00:00`))
}

/** A day without its year where that is this year or less than half a year away. */
export function formatShortDay(value: string, lang: Lang, now = Date.now()) {
  const at = new Date(`${value}T00:00:00`)
  const near = at.getFullYear() === new Date(now).getFullYear() || Math.abs(at.getTime() - now) < 183 * DAY
  if (!near) return formatDay(value, lang)
  const format = memo(
    `s${lang}`,
    () => new Intl.DateTimeFormat(locale(lang), { day: 'numeric', month: lang === 'zh-CN' ? 'numeric' : 'short' }),
  )
  return format.format(at)
}

const dayStyle = (lang: Lang): Intl.DateTimeFormatOptions =>
  lang === 'zh-CN'
    ? { year: 'numeric', month: 'numeric', day: 'numeric' }
    : { day: 'numeric', month: 'short', year: 'numeric' }

export function formatMoment(value: string, lang: Lang) {
  const format = memo(
    `t${lang}`,
    () => new Intl.DateTimeFormat(locale(lang), { ...dayStyle(lang), hour: '2-digit', minute: '2-digit' }),
  )
  return format.format(new Date(value))
}

/** Relative within 30 days, the date after that. */
export function formatRelative(value: string, lang: Lang, now = Date.now()) {
  const at = new Date(value).getTime()
  if (Math.abs(at - now) > 30 * DAY) return formatDay(localDay(new Date(at)), lang)
  const format = memo(`r${lang}`, () => new Intl.RelativeTimeFormat(locale(lang), { numeric: 'auto' }))
  const minutes = Math.round((at - now) / 60_000)
  if (Math.abs(minutes) < 60) return format.format(minutes, 'minute')
  if (Math.abs(minutes) < 1440) return format.format(Math.round(minutes / 60), 'hour')
  return format.format(Math.round(minutes / 1440), 'day')
}

export function localDay(date: Date) {
  const two = (n: number) => String(n).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** `PT1H30M` as a person reads it. */
export function formatDuration(value: string, lang: Lang) {
  const match = /PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?/.exec(value)
  if (!match) return value
  const [, h, m, s] = match
  const units = lang === 'zh-CN' ? ['小时', '分钟', '秒'] : [' h', ' min', ' s']
  const parts = [h && h + units[0], m && m + units[1], s && s + units[2]].filter(Boolean)
  return parts.join(lang === 'zh-CN' ? '' : ' ') || `0${units[1]}`
}

const HAN = /\p{Script=Han}/u

/** Chinese addresses from large to small without spaces, others from small to large with commas. */
export function formatAddress(value: AddressValue) {
  const { country, province, city, district, street, postcode } = value
  const chinese = HAN.test(`${province ?? ''}${city ?? ''}${street ?? ''}`)
  const parts = chinese
    ? [province === city ? '' : province, city, district, street]
    : [street, district, city, province, postcode, country]
  return parts.filter(Boolean).join(chinese ? '' : ', ')
}

/** E.164 in groups that people can read out. */
export function formatPhone(value: string) {
  const china = /^\+86(1\d{2})(\d{4})(\d{4})$/.exec(value)
  if (china) return `${china[1]} ${china[2]} ${china[3]}`
  return value.replace(';ext=', ' ext. ')
}

export function formatSize(bytes: number, lang: Lang) {
  const unit = bytes < 1024 ? 'byte' : bytes < 1_048_576 ? 'kilobyte' : 'megabyte'
  const value = bytes < 1024 ? bytes : bytes < 1_048_576 ? bytes / 1024 : bytes / 1_048_576
  return new Intl.NumberFormat(locale(lang), { style: 'unit', unit, maximumFractionDigits: 1 }).format(value)
}
