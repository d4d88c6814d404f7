import { expect, it } from 'vitest'
import { en } from './texts.en'
import { zh } from './texts.zh'

it('says everything in both languages', () => {
  expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort())
})

it('keeps the placeholders in both languages', () => {
  const holes = (text: string) => (text.match(/{{\w+}}/g) ?? []).sort()
  for (const key of Object.keys(en) as (keyof typeof en)[]) expect(holes(zh[key]), key).toEqual(holes(en[key]))
})
