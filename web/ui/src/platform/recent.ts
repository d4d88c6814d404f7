import type { RecordItem } from './types'

const KEY = 'rapport.recent'
const MOST = 8

/** A record that was opened lately. */
export interface Recent {
  object: string
  id: RecordItem['id']
  name: string
}

/** The records opened last in this browser, the newest first. */
export function recentRecords(): Recent[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(stored) ? stored : []
  } catch {
    return []
  }
}

export function rememberRecord(record: Recent) {
  const others = recentRecords().filter(it => it.id !== record.id)
  localStorage.setItem(KEY, JSON.stringify([record, ...others].slice(0, MOST)))
}

/** Whoever signs in next shall not see whom the last person looked at. */
export const forgetRecords = () => localStorage.removeItem(KEY)
