import i18next from 'i18next'
import { initReactI18next, useTranslation } from 'react-i18next'
import { setApiLanguage } from './api'
import { en, type TextKey } from './texts.en'
import { zh } from './texts.zh'
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

export function startI18n() {
  const lang = initial()
  apply(lang)
  i18next.use(initReactI18next).init({
    lng: lang,
    fallbackLng: 'en',
    keySeparator: false,
    interpolation: { escapeValue: false },
    resources: { en: { translation: en }, 'zh-CN': { translation: zh } },
  })
}

export function setLanguage(lang: Lang) {
  localStorage.setItem(KEY, lang)
  apply(lang)
  i18next.changeLanguage(lang)
}

/** Words in the user's language: `t` for the screens' own, `label` for those of the metadata. */
export function useWords() {
  const { t, i18n } = useTranslation()
  const lang = (i18n.language === 'zh-CN' ? 'zh-CN' : 'en') as Lang
  return {
    lang,
    t: (key: TextKey, values?: Record<string, string | number>) => t(key, values ?? {}) as string,
    label: (labels: Labels) => labels[lang],
  }
}
