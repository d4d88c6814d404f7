import Papa from 'papaparse'

/** Rows of cells as text with tabs between, the form in which spreadsheets exchange them. */
export const toTabbed = (rows: string[][]) => Papa.unparse(rows, { delimiter: '\t', newline: '\n' })

/** The cells of a text that a spreadsheet put on the clipboard. */
export function fromTabbed(text: string): string[][] {
  const rows = Papa.parse<string[]>(text, { delimiter: '\t' }).data
  const last = rows.at(-1)
  return rows.length > 1 && last?.length === 1 && last[0] === '' ? rows.slice(0, -1) : rows
}
