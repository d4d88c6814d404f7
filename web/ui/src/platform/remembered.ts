import { useCallback, useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()
const read = new Map<string, { text: string | null; value: unknown }>()

function stored<T>(key: string, otherwise: T): T {
  const text = localStorage.getItem(key)
  const known = read.get(key)
  if (known && known.text === text) return known.value as T
  let value: unknown = otherwise
  try {
    if (text !== null) value = JSON.parse(text)
  } catch {
    value = otherwise
  }
  read.set(key, { text, value })
  return value as T
}

function listen(changed: () => void) {
  listeners.add(changed)
  return () => {
    listeners.delete(changed)
  }
}

/** Writes what {@link useRemembered} shows; undefined forgets it. */
export function remember(name: string, value: unknown) {
  const key = `rapport.${name}`
  try {
    if (value === undefined) localStorage.removeItem(key)
    else localStorage.setItem(key, JSON.stringify(value))
  } catch {
    // a full or forbidden store costs the memory, not the act
  }
  for (const changed of listeners) changed()
}

/**
 * How this browser likes something, kept over visits.
 *
 * @param otherwise what it is until somebody has chosen; the same object in every rendering
 */
export function useRemembered<T>(name: string, otherwise: T) {
  const value = useSyncExternalStore(listen, () => stored(`rapport.${name}`, otherwise))
  const set = useCallback((next: T | undefined) => remember(name, next), [name])
  return [value, set] as const
}
