import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { axeViolations, shot } from './support'

const ui = join(__dirname, '../web/ui')
const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }

let server: Server
let address = ''
let names: string[] = []

test.beforeAll(async ({ browser }) => {
  test.setTimeout(120_000)
  execFileSync('node', ['node_modules/vite/bin/vite.js', 'build', '--config', 'vite.stories.config.ts'], { cwd: ui, stdio: 'pipe' })
  server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    try {
      const body = readFileSync(join(ui, 'dist-stories', path))
      response.writeHead(200, { 'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream' }).end(body)
    } catch {
      response.writeHead(404).end()
    }
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/stories.html`
  const page = await browser.newPage()
  await page.goto(address)
  names = await page.evaluate(() => (window as unknown as { stories: string[] }).stories)
  await page.close()
})

test.afterAll(() => {
  server?.close()
})

async function look(page: Page, name: string) {
  await page.goto(`${address}?story=${encodeURIComponent(name)}`)
  await page.locator('#story').waitFor({ timeout: 5_000 })
  await page.waitForTimeout(200)
  await expect(page.locator('#story'), `${name} stands`).toBeVisible({ timeout: 1_000 })
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect.soft(wide, `${name} stays within its width`).toBeLessThanOrEqual(0)
  // an empty calendar's hours: browsers give a scrolling box without controls the focus by themselves
  const violations = (await axeViolations(page)).filter(v => !/^scrollable-region-focusable.*fc-scroller/.test(v))
  expect.soft(violations, name).toEqual([])
}

for (const [lang, scheme] of [
  ['en-GB', 'light'],
  ['zh-CN', 'dark'],
] as const)
  test(`components in their states, ${lang}, ${scheme}`, async ({ browser }) => {
    test.setTimeout(420_000)
    const context = await browser.newContext({ locale: lang, colorScheme: scheme, viewport: { width: 1280, height: 800 } })
    const page = await context.newPage()
    const problems: string[] = []
    page.on('pageerror', error => problems.push(error.message))
    expect(names.length).toBeGreaterThan(40)
    // one look each, in turn; the journeys see the screens in both. What is long or narrow is looked at in both
    const turn = names.filter((name, i) => /long|phone/.test(name) || (i % 2 === 0) === (lang === 'en-GB'))
    for (const name of turn) {
      await look(page, name)
      await shot(page, `story ${name} ${lang} ${scheme}`.replace(/[^\w一-鿿]+/g, '-'))
    }
    expect(problems).toEqual([])
    await context.close()
  })
