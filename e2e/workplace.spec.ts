import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import { api as apiOf, axeViolations, expectAccessible, PASSWORD, shot, useLanguage } from './support'

test.describe.configure({ mode: 'serial' })

let context: BrowserContext
let page: Page

interface Item {
  id: string
  version: number
  [field: string]: unknown
}

async function signIn(on: Page, user = process.env.E2E_USER ?? 'lilei', password = PASSWORD) {
  await on.goto('/sign-in')
  await on.locator('#username').fill(user)
  await on.locator('#password').fill(password)
  await on.keyboard.press('Enter')
  await on.waitForURL(url => !url.pathname.startsWith('/sign-in'))
}

test.beforeAll(async ({ browser }) => {
  context = await browser.newContext({
    locale: 'en-GB',
    viewport: { width: 1440, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write', 'geolocation'],
    geolocation: { latitude: 30.274085, longitude: 120.15507 },
  })
  page = await context.newPage()
  page.on('pageerror', error => {
    throw error
  })
  await signIn(page)
})

test.afterAll(() => context.close())

const api = <T>(method: string, path: string, body?: unknown) => apiOf<T>(page, method, path, body)
const create = async (object: string, body: unknown) => {
  const made = await api<Item>('POST', `/records/${object}`, body)
  expect(made.id, JSON.stringify(made)).toBeTruthy()
  return made
}
const me = async () => (await api<{ user: { id: string } }>('GET', '/session')).user.id
const filter = (field: string, value: string) =>
  encodeURIComponent(JSON.stringify({ field, op: 'startsWith', value }))
/** The list of this journey's accounts, by name. */
const sheet = `/o/account?sort=name&filter=${filter('name', 'Sheet')}`
const cell = (row: number, column: number) => page.locator(`#cell-${row}-${column}`)
const day = (offset: number) => {
  const date = new Date()
  date.setDate(date.getDate() + offset)
  return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`
}

test('the day begins with what is due, and a task is ended there', async () => {
  const account = await create('account', { name: 'Due Ltd' })
  await create('task', { name: 'Send the annex', dueOn: day(-1), account: account.id })
  await create('visit', { name: 'Look at the cold store', plannedAt: `${day(3)}T02:00:00Z`, account: account.id })
  await page.goto('/')
  const task = page.getByRole('listitem').filter({ hasText: 'Send the annex' })
  await expect(task).toContainText('Due Ltd')
  await expect(page.getByText('Look at the cold store')).toBeVisible()
  await shot(page, 'home-light')
  await task.getByRole('button', { name: 'Done: Send the annex' }).click()
  await expect(page.getByText('Send the annex')).toHaveCount(0)
})

test('sample data is filled in and taken out again', async () => {
  await api('POST', '/sample-data')
  await expect
    .poll(async () => (await api<{ items: Item[] }>('GET', '/records/opportunity?limit=30')).items.length, { timeout: 30_000 })
    .toBeGreaterThan(20)
  await page.goto('/')
  await expect(page.getByText('Sample data is filled in.')).toBeVisible()
  await shot(page, 'home-sample-light')
  await page.goto('/dashboards')
  await page.getByRole('button', { name: 'Sales', exact: true }).click()
  await page.waitForURL(/\/dashboards\/[0-9a-f-]{36}/)
  await expect(page.getByRole('region', { name: 'Leads', exact: true })).toContainText(/\d/)
  await page.waitForTimeout(800)
  await shot(page, 'dashboard-light')
  await page.getByRole('region', { name: 'Opportunities (open)' }).getByRole('link').click()
  await page.waitForURL(/\/o\/opportunity\?filter=/)
  await page.goto('/')
  await page.getByRole('button', { name: 'Take it out again' }).click()
  await expect(page.getByText('Sample data is filled in.')).toHaveCount(0, { timeout: 30_000 })
})

test('cells are overwritten by typing, and blocks are pasted, filled and emptied', async () => {
  for (const [i, kind] of ['customer', 'prospect', 'partner', 'customer'].entries())
    await create('account', { name: `Sheet ${i}`, type: kind, industry: `trade ${i}` })
  await page.goto(sheet)
  await cell(0, 2).click()
  await page.keyboard.type('Shipping')
  await page.keyboard.press('Enter')
  await expect(cell(0, 2)).toContainText('Shipping')
  await page.evaluate(() => navigator.clipboard.writeText('Partner\tRetail\n潜在客户\t"Food\tand drink"\n'))
  await cell(1, 1).click()
  await page.keyboard.press('Control+v')
  await expect(cell(1, 1)).toContainText('Partner')
  await expect(cell(1, 2)).toContainText('Retail')
  await expect(cell(2, 1)).toContainText('Prospect')
  await shot(page, 'sheet-pasted-light')
  await cell(1, 2).click()
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Control+d')
  await expect(cell(3, 2)).toContainText('Retail')
  await page.waitForTimeout(1_000) // the message of the paste before it may still lie on top
  await page.locator('[data-sonner-toast][data-front=true]').getByRole('button', { name: 'Undo' }).click()
  await expect(cell(3, 2)).toContainText('trade 3', { timeout: 15_000 })
  await cell(0, 2).click()
  await page.keyboard.press('Delete')
  await expect(cell(0, 2)).toContainText('—')
})

test('a block is drawn out by its corner', async () => {
  await page.goto(sheet)
  await cell(0, 2).click()
  await page.keyboard.type('Drawn out')
  await page.keyboard.press('Enter')
  await expect(cell(0, 2)).toContainText('Drawn out')
  await cell(0, 2).click()
  const corner = await cell(0, 2).locator('.cursor-crosshair').boundingBox()
  const last = await cell(2, 2).boundingBox()
  await page.mouse.move((corner?.x ?? 0) + 4, (corner?.y ?? 0) + 4)
  await page.mouse.down()
  await page.mouse.move((last?.x ?? 0) + 30, (last?.y ?? 0) + 12, { steps: 6 })
  await shot(page, 'sheet-filling-light')
  await page.mouse.up()
  await expect(cell(2, 2)).toContainText('Drawn out')
  await expect(cell(1, 2)).toContainText('Drawn out')
  await expect(cell(3, 2)).toContainText('trade 3')
})

test('what the server refuses stays marked in its cell, and nothing of that record changes', async () => {
  await page.goto(sheet)
  await page.evaluate(() => navigator.clipboard.writeText('No such type\tX'))
  await cell(3, 1).click()
  await page.keyboard.press('Control+v')
  await cell(3, 1).click()
  await expect(page.getByRole('alert').filter({ hasText: 'Choose one of' })).toBeVisible()
  await expect(cell(3, 2)).toContainText('trade 3')
  await shot(page, 'sheet-refused-light')
})

test('columns are moved and sized, and stay so', async () => {
  await page.goto(sheet)
  const head = page.getByRole('columnheader').nth(2)
  const before = (await head.boundingBox())?.width ?? 0
  const edge = head.getByRole('separator')
  const at = await edge.boundingBox()
  await page.mouse.move((at?.x ?? 0) + 3, (at?.y ?? 0) + 8)
  await page.mouse.down()
  await page.mouse.move((at?.x ?? 0) + 83, (at?.y ?? 0) + 8, { steps: 4 })
  await page.mouse.up()
  await page.getByRole('button', { name: 'Columns' }).click()
  await page.getByRole('button', { name: 'Move Industry left' }).click()
  await page.getByRole('button', { name: 'Make Website wider' }).click()
  await shot(page, 'columns-light')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('columnheader').nth(2)).toContainText('Industry')
  await page.reload()
  await expect(page.getByRole('columnheader').nth(2)).toContainText('Industry')
  const after = (await page.getByRole('columnheader').nth(3).boundingBox())?.width ?? 0
  expect(after).toBeGreaterThan(before + 20)
})

test('a record opens beside the list, and the arrows go on to its neighbours', async () => {
  await page.goto(sheet)
  await cell(0, 0).hover()
  await page.getByRole('link', { name: 'Open Sheet 0' }).click()
  const panel = page.getByRole('complementary', { name: 'Sheet 0' })
  await expect(panel).toContainText('1 of 4')
  await panel.getByRole('button', { name: 'Next record' }).click()
  await expect(page.getByRole('complementary', { name: 'Sheet 1' })).toContainText('2 of 4')
  await shot(page, 'preview-light')
  await page.reload()
  await expect(page.getByRole('complementary', { name: 'Sheet 1' })).toBeVisible()
  await page.getByRole('complementary', { name: 'Sheet 1' }).getByRole('button', { name: 'Close' }).click()
  await expect(page.getByRole('complementary')).toHaveCount(0)
})

test('the chosen records are assigned and tagged', async () => {
  for (const name of ['Wu', 'Zheng']) await create('contact', { name: { family: name, given: 'Bulk' }, tags: ['vip'] })
  await page.goto(`/o/contact?q=Bulk&columns=name,tags,owner`)
  await page.getByRole('checkbox', { name: 'Select all' }).check()
  await page.getByRole('button', { name: 'Add tags' }).click()
  const form = page.getByRole('dialog')
  await form.getByLabel('Tags').fill('fair')
  await page.keyboard.press('Enter')
  await form.getByRole('button', { name: /would change/ }).click()
  await form.getByRole('button', { name: /^Change/ }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0, { timeout: 15_000 })
  await expect(page.getByRole('row').nth(1)).toContainText('vip')
  await expect(page.getByRole('row').nth(1)).toContainText('fair', { timeout: 10_000 })
})

test('a view is kept for the team, and renamed', async () => {
  await page.goto(sheet)
  await page.getByRole('button', { name: 'Save as new view' }).click()
  await page.getByLabel('Name of the view').fill('Sheets')
  await page.getByLabel('Visible to').selectOption('team')
  await page.getByRole('button', { name: 'Save as new view' }).last().click()
  const tab = page.getByRole('button', { name: /Sheets$/ }).first()
  await expect(tab).toHaveAttribute('aria-current', 'true')
  await page.getByRole('button', { name: 'Rename or share: Sheets' }).click()
  await page.getByLabel('Name of the view').fill('Our sheets')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(page.getByRole('button', { name: /Our sheets$/ }).first()).toBeVisible()
})

test('the palette finds views, settings and places, and the sheet explains the keys', async () => {
  await page.goto('/')
  await page.locator('#main').waitFor()
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('our sheets')
  await expect(page.getByRole('option', { name: /Our sheets/ })).toBeVisible()
  await page.getByRole('combobox').fill('audit')
  await page.getByRole('option', { name: 'Audit log' }).click()
  await page.waitForURL(/\/settings\/audit/)
  const account = await create('account', { name: 'Found by id' })
  await page.locator('#main').waitFor()
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill(`#${account.id}`)
  await expect(page.getByRole('option', { name: /Found by id/ })).toBeVisible()
  await page.keyboard.press('Enter')
  await page.waitForURL(new RegExp(account.id))
  await expect(page.locator('h2', { hasText: 'Found by id' })).toBeVisible()
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toContainText('Fill down')
  await shot(page, 'keys-light')
  await page.keyboard.press('Escape')
  await page.keyboard.press('g')
  await page.keyboard.press('h')
  await page.waitForURL(/\/$/)
})

