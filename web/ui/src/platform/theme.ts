import { useSyncExternalStore } from 'react'

const KEY = 'rapport.theme'
const listeners = new Set<() => void>()
let dark =
  (localStorage.getItem(KEY) ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark'

const apply = () => {
  document.documentElement.dataset.theme = dark ? 'dark' : 'light'
}
apply()

export function setDark(value: boolean) {
  dark = value
  localStorage.setItem(KEY, value ? 'dark' : 'light')
  apply()
  for (const listener of listeners) listener()
}

export const useDark = () =>
  useSyncExternalStore(
    listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => dark,
  )
