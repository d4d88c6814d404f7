import { describe, expect, it } from 'vitest'
import { fromTabbed, toTabbed } from './clipboard'

describe('blocks of cells on the clipboard', () => {
  it('reads what spreadsheets write, quotes, tabs and line ends within cells included', () => {
    expect(fromTabbed('a\tb\r\n"x\ty"\t"say ""hi""\nthere"\r\n')).toEqual([
      ['a', 'b'],
      ['x\ty', 'say "hi"\nthere'],
    ])
  })

  it('keeps empty cells, and a single cell as it is', () => {
    expect(fromTabbed('\t\nx\t')).toEqual([
      ['', ''],
      ['x', ''],
    ])
    expect(fromTabbed('12" pipe')).toEqual([['12" pipe']])
  })

  it('gives back what it wrote', () => {
    const cells = [
      ['张三', 'a "quoted" word', 'two\nlines'],
      ['', 'tab\tinside', '1,234.50'],
    ]
    expect(fromTabbed(toTabbed(cells))).toEqual(cells)
  })
})