test('a half-written form comes back after a reload', async () => {
  await page.goto('/o/lead?new')
  const form = page.getByRole('dialog')
  await form.getByLabel('Company').fill('Half-written Ltd')
  await page.waitForTimeout(500)
  await page.reload()
  await expect(form.getByText(/Your draft of .* is back/)).toBeVisible()
  await expect(form.getByLabel('Company')).toHaveValue('Half-written Ltd')
  await shot(page, 'draft-light')
  await form.getByRole('button', { name: 'Start over' }).click()
  await expect(form.getByLabel('Company')).toHaveValue('')
  await page.keyboard.press('Escape')
})

test('a form says what is wrong as soon as a field is left, in the words of the server', async () => {
  await page.goto('/o/lead?new')
  const form = page.getByRole('dialog')
  const email = form.getByLabel('Email', { exact: true })
  await email.fill('no address')
  await email.press('Tab')
  const alert = form.getByRole('alert').filter({ hasText: /e-?mail/i })
  await expect(alert).toBeVisible()
  await expect(email).toHaveAttribute('aria-describedby', /-error$/)
  await shot(page, 'form-inline-light')
  expect(await axeViolations(page)).toEqual([])
  await email.fill('han@example.com')
  await expect(alert).toHaveCount(0)
  await page.keyboard.press('Escape')
})

