import { readFileSync } from 'node:fs'
import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import { api, expectAccessible, PASSWORD, shot, useLanguage } from './support'

test.describe.configure({ mode: 'serial' })

let context: BrowserContext
let page: Page

interface Item {
  id: string
  [field: string]: unknown
}

test.beforeAll(async ({ browser }) => {
  context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1440, height: 900 } })
  page = await context.newPage()
  page.on('pageerror', error => {
    throw error
  })
  await page.goto('/sign-in')
  await page.getByLabel('Username').fill(process.env.E2E_USER ?? 'lilei')
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL(url => !url.pathname.startsWith('/sign-in'))
})

test.afterAll(() => context.close())

const create = (object: string, body: unknown) => api<Item>(page, 'POST', `/records/${object}`, body)
const board = `/o/opportunity?layout=${encodeURIComponent(JSON.stringify({ kind: 'board' }))}`
let deal = ''
let quote = ''
let contract = ''

test('a lead becomes an account, a contact and a deal', async () => {
  await page.goto('/o/lead')
  await page.getByRole('button', { name: 'New lead' }).click()
  await page.getByLabel('Family name').fill('Han')
  await page.getByLabel('Given name').fill('Meimei')
  await page.getByRole('textbox', { name: 'Company' }).fill('Tidewater Foods')
  await page.getByRole('button', { name: 'Create', exact: true }).click()
  await page.getByRole('button', { name: 'Open' }).click()
  await expect(page.getByRole('heading', { name: 'Meimei Han', level: 2 })).toBeVisible()
  await page.getByRole('button', { name: 'Convert', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Convert' }).click()
  await page.waitForURL(/\/o\/opportunity\//)
  await expect(page.getByRole('heading', { name: 'Tidewater Foods', level: 2 })).toBeVisible()
  deal = page.url().split('/').pop() ?? ''
  await shot(page, 'sales-deal')
})

test('a stage is entered with what it needs', async () => {
  await page.getByRole('button', { name: 'Proposal' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText('Needed for “Proposal”')).toBeVisible()
  await dialog.getByRole('button', { name: 'Move' }).click()
  await expect(dialog.getByText('Needed to enter the stage')).toBeVisible()
  await dialog.getByLabel('Amount').first().fill('5000')
  await dialog.getByRole('button', { name: 'Move' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.locator('[aria-current=step]')).toContainText('Proposal')
})

test('a card is moved over the board and back', async () => {
  await page.goto(board)
  const card = page.getByRole('article', { name: 'Tidewater Foods' })
  await expect(page.getByRole('region', { name: 'Proposal' }).getByRole('article', { name: 'Tidewater Foods' })).toBeVisible()
  await card.dragTo(page.getByRole('region', { name: 'Qualification' }))
  await expect(page.getByRole('region', { name: 'Qualification' }).getByRole('article', { name: 'Tidewater Foods' })).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByRole('region', { name: 'Proposal' }).getByRole('article', { name: 'Tidewater Foods' })).toBeVisible()
  await shot(page, 'sales-board')
})

test('a quote is priced, sent, and accepted by its customer without an account', async ({ browser }) => {
  await create('product', { name: 'Cold store', price: { amount: '1000.00', currency: 'CNY' }, taxRate: '13' })
  await create('promotion', { name: 'Spring', kind: 'percent', percent: '10' })
  const made = await create('quote', { opportunity: deal })
  quote = made.id
  await page.goto(`/o/quote/${quote}`)
  await page.getByRole('combobox', { name: 'Product' }).fill('Cold')
  await page.getByRole('option', { name: 'Cold store' }).click()
  await expect(page.getByText('¥1,130.00').first()).toBeVisible()
  const quantity = page.getByLabel('Quantity Cold store')
  await quantity.fill('3')
  await quantity.press('Enter')
  await expect(page.getByText('¥3,390.00').first()).toBeVisible()
  await page.getByRole('button', { name: 'Apply promotions' }).click()
  await expect(page.getByText('10 % off 3000.00 CNY')).toBeVisible()
  await expect(page.getByText('¥3,051.00').first()).toBeVisible()
  await shot(page, 'sales-quote')
  await page.getByRole('button', { name: 'Mark as sent' }).click()
  const link = await page.getByRole('textbox', { name: 'Link for the customer' }).inputValue()
  const customer = await browser.newContext({ locale: 'zh-CN', viewport: { width: 390, height: 844 } })
  const theirs = await customer.newPage()
  await theirs.goto(link)
  await expect(theirs.getByText('¥3,051.00')).toHaveCount(1)
  await shot(theirs, 'sales-public-quote-zh-phone')
  await theirs.getByLabel('您的姓名').fill('韩梅梅')
  await theirs.getByRole('button', { name: '接受报价' }).click()
  await expect(theirs.getByText('该报价已被接受，谢谢。')).toBeVisible()
  await customer.close()
})

test('an order, a contract with its plan, and money in the bank', async () => {
  await page.goto(`/o/quote/${quote}`)
  await page.getByRole('button', { name: 'Make an order' }).click()
  await page.waitForURL(/\/o\/order\//)
  await expect(page.getByText('¥3,051.00').first()).toBeVisible()
  await page.goto(`/o/quote/${quote}`)
  await page.getByRole('button', { name: 'Make a contract' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('First due').fill('2026-01-31')
  await dialog.getByLabel('Parts').fill('3')
  await dialog.getByRole('button', { name: 'Make a contract' }).click()
  await page.waitForURL(/\/o\/contract\//)
  contract = page.url().split('/').pop() ?? ''
  const read = await api<Item>(page, 'GET', `/records/contract/${contract}`)
  const account = (read.account as { id: string }).id
  const receipt = await create('receipt', {
    account,
    contract,
    receivedOn: '2026-02-01',
    amount: { amount: '3051.00', currency: 'CNY' },
  })
  await page.goto(`/o/receipt/${receipt.id}`)
  await page.getByRole('button', { name: 'Match to what is owed' }).click()
  await expect(page.getByText('3 instalments matched')).toBeVisible()
  await page.goto(`/o/contract/${contract}`)
  await expect(page.getByText('¥0.00').first()).toBeVisible()
  await shot(page, 'sales-contract')
})

test('a week of visits is planned, and a visit ends with what comes next', async () => {
  await page.goto('/calendar')
  await page.getByRole('button', { name: 'Plan a visit' }).first().click()
  const form = page.getByRole('dialog')
  await form.getByLabel('Subject').fill('On-site demo')
  const at = new Date()
  at.setHours(10, 0, 0, 0)
  const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
  await form.getByLabel('Planned').fill(local)
  await form.getByRole('button', { name: 'Create', exact: true }).click()
  await expect(page.locator('.fc-event', { hasText: 'On-site demo' })).toBeVisible()
  await shot(page, 'sales-calendar')
  await page.locator('.fc-event', { hasText: 'On-site demo' }).click()
  await page.getByRole('button', { name: 'Finish the visit' }).click()
  const needed = page.getByRole('dialog')
  await needed.getByLabel('Result').fill('They liked it')
  await needed.getByLabel('Next step').fill('Send the contract')
  await needed.getByRole('button', { name: 'Move' }).click()
  await expect(page.getByText('Done').first()).toBeVisible()
})

test('a mail goes to the person, a visit is told before it begins, a report is sent regularly', async () => {
  test.setTimeout(150_000)
  const contact = await create('contact', { name: { family: 'Li', given: 'Ying' }, email: 'ying@example.com' })
  await create('visit', { name: 'Soon there', plannedAt: new Date(Date.now() + 15 * 60_000).toISOString() })
  await page.goto(`/o/contact/${contact.id}`)
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Mail' }).click()
  const form = page.getByRole('dialog')
  await expect(form.getByLabel('To', { exact: true })).toHaveValue('ying@example.com')
  await form.getByLabel('Subject').fill('Our visit')
  await form.getByLabel('Text').fill('Dear Ying, see you soon.')
  await form.getByRole('button', { name: 'Create', exact: true }).click()
  await page.getByRole('button', { name: 'Open' }).click()
  await page.waitForURL(/\/o\/mail\//)
  const mail = page.url().split('/').pop()
  const status = async () => (await api<Item>(page, 'GET', `/records/mail/${mail}`)).status
  await expect.poll(status, { timeout: 40_000 }).toBe('sent')
  await shot(page, 'sales-mail')
  if (process.env.MAILS) expect(readFileSync(process.env.MAILS, 'utf8')).toContain('Subject: Our visit')
  await page.goto('/reports/winRate')
  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitem', { name: 'Send regularly…' }).click()
  await expect(page.getByRole('dialog').getByLabel('Name')).toHaveValue('Win rate')
  await page.getByRole('dialog').getByRole('button', { name: 'Create', exact: true }).click()
  await page.getByRole('button', { name: 'Open' }).click()
  await expect(page.getByText('Every Monday').first()).toBeVisible()
  await page.goto('/notifications')
  const told = page.getByRole('link', { name: /Soon there/ })
  await expect(told).toBeVisible({ timeout: 90_000 })
  const badge = page.getByRole('navigation').getByRole('link', { name: /Notifications/ })
  await expect(badge).toContainText(/[1-9]/)
  const before = (await badge.innerText()).replace(/\D/g, '')
  await shot(page, 'sales-notifications')
  await told.click()
  await page.waitForURL(/\/o\/visit\//)
  await expect(badge).not.toContainText(before)
})

test('reports, overview and forecast lead to their records', async () => {
  await page.goto(`/o/opportunity/${deal}`)
  await page.getByRole('button', { name: 'Won', exact: true }).click()
  await expect(page.locator('[aria-current=step]')).toContainText('Won')
  await page.goto('/reports')
  await page.getByRole('link', { name: /Leaderboard/ }).click()
  await page.getByRole('row', { name: /li ?lei/i }).getByRole('link').click()
  await page.waitForURL(/\/o\/opportunity\?filter=/)
  await expect(page.locator('[role=gridcell]', { hasText: 'Tidewater Foods' }).first()).toBeVisible()
  await page.goto('/forecast')
  await expect(page.getByRole('row', { name: /li ?lei/i })).toContainText('¥5,000.00')
  await page.goto('/sales')
  await expect(page.getByText('Won by month')).toBeVisible()
  await shot(page, 'sales-overview')
})

test('the same in Chinese', async () => {
  await useLanguage(page, 'zh-CN')
  await page.goto(board)
  await expect(page.getByRole('region', { name: '方案报价' })).toBeVisible()
  await create('opportunity', { name: '冷链试点项目' })
  await page.reload()
  await page.getByRole('button', { name: '移动 冷链试点项目' }).click()
  await page.getByRole('menuitem', { name: '方案报价' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText('进入“方案报价”需要填写')).toBeVisible()
  await dialog.getByText('取消', { exact: true }).click()
  await shot(page, 'sales-board-zh')
  for (const [path, text] of [
    ['/sales', '月度成交'],
    ['/reports/funnel', '销售漏斗'],
    ['/forecast', '销售目标'],
    ['/calendar', '所有人'],
    ['/notifications', '拜访即将开始'],
    ['/settings/sales', '销售流程'],
  ] as const) {
    await page.goto(path)
    await expect(page.getByText(text).first()).toBeVisible()
    await shot(page, `sales${path.replaceAll('/', '-')}-zh`)
  }
})

// colours depend on the theme and words on the language
for (const [lang, theme] of [
  ['en', 'light'],
  ['zh-CN', 'dark'],
] as const)
  test(`no accessibility violation in sales, ${lang}, ${theme}`, async () => {
    await page.evaluate(t => localStorage.setItem('rapport.theme', t), theme)
    await useLanguage(page, lang)
    for (const path of [
      board,
      `/o/opportunity/${deal}`,
      `/o/quote/${quote}`,
      `/o/contract/${contract}`,
      '/sales',
      '/reports',
      '/reports/funnel',
      '/reports/leaderboard',
      '/forecast',
      '/calendar',
      '/notifications',
      '/settings/sales',
    ])
      await expectAccessible(page, path)
  })

test('sales on a phone stays within its width', async () => {
  await page.setViewportSize({ width: 390, height: 844 })
  for (const path of [board, `/o/quote/${quote}`, '/sales', '/reports/funnel', '/forecast', '/calendar', '/notifications']) {
    await page.goto(path)
    await page.waitForLoadState('networkidle')
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
    expect(wide, path).toBe(false)
    await shot(page, `sales-phone-${path.split('?')[0]?.split('/').slice(1, 3).join('-')}`)
  }
})
