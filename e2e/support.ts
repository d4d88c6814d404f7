import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'

export const PASSWORD = 'correct horse battery'
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
const shots = join(__dirname, 'screenshots')

export const shot = (page: Page, name: string) => page.screenshot({ path: join(shots, `${name}.png`) })

/** Calls the API as the person who is signed in. */
export async function api<T>(page: Page, method: string, path: string, body?: unknown): Promise<T> {
  return page.evaluate(
    async ([m, p, b]) => {
      const session = await (await fetch('/api/session')).json()
      const response = await fetch(`/api${p}`, {
        method: m,
        headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': session.csrfToken },
        body: b,
      })
      return response.json()
    },
    [method, path, body === undefined ? undefined : JSON.stringify(body)] as [string, string, string | undefined],
  )
}

export async function useLanguage(page: Page, lang: 'en' | 'zh-CN') {
  await page.evaluate(l => localStorage.setItem('rapport.language', l), lang)
  await page.reload()
}

interface Axe {
  axe: { run: (d: Document, o: object) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
}

/** What axe finds on the page against WCAG 2.2 AA. */
export async function axeViolations(page: Page) {
  await page.evaluate(axe)
  return page.evaluate(async () => {
    const result = await (window as unknown as Axe).axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'],
    })
    return result.violations.map(v => `${v.id}: ${v.nodes[0]?.html.slice(0, 200)}`)
  })
}

/** WCAG 2.2 AA by axe: no violation on the page at `path`. */
export async function expectAccessible(page: Page, path: string) {
  await page.goto(path)
  await page.waitForLoadState('networkidle')
  await page.waitForTimeout(500)
  const violations = await axeViolations(page)
  expect(violations, path).toEqual([])
}
