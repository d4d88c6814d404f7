import { useSyncExternalStore } from 'react'

const KEY = 'rapport.theme'
const listeners = new Set<() => void>()
const system = matchMedia('(prefers-color-scheme: dark)')
const isDark = () => (localStorage.getItem(KEY) ?? (system.matches ? 'dark' : 'light')) === 'dark'
let dark = isDark()

const apply = () => {
  document.documentElement.dataset.theme = dark ? 'dark' : 'light'
}
apply()

function settle() {
  dark = isDark()
  apply()
  for (const listener of listeners) listener()
}
system.addEventListener('change', settle)

export type Theme = 'system' | 'light' | 'dark'

export const chosenTheme = () => (localStorage.getItem(KEY) ?? 'system') as Theme

export function setTheme(theme: Theme) {
  if (theme === 'system') localStorage.removeItem(KEY)
  else localStorage.setItem(KEY, theme)
  settle()
}

export const setDark = (value: boolean) => setTheme(value ? 'dark' : 'light')

export const useDark = () =>
  useSyncExternalStore(
    listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => dark,
  )