test('text is formatted while it is written, and read as it was written', async () => {
  const product = await create('product', { name: 'Kettle', description: '<p>Boils <b>fast</b></p>' })
  await page.goto(`/o/product/${product.id}`)
  await expect(page.locator('.rich strong', { hasText: 'fast' })).toBeVisible()
  await page.getByRole('button', { name: 'Edit Description' }).click()
  const text = page.getByRole('textbox', { name: 'Description' })
  await text.press('ControlOrMeta+a')
  await page.getByRole('button', { name: 'Bulleted list' }).click()
  await text.press('End')
  await page.waitForTimeout(300) // no person is as quick as the editor's look at where the cursor went
  await text.press('Enter')
  await text.pressSequentially('Quiet', { delay: 30 })
  await shot(page, 'rich-text-light')
  expect(await axeViolations(page)).toEqual([])
  await text.press('ControlOrMeta+Enter')
  await expect(page.locator('.rich li', { hasText: 'Quiet' })).toBeVisible()
  await expect
    .poll(async () => (await api<Item>('GET', `/records/product/${product.id}`)).description)
    .toMatch(/<ul><li><p>Boils <strong>fast<\/strong><\/p><\/li><li><p><strong>Quiet<\/strong><\/p><\/li><\/ul>/)
})

test('a record that a form needs is made in place, and the form stays', async () => {
  await page.goto('/o/contact?new')
  const form = page.getByRole('dialog', { name: 'New contact' })
  await form.getByLabel('Family name').fill('Zhuge')
  await form.getByRole('combobox', { name: 'Account' }).fill('Brand New Co')
  await page.getByRole('option', { name: /New account/ }).click()
  const inner = page.getByRole('dialog', { name: 'New account' })
  await expect(inner.getByLabel('Name', { exact: true }).first()).toHaveValue('Brand New Co')
  await shot(page, 'form-in-place-light')
  await inner.getByRole('button', { name: 'Create', exact: true }).click()
  await expect(inner).toHaveCount(0)
  await expect(form.getByRole('button', { name: 'Remove Brand New Co' })).toBeVisible()
  await expect(form.getByLabel('Family name')).toHaveValue('Zhuge')
  await form.getByRole('button', { name: 'Create', exact: true }).click()
  await expect(form).toHaveCount(0)
})

