import { useState } from 'react'
import { useDensity } from '../../platform/density'
import { chosenRegion, formatDay, formatNumber, localDay, REGIONS, setRegion } from '../../platform/format'
import { setLanguage, useDictionary, useWords, writeAnew } from '../../platform/i18n'
import { useKeeping } from '../../platform/keeping'
import { stopKeeping } from '../../platform/offline'
import { chosenTheme, setTheme, type Theme } from '../../platform/theme'
import type { Lang } from '../../platform/types'
import { Drawer } from '../../ui/drawer'
import { Button, Checkbox } from '../../ui/kit'
import { LabelledSelect } from '../../ui/labelledSelect'
import { useOfflineWords } from '../offline/words'

const en = {
  automatic: 'As the language suggests',
  close: 'Close',
  comfortable: 'Comfortable',
  compact: 'Compact',
  dark: 'Dark',
  density: 'Density of lists',
  done: 'Done',
  hint: 'Kept in this browser. Everybody chooses for themselves.',
  language: 'Language',
  light: 'Light',
  preferences: 'Display',
  region: 'Numbers and dates as in',
  sample: 'For example: {number} · {day}',
  system: 'As the device',
  theme: 'Appearance',
}

const zh: typeof en = {
  automatic: '跟随语言',
  close: '关闭',
  comfortable: '宽松',
  compact: '紧凑',
  dark: '深色',
  density: '列表密度',
  done: '完成',
  hint: '保存在此浏览器中，仅影响您自己。',
  language: '语言',
  light: '浅色',
  preferences: '显示设置',
  region: '数字和日期格式',
  sample: '示例：{number} · {day}',
  system: '跟随设备',
  theme: '外观',
}

/** How everything looks to this person: language, region, appearance, density. */
export default function Preferences({ onClose }: { onClose: () => void }) {
  const { w, lang } = useDictionary(en, zh)
  useWords()
  const { w: o } = useOfflineWords()
  const [density, setDensity] = useDensity()
  const [keeping, setKeeping] = useKeeping()
  const [theme, setChosen] = useState<Theme>(chosenTheme)
  const names = new Intl.DisplayNames(lang, { type: 'region' })
  return (
    <Drawer
      title={w('preferences')}
      closeLabel={w('close')}
      onClose={onClose}
      footer={
        <Button kind="solid" className="ml-auto" onClick={onClose}>
          {w('done')}
        </Button>
      }
    >
      <div className="flex flex-col gap-4 p-5">
        <p className="text-sm text-ink-3">{w('hint')}</p>
        <LabelledSelect
          label={w('language')}
          value={lang}
          options={[
            ['en', 'English'],
            ['zh-CN', '简体中文'],
          ]}
          onChange={value => setLanguage(value as Lang)}
        />
        <LabelledSelect
          label={w('region')}
          value={chosenRegion()}
          options={[['', w('automatic')], ...REGIONS.map((code): [string, string] => [code, names.of(code) ?? code])]}
          onChange={code => {
            setRegion(code)
            writeAnew()
          }}
        />
        <p className="num -mt-3 text-xs text-ink-3">
          {w('sample', { number: formatNumber(1234567.89, lang), day: formatDay(localDay(new Date()), lang) })}
        </p>
        <LabelledSelect
          label={w('theme')}
          value={theme}
          options={[
            ['system', w('system')],
            ['light', w('light')],
            ['dark', w('dark')],
          ]}
          onChange={value => {
            setTheme(value as Theme)
            setChosen(value as Theme)
          }}
        />
        <LabelledSelect
          label={w('density')}
          value={density}
          options={[
            ['comfortable', w('comfortable')],
            ['compact', w('compact')],
          ]}
          onChange={value => setDensity(value as 'comfortable' | 'compact')}
        />
        <div className="flex items-start gap-2.5 border-t border-line pt-4">
          <Checkbox label={o('keep')} checked={keeping} onChange={on => (on ? setKeeping(true) : stopKeeping())} />
          <span className="min-w-0">
            <span className="block text-sm">{o('keep')}</span>
            <span className="block text-xs text-ink-3">{o('keepHint')}</span>
          </span>
        </div>
      </div>
    </Drawer>
  )
}
