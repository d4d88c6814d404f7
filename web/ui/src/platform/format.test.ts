import { describe, expect, it } from 'vitest'
import { formatAddress, formatDay, formatDuration, formatMoney, formatPhone, formatRelative } from './format'

describe('formats', () => {
  it('writes Chinese addresses from large to small and names a municipality once', () => {
    expect(formatAddress({ province: '广东省', city: '深圳市', district: '南山区', street: '科技园路1号' })).toBe(
      '广东省深圳市南山区科技园路1号',
    )
    expect(formatAddress({ province: '北京市', city: '北京市', district: '海淀区' })).toBe('北京市海淀区')
    expect(formatAddress({ street: '1 Main St', city: 'Leeds', country: 'GB' })).toBe('1 Main St, Leeds, GB')
  })

  it('keeps every digit of large amounts', () => {
    expect(formatMoney({ amount: '90071992547409.93', currency: 'CNY' }, 'zh-CN')).toContain('90,071,992,547,409.93')
  })

  it('writes days, lengths of time and phones as each language does', () => {
    expect(formatDay('2026-03-09', 'zh-CN')).toBe('2026/3/9')
    expect(formatDay('2026-03-09', 'en')).toBe('9 Mar 2026')
    expect(formatDuration('PT1H30M', 'zh-CN')).toBe('1小时30分钟')
    expect(formatPhone('+8613800138000')).toBe('138 0013 8000')
  })

  it('is relative within thirty days only', () => {
    const now = Date.parse('2026-03-31T00:00:00Z')
    expect(formatRelative('2026-03-30T00:00:00Z', 'en', now)).toBe('yesterday')
    expect(formatRelative('2025-03-30T12:00:00Z', 'en', now)).toContain('2025')
  })
})