test('two people at one record know of each other', async ({ browser }) => {
  const password = 'a colleague has this one'
  const username = `han${Date.now()}`
  await api('POST', '/users', { name: 'Han Mei', username, password, roles: ['admin'], language: 'en' })
  const second = await browser.newContext({ locale: 'en-GB', viewport: { width: 1440, height: 900 } })
  const other = await second.newPage()
  await signIn(other, username, password)
  const account = await create('account', { name: 'Shared Desk Ltd' })
  await page.goto(`/o/account/${account.id}`)
  await other.goto(`/o/account/${account.id}`)
  await expect(page.getByText('Han Mei is looking at this too')).toBeVisible()
  await other.getByRole('button', { name: 'Edit Industry' }).click()
  await expect(page.getByText('Han Mei is editing')).toBeVisible()
  await shot(page, 'presence-light')
  await other.getByRole('link', { name: 'Home', exact: true }).first().click()
  await expect(page.getByText('Han Mei is')).toHaveCount(0)
  await second.close()
})

test('a value that was changed meanwhile is asked about', async () => {
  const account = await create('account', { name: 'Asked Ltd', industry: 'before', phone: '0571 88886666' })
  await page.goto(`/o/account/${account.id}`)
  await page.getByRole('button', { name: 'Edit Industry' }).click()
  await page.locator('#fact-industry').fill('mine')
  await page.evaluate(
    async ([id]) => {
      const session = await (await fetch('/api/session')).json()
      await fetch(`/api/records/account/${id}`, {
        method: 'PATCH',
        headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': session.csrfToken, 'If-Match': '"1"' },
        body: JSON.stringify({ industry: 'theirs' }),
      })
    },
    [account.id],
  )
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Changed by somebody else meanwhile' })
  await expect(dialog).toContainText('theirs')
  await expect(dialog).toContainText('before')
  await shot(page, 'conflict-light')
  await dialog.getByRole('button', { name: 'Use mine' }).click()
  await expect(page.getByRole('button', { name: 'Edit Industry' })).toContainText('mine')
  expect((await api<Item>('GET', `/records/account/${account.id}`)).industry).toBe('mine')
})

