import i18next from 'i18next'
import { useSyncExternalStore } from 'react'
import { setApiLanguage, setOfflineText } from './api'
import type { TextKey } from './texts.en'
import type { Labels, Lang } from './types'

const KEY = 'rapport.language'

function initial(): Lang {
  const stored = localStorage.getItem(KEY)
  if (stored === 'en' || stored === 'zh-CN') return stored
  return navigator.language.startsWith('zh') ? 'zh-CN' : 'en'
}

function apply(lang: Lang) {
  document.documentElement.lang = lang
  setApiLanguage(lang)
}

/** Only the words of one language are loaded until somebody asks for the other. */
const load = async (lang: Lang): Promise<Record<TextKey, string>> =>
  lang === 'en' ? (await import('./texts.en')).en : (await import('./texts.zh')).zh

export async function startI18n() {
  const lang = initial()
  apply(lang)
  const translation = await load(lang)
  await i18next.init({
    lng: lang,
    fallbackLng: 'en',
    keySeparator: false,
    interpolation: { escapeValue: false },
    resources: { [lang]: { translation } },
  })
  setOfflineText(i18next.t('offline'))
  words = wordsIn(lang)
}

export async function setLanguage(lang: Lang) {
  localStorage.setItem(KEY, lang)
  if (!i18next.hasResourceBundle(lang, 'translation')) i18next.addResourceBundle(lang, 'translation', await load(lang))
  apply(lang)
  await i18next.changeLanguage(lang)
  writeAnew()
}

/** Writes everything on the screen again, as after a change of the region. */
export function writeAnew() {
  setOfflineText(i18next.t('offline'))
  words = wordsIn(i18next.language as Lang)
  for (const changed of listeners) changed()
}

const listeners = new Set<() => void>()
let words = wordsIn('en')

function wordsIn(lang: Lang) {
  return {
    lang,
    t: (key: TextKey, values?: Record<string, string | number>) => i18next.t(key, values ?? {}) as string,
    label: (labels: Labels) => labels[lang],
  }
}

function listen(changed: () => void) {
  listeners.add(changed)
  return () => {
    listeners.delete(changed)
  }
}

/**
 * Words in the user's language: `t` for the screens' own, `label` for those of the metadata. Cheap enough for every cell of
 * a list, and the same object until the language changes.
 */
export const useWords = () => useSyncExternalStore(listen, () => words)

/** Puts `values` into the places of a text that bear their names in braces. */
const filled = (text: string, values: Record<string, string | number>) =>
  Object.entries(values).reduce((whole, [name, value]) => whole.replace(`{${name}}`, String(value)), text)

/**
 * Words that only one part of the product needs and that are loaded with it: `w` for those that are known, `known` for codes
 * from the server, which stand for themselves where there is no word for them.
 */
export function useDictionary<Key extends string>(en: Record<Key, string>, zh: Record<Key, string>) {
  const { lang, label } = useWords()
  const dictionary = lang === 'en' ? en : zh
  const w = (key: Key, values: Record<string, string | number> = {}) => filled(dictionary[key], values)
  const known = (key: string) => dictionary[key as Key] ?? key
  return { w, known, lang, label }
}
