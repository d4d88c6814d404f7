// Takes a picture of every screen in both languages, both themes, wide and narrow, and lays the eight of each side by side.
// node tour.mjs <address> <folder> [user] [password], on a server with some contacts; leaves two imports and a deleted tag.
import { mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const require = createRequire(new URL('../web/ui/package.json', import.meta.url))
const { chromium } = require('@playwright/test')
const [address, folder, user = 'admin', password = 'bench-only-local'] = process.argv.slice(2)
mkdirSync(folder, { recursive: true })
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] })
const stamp = Date.now()
const csv = [
  'family name,given name,email,mobile,lifecycle',
  `李,明${stamp},li@example.com,13800138000,lead`,
  'Ng,Ada,not-an-address,12,lead',
  'Roe,Tim,tim@example.com,,nonsense',
].join('\n')

async function call(page, method, path, body) {
  return page.evaluate(
    async ([m, p, b]) => {
      const session = await (await fetch('/api/session')).json()
      const headers = { 'X-CSRF-Token': session.csrfToken, ...(b && { 'Content-Type': 'application/json' }) }
      const answer = await fetch(`/api${p}`, { method: m, headers, body: b })
      return answer.status === 204 ? null : answer.json()
    },
    [method, path, body && JSON.stringify(body)],
  )
}

async function upload(page) {
  await page.goto(`${address}/imports/new?object=contact`)
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: '客户 customers.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) })
  await page.waitForURL(/imports\/[0-9a-f-]{36}/)
}

const rest = page => page.waitForTimeout(350)

/** Each screen: how to get there. A screen that fails is told and left out. */
const screens = {
  list: async page => page.goto(`${address}/o/contact`),
  'list-filter': async page => {
    await page.goto(`${address}/o/contact`)
    await page.getByRole('button', { name: /^(Filter|筛选)/ }).click()
    await rest(page)
  },
  'list-nothing-found': async page => page.goto(`${address}/o/contact?q=zzzzqqqq`),
  'list-empty': async page => page.goto(`${address}/o/visit`),
  'list-unreachable': async page => {
    await page.route('**/api/records/**', route => route.abort())
    await page.goto(`${address}/o/contact`)
    await page.waitForTimeout(2500)
  },
  'list-server-error': async page => {
    await page.route('**/api/records/**', route =>
      route.fulfill({ status: 503, contentType: 'application/problem+json', body: '{"status":503,"title":"x","detail":"The database is away."}' }),
    )
    await page.goto(`${address}/o/contact`)
    await page.waitForTimeout(2500)
  },
  'object-unknown': async page => page.goto(`${address}/o/nothing`),
  record: async page => page.goto(`${address}/o/contact/${page.someId}`),
  'record-unknown': async page => page.goto(`${address}/o/contact/00000000-0000-7000-8000-000000000000`),
  'create-form': async page => {
    await page.goto(`${address}/o/contact`)
    await page.getByRole('button', { name: /^(New|新建)/ }).first().click()
    await rest(page)
  },
  'create-errors': async page => {
    await page.goto(`${address}/o/contact`)
    await page.getByRole('button', { name: /^(New|新建)/ }).first().click()
    await page.getByRole('dialog').getByRole('button', { name: /^(Save|Create|保存|创建|新建)/ }).last().click()
    await rest(page)
  },
  imports: async page => page.goto(`${address}/imports`),
  'import-new': async page => page.goto(`${address}/imports/new`),
  'import-checked': async page => {
    await upload(page)
    await page.getByRole('button', { name: /^(Check|检查)/ }).click()
    await page.locator('[data-count=failed]').waitFor()
  },
  'import-done': async page => {
    await upload(page)
    await page.getByRole('button', { name: /^(Start|开始|Import|导入)/ }).last().click()
    await page.getByRole('button', { name: /^(Undo|撤销)/ }).waitFor()
  },
  'recycle-bin': async page => page.goto(`${address}/recycle-bin`),
  'signed-out': async page => {
    await page.context().clearCookies()
    await page.goto(`${address}/o/contact`)
  },
  'sign-in-refused': async page => {
    await page.context().clearCookies()
    await page.goto(`${address}/sign-in`)
    await page.locator('input').first().fill('nobody')
    await page.locator('input[type=password]').fill('wrong password')
    await page.keyboard.press('Enter')
    await page.waitForTimeout(1200)
  },
}

const combinations = []
for (const width of [1440, 390])
  for (const language of ['en', 'zh-CN']) for (const theme of ['light', 'dark']) combinations.push({ width, language, theme })

for (const at of combinations) {
  const context = await browser.newContext({
    viewport: { width: at.width, height: at.width > 500 ? 900 : 844 },
    locale: at.language === 'en' ? 'en-GB' : 'zh-CN',
    colorScheme: at.theme,
    hasTouch: at.width < 500,
    isMobile: at.width < 500,
  })
  await context.addInitScript(
    ([language, theme]) => {
      localStorage.setItem('rapport.language', language)
      localStorage.setItem('rapport.theme', theme)
    },
    [at.language, at.theme],
  )
  const signIn = await context.newPage()
  await signIn.goto(`${address}/sign-in`)
  await signIn.locator('input').first().fill(user)
  await signIn.locator('input[type=password]').fill(password)
  await signIn.keyboard.press('Enter')
  await signIn.waitForURL(url => !url.pathname.includes('sign-in'))
  const found = await call(signIn, 'POST', '/records/contact/query', { limit: 1, fields: ['name'] })
  const tag = await call(signIn, 'POST', '/records/tag', { name: `tour ${stamp} ${at.language} ${at.theme} ${at.width}` })
  const gone = await call(signIn, 'POST', '/records/tag/bulk', { delete: [{ id: tag.id, version: tag.version }] })
  if (gone?.status >= 400) console.log('tag', JSON.stringify(gone))
  const cookies = await context.cookies()
  for (const [name, open] of Object.entries(screens)) {
    await context.addCookies(cookies)
    const page = await context.newPage()
    page.someId = found.items[0].id
    page.setDefaultTimeout(6000)
    page.on('pageerror', error => console.log(`${name} ${at.language} ${at.theme} ${at.width}: ${error}`))
    try {
      await open(page)
      await page.waitForLoadState('networkidle', { timeout: 3000 }).catch(() => {})
      await page.waitForTimeout(500)
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      if (wide > 0) console.log(`${name} ${at.language} ${at.theme} ${at.width}: ${wide} px wider than the screen`)
    } catch (error) {
      console.log(`${name} ${at.language} ${at.theme} ${at.width}: ${String(error).split('\n')[0]}`)
    }
    await page.screenshot({ path: join(folder, `${name}-${at.language}-${at.theme}-${at.width}.png`) })
    await page.close()
  }
  await context.close()
}

const sheet = await browser.newPage({ viewport: { width: 2000, height: 1200 } })
for (const name of Object.keys(screens)) {
  const images = combinations.map(at => {
    const width = at.width > 500 ? 660 : 330
    return `<img style="width:${width}px;border:1px solid #888" src="${name}-${at.language}-${at.theme}-${at.width}.png">`
  })
  const file = join(folder, `${name}.html`)
  writeFileSync(file, `<body style="margin:4px;display:flex;flex-wrap:wrap;gap:4px;width:1400px">${images.join('')}</body>`)
  await sheet.goto(`file://${file}`)
  await sheet.locator('body').screenshot({ path: join(folder, `_${name}.png`) })
}
await browser.close()