test('a timeline is searched and narrowed, and what matters is pinned', async () => {
  const account = await create('account', { name: 'Pinned Ltd' })
  await create('note', { body: 'Opening hours 8 to 18', account: account.id })
  await create('call', { name: 'First call', startedAt: '2026-01-01T00:00:00Z', account: account.id })
  await create('task', { name: 'Call again', dueOn: day(2), account: account.id })
  await page.goto(`/o/account/${account.id}`)
  await expect(page.getByRole('heading', { name: 'Upcoming' })).toBeVisible()
  await page.getByRole('button', { name: 'Calls', exact: true }).click()
  await expect(page.getByText('Opening hours 8 to 18')).toHaveCount(0)
  await page.getByRole('button', { name: 'Everything' }).click()
  await page.getByLabel('Search the timeline').fill('opening')
  await expect(page.getByText('First call')).toHaveCount(0)
  await page.getByLabel('Search the timeline').fill('')
  await page.getByRole('button', { name: /Pin to the top: Opening/ }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: /Take off the top/ }).first()).toBeVisible()
  await shot(page, 'record-timeline-light')
})

test('a dashboard is made, given a tile, arranged and filtered', async () => {
  await page.goto('/dashboards')
  await page.waitForURL(/\/dashboards\/[0-9a-f-]{36}/)
  await page.getByRole('button', { name: 'New dashboard' }).click()
  await page.getByRole('button', { name: 'Empty dashboard' }).click()
  await expect(page.getByText('This dashboard has no tiles yet.')).toBeVisible()
  await page.getByRole('button', { name: 'Add tile' }).first().click()
  const form = page.getByRole('dialog')
  await form.getByLabel('Records').selectOption('account')
  await form.getByLabel('Shown as').selectOption('number')
  await form.getByLabel('Title').fill('All our accounts')
  await form.getByRole('button', { name: 'Add tile' }).click()
  const tile = page.getByRole('region', { name: 'All our accounts' })
  await expect(tile.getByRole('link')).toHaveText(/\d/)
  await page.getByRole('button', { name: 'Add tile' }).first().click()
  await form.getByLabel('Records').selectOption('account')
  await form.getByLabel('Shown as').selectOption('pie')
  await form.getByLabel('Group by').selectOption('type')
  await form.getByRole('button', { name: 'Add tile' }).click()
  await expect(page.getByRole('region', { name: 'Accounts by type' })).toBeVisible()
  await tile.getByRole('button', { name: /^Tile menu/ }).click()
  await page.getByRole('menuitem', { name: 'Wider' }).click()
  await page.getByRole('button', { name: 'Whose: Everybody' }).click()
  await page.getByRole('menuitem', { name: 'Only mine' }).click()
  await expect(page).toHaveURL(/whose=mine/)
  await page.getByRole('button', { name: 'Arrange' }).click()
  await expect(page.getByRole('button', { name: 'Done' })).toBeVisible()
  await page.getByRole('button', { name: 'Done' }).click()
  await tile.getByRole('link').click()
  await page.waitForURL(/\/o\/account\?filter=/)
})

test('records lie on a calendar by any of their dates', async () => {
  await create('task', { name: 'On the calendar', dueOn: day(0) })
  await page.goto(`/o/task?layout=${encodeURIComponent('{"kind":"calendar"}')}`)
  await page.locator('.fc-event', { hasText: 'On the calendar' }).click()
  await expect(page.getByRole('complementary', { name: 'On the calendar' })).toBeVisible()
  await shot(page, 'calendar-layout-light')
})

test('a dead spot: own records open, changes wait, are sent later, and conflicts are shown', async () => {
  await page.evaluate(() => localStorage.setItem('rapport.keepOffline', 'true'))
  const account = await create('account', { name: 'Dead Spot Ltd', industry: 'before', owner: await me() })
  await page.goto('/')
  await expect.poll(() => page.evaluate(async () => !!(await navigator.serviceWorker.ready)), { timeout: 20_000 }).toBe(true)
  await page.reload()
  await page.waitForTimeout(6_000) // what is kept is written down every few seconds
  await context.setOffline(true)
  await page.goto(`/o/account?q=dead`)
  await expect(page.getByText(/No network\. These are the/)).toBeVisible()
  await expect(page.locator('[role=gridcell]', { hasText: 'Dead Spot Ltd' })).toBeVisible()
  await shot(page, 'offline-list-light')
  await page.goto(`/o/account/${account.id}`)
  await page.getByRole('button', { name: 'Edit Industry' }).click()
  await page.locator('#fact-industry').fill('written offline')
  await page.keyboard.press('Enter')
  await expect(page.getByText(/kept on this device/).first()).toBeVisible()
  await page.goto('/outbox')
  await expect(page.getByText('Change: Dead Spot Ltd · Industry')).toBeVisible()
  await shot(page, 'outbox-light')
  await context.setOffline(false)
  await expect(page.getByText('Everything is sent.')).toBeVisible({ timeout: 25_000 })
  expect((await api<Item>('GET', `/records/account/${account.id}`)).industry).toBe('written offline')
  await page.evaluate(() => localStorage.setItem('rapport.keepOffline', 'false'))
})

test('a photo taken in a dead spot is sent later, and nobody signs out over it unasked', async () => {
  await page.goto('/o/visit?new')
  const form = page.getByRole('dialog', { name: 'New visit' })
  await expect(form).toBeVisible()
  await form.getByLabel('Subject').fill('In the cellar')
  await form.getByLabel('Planned').fill('2026-12-01T10:00')
  await context.setOffline(true)
  const pixel = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
  await form.getByLabel('Photo').setInputFiles({ name: 'cellar.png', mimeType: 'image/png', buffer: pixel })
  await expect(form.getByText(/kept on this device/)).toBeVisible()
  await form.getByRole('button', { name: 'Create', exact: true }).click()
  await expect(form).toHaveCount(0)
  await page.getByRole('button', { name: 'Account menu' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page.getByRole('dialog', { name: 'Not sent yet: 1' })).toBeVisible()
  await shot(page, 'leaving-light')
  await page.getByRole('button', { name: 'Stay signed in' }).click()
  await context.setOffline(false)
  const sent = () =>
    api<{ items: Item[] }>('GET', `/records/visit?fields=photo&filter=${filter('name', 'In the cellar')}`)
  await expect.poll(async () => JSON.stringify((await sent()).items), { timeout: 30_000 }).toContain('cellar.png')
})

test('on the road: a phone checks in at a customer', async () => {
  const account = await create('account', { name: 'On The Road Ltd' })
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(`/o/account/${account.id}`)
  await page.getByRole('button', { name: 'Check in' }).click()
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await page.waitForURL(/\/o\/visit\//)
  const id = page.url().split('/').pop()
  const visit = await api<Item>('GET', `/records/visit/${id}`)
  expect(Number(visit.latitude)).toBeCloseTo(30.274085, 4)
  expect(visit.checkedInAt).toBeTruthy()
  await shot(page, 'phone-check-in')
  for (const path of ['/', '/dashboards', `/o/account/${account.id}`, '/outbox', `/o/task?layout=${encodeURIComponent('{"kind":"calendar"}')}`]) {
    await page.goto(path)
    await page.waitForTimeout(700)
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), path).toBeLessThanOrEqual(0)
    const small = await page.evaluate(() =>
      [...document.querySelectorAll('nav.fixed a, nav.fixed button')].filter(e => e.getBoundingClientRect().height < 44).length,
    )
    expect(small, path).toBe(0)
  }
  await page.goto('/')
  await page.waitForTimeout(500)
  await shot(page, 'phone-home')
  await page.setViewportSize({ width: 1440, height: 900 })
})

for (const [lang, theme] of [
  ['en', 'light'],
  ['zh-CN', 'dark'],
] as const)
    test(`no accessibility violation at the workplace, ${lang}, ${theme}`, async () => {
      await page.evaluate(t => localStorage.setItem('rapport.theme', t), theme)
      await useLanguage(page, lang)
      const account = await api<{ items: Item[] }>('GET', '/records/account?limit=1&q=pinned')
      for (const path of [
        '/',
        '/dashboards',
        '/outbox',
        `/o/account?open=${account.items[0]?.id}`,
        `/o/account/${account.items[0]?.id}`,
        `/o/task?layout=${encodeURIComponent('{"kind":"calendar"}')}`,
        '/o/lead?new',
      ])
        await expectAccessible(page, path)
      await page.goto('/')
      await page.waitForTimeout(600)
      await shot(page, `home-${lang}-${theme}`)
      await page.goto('/dashboards')
      await page.waitForTimeout(1500)
      await shot(page, `dashboard-${lang}-${theme}`)
      await page.goto(`/o/account?sort=name&open=${account.items[0]?.id}`)
      await page.waitForTimeout(1000)
      await shot(page, `preview-${lang}-${theme}`)
    })

test('nothing is lost at twice the size', async () => {
  await page.setViewportSize({ width: 720, height: 450 })
  for (const path of ['/', '/o/account', '/dashboards']) {
    await page.goto(path)
    await page.waitForTimeout(600)
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), path).toBeLessThanOrEqual(0)
  }
  await page.setViewportSize({ width: 1440, height: 900 })
})
