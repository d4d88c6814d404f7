import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import { api as apiOf, expectAccessible, PASSWORD, shot as shotOf, useLanguage as useLanguageOf } from './support'

const olist = join(__dirname, '../../shared/data/olist_sample_A')

test.describe.configure({ mode: 'serial' })

let context: BrowserContext
let page: Page

test.beforeAll(async ({ browser }) => {
  context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1440, height: 900 } })
  page = await context.newPage()
  page.on('pageerror', error => {
    throw error
  })
})

test.afterAll(() => context.close())

const nameCell = (name: string) => page.locator('[role=gridcell]', { hasText: name })

const shot = (name: string) => shotOf(page, name)
const api = <T>(method: string, path: string, body?: unknown) => apiOf<T>(page, method, path, body)
const useLanguage = (lang: 'en' | 'zh-CN') => useLanguageOf(page, lang)

async function importFile(object: string, name: string, file: string | Buffer, currency?: string) {
  await page.goto(`/imports/new?object=${object}`)
  const payload = typeof file === 'string' ? file : { name, mimeType: 'text/csv', buffer: file }
  await page.locator('input[type=file]').setInputFiles(payload as string)
  await page.waitForURL(/imports\/[0-9a-f-]{36}/)
  if (currency) await page.getByLabel('Currency').selectOption(currency)
}

test('the set-up link creates the administrator once', async () => {
  await page.goto(process.env.SETUP_URL ?? '')
  await page.getByLabel('Your name').fill('Li Lei')
  await page.getByLabel('Username').fill('lilei')
  await page.getByLabel('Password').fill('short')
  await page.getByRole('button', { name: 'Create' }).click()
  await expect(page.getByText('At least 10 characters.')).toBeVisible()
  await shot('setup-light')
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Create' }).click()
  await expect(page.getByRole('heading', { name: /^Good .*Li Lei$/ })).toBeVisible()
  await expect(page.getByText('Look around with sample data')).toBeVisible()
  await shot('home-first-light')
  await page.goto('/o/contact')
  await expect(page.getByText('Nothing here yet')).toBeVisible()
  await shot('list-empty-light')
})

test('signing out and in again', async () => {
  await page.getByRole('button', { name: 'Account menu' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByLabel('Username').fill('lilei')
  await page.getByLabel('Password').fill('wrong password')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('alert')).toHaveText('The username or the password is wrong.')
  await page.getByLabel('Password').fill(PASSWORD)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { name: /^Good .*Li Lei$/ })).toBeVisible()
})

test('a person is created, and every mistake is told beside its field', async () => {
  await page.goto('/o/contact')
  await page.getByRole('button', { name: 'New contact', exact: true }).first().click()
  const form = page.getByRole('dialog')
  await form.getByLabel('Email').fill('nope')
  await form.getByRole('button', { name: 'Create' }).click()
  await expect(form.getByText('This is not an e-mail address.')).toBeVisible()
  await expect(form.getByText('Please fill this in.')).toBeVisible()
  await shot('form-errors-light')
  await form.getByLabel('Family name').fill('张')
  await form.getByLabel('Given name').fill('三')
  await form.getByLabel('Email').fill('zhang.san@example.com')
  await form.getByLabel('Mobile').fill('138 0013 8000')
  await form.getByRole('button', { name: 'Create' }).click()
  await expect(nameCell('张三')).toBeVisible()
})

test('a phone number is edited in the list and stands in the history', async () => {
  const cell = page.getByRole('gridcell', { name: '138 0013 8000' })
  await cell.dblclick()
  await page.locator('#edit-mobile').fill('139 0013 9000')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('gridcell', { name: '139 0013 9000' })).toBeVisible()
  await nameCell('张三').hover()
  await page.getByRole('link', { name: /Open 张三/ }).click()
  await expect(page.getByRole('complementary', { name: '张三' })).toBeVisible()
  await page.getByRole('link', { name: 'Open the page' }).click()
  await page.getByRole('tab', { name: 'History' }).click()
  await expect(page.getByText('138 0013 8000')).toBeVisible()
  await expect(page.getByRole('tabpanel').getByText('139 0013 9000')).toBeVisible()
})

test('a note is written and stands in the timeline', async () => {
  await page.getByRole('tab', { name: 'Timeline' }).click()
  await page.getByLabel('Write a note…').fill('客户希望分期付款')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('tabpanel').getByRole('listitem').filter({ hasText: '客户希望分期付款' })).toBeVisible()
  await shot('record-light')
})

test('a file is attached to a person, stands in the timeline and is downloaded', async () => {
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Attachment' }).click()
  const form = page.getByRole('dialog')
  await form
    .locator('input[type=file]')
    .setInputFiles({ name: '报价 offer.txt', mimeType: 'text/plain', buffer: Buffer.from('Our offer') })
  await expect(form.getByLabel('Name')).toHaveValue('报价 offer.txt')
  await form.getByRole('button', { name: 'Create', exact: true }).click()
  await page.getByRole('link', { name: '报价 offer.txt' }).click()
  const waiting = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download' }).click()
  const download = await waiting
  expect(download.suggestedFilename()).toBe('报价 offer.txt')
  expect(readFileSync((await download.path()) ?? '', 'utf8')).toBe('Our offer')
  await shot('attachment')
})

test('a file is matched, checked, imported and undone', async () => {
  const rows = Array.from({ length: 300 }, (_, i) => `C-${i},Person${i},Test,p${i}@example.com,1380013${String(i).padStart(4, '0')}`)
  await importFile('contact', 'people.csv', Buffer.from(`customer id,last name,first name,e-mail,手机\n${rows.join('\n')}\nC-bad,Bad,Row,nope,1\n`))
  await expect(page.getByLabel('Field: 手机')).toHaveValue('mobile')
  await expect(page.getByLabel('Field: e-mail')).toHaveValue('email')
  await page.getByRole('button', { name: 'Check the whole file' }).click()
  await expect(page.locator('[data-count=created]')).toHaveText('300')
  await expect(page.locator('[data-count=failed]')).toHaveText('1')
  await shot('import-preview-light')
  await page.getByRole('button', { name: 'Import', exact: true }).click()
  await expect(page.getByRole('status')).toHaveText('Import finished')
  await expect(page.locator('[data-count=read]')).toHaveText('301')
  await expect(page.locator('[data-count=created]')).toHaveText('300')
  await shot('import-done-light')
  await page.getByRole('button', { name: 'Undo this import' }).click()
  await expect(page.getByRole('status')).toHaveText('Import undone')
  await page.waitForTimeout(1500)
  await page.goto('/o/contact')
  await expect(page.getByText('1 record', { exact: true })).toBeVisible()
})

test('real customers come in with their orders and lines, and one is opened with them', async () => {
  test.skip(!existsSync(olist), 'the shared data is not here')
  for (const [object, file, count] of [
    ['contact', 'olist_customers_dataset.csv', '4,000'],
    ['product', 'olist_products_dataset.csv', '3,132'],
    ['order', 'olist_orders_dataset.csv', '4,000'],
    ['orderLine', 'olist_order_items_dataset.csv', '4,519'],
  ] as const) {
    await importFile(object, file, join(olist, file), object === 'orderLine' ? 'BRL' : undefined)
    if (object === 'orderLine') await expect(page.getByLabel('Currency')).toHaveValue('BRL')
    await page.getByRole('button', { name: 'Import', exact: true }).click()
    await expect(page.getByRole('status')).toHaveText('Import finished', { timeout: 30_000 })
    await expect(page.locator('[data-count=read]')).toHaveText(count)
    await expect(page.locator('[data-count=created]')).toHaveText(count)
  }
  const orders = await api<{ items: { contact: { id: string } }[] }>('POST', '/records/order/query', {
    fields: ['contact'],
    filter: { field: 'total.amount', op: 'gt', value: '1500' },
    limit: 1,
  })
  await page.goto(`/o/contact/${orders.items[0]?.contact.id}`)
  await page.getByRole('tab', { name: 'Related' }).click()
  await expect(page.getByRole('tabpanel').getByText(/R\$/).first()).toBeVisible()
  await shot('record-orders-light')
})

test('a filter with groups is built, saved as a view and kept in the address', async () => {
  await page.goto('/o/contact')
  await page.getByRole('button', { name: 'Filter' }).click()
  await page.getByRole('button', { name: 'Add condition' }).click()
  await page.getByLabel('Value', { exact: true }).or(page.getByRole('textbox', { name: 'Name' })).first().fill('张')
  await expect(page.getByText('1 record', { exact: true })).toBeVisible()
  await shot('list-filter-light')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Save as new view' }).click()
  await page.getByLabel('Name of the view').fill('Zhang')
  await page.getByRole('button', { name: 'Save as new view' }).last().click()
  await expect(page.getByRole('button', { name: 'Zhang', exact: true })).toBeVisible()
  await page.reload()
  await expect(page.getByText('1 record', { exact: true })).toBeVisible()
})

test('anything is found from the keyboard, Chinese names by their initials', async () => {
  await api('POST', '/records/contact', { name: { family: '嵇', given: '康琴' }, email: 'xunji@bamboo.example' })
  await page.goto('/o/account')
  await page.locator('#main').waitFor()
  await page.keyboard.press('Control+k')
  const box = page.getByRole('combobox')
  await box.fill('jkq')
  const found = page.getByRole('option', { name: /嵇康琴/ })
  await expect(found.locator('mark')).toHaveText('嵇康琴')
  await expect(found).toContainText('xunji@bamboo.example')
  await shot('palette-en')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/o\/contact\/[0-9a-f-]{36}/)
  await expect(page.locator('h1')).toContainText('嵇康琴')
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('option').first()).toContainText('嵇康琴')
  await box.fill('> new acc')
  await expect(page.getByRole('option')).toHaveCount(1)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toContainText('New account')
  await page.keyboard.press('Escape')
})

test('what is deleted is restored from the recycle bin', async () => {
  await page.goto('/o/contact?q=zhang.san')
  await nameCell('张三').hover()
  await page.getByRole('link', { name: /Open 张三/ }).click()
  await page.getByRole('link', { name: 'Open the page' }).click()
  await page.getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByText('It stays in the recycle bin')).toBeVisible()
  await page.goto('/recycle-bin?object=contact')
  await page.getByRole('button', { name: 'Restore 张三' }).click()
  await page.goto('/o/contact?q=zhang.san')
  await expect(nameCell('张三')).toBeVisible()
})

test('an administrator makes an object with fields, a formula and a rule, and people use it at once', async () => {
  await page.goto('/settings/objects')
  await page.getByRole('button', { name: 'New object' }).click()
  await page.getByLabel('Label (English)').fill('Vehicle')
  await page.getByLabel('Label (Chinese)').fill('车辆')
  await page.getByLabel('Plural (English)').fill('Vehicles')
  await page.getByLabel('Plural (Chinese)').fill('车辆')
  await page.getByRole('radio', { name: 'car', exact: true }).click()
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await page.waitForURL(/settings\/objects\/vehicle_c/)
  const add = async (en: string, zh: string, type: string, more?: () => Promise<void>) => {
    await page.getByRole('button', { name: 'New field' }).click()
    const form = page.getByRole('dialog')
    await form.getByLabel('Label (English)', { exact: true }).fill(en)
    await form.getByLabel('Label (Chinese)', { exact: true }).fill(zh)
    await form.getByLabel('Type', { exact: true }).selectOption(type)
    await more?.()
    await form.getByRole('button', { name: 'Add', exact: true }).click()
    await expect(form).toBeHidden()
  }
  await add('Fuel', '燃料', 'choice', async () => {
    for (const [i, en, zh] of [[1, 'Petrol', '汽油'], [2, 'Electric', '电动']] as const) {
      await page.getByRole('button', { name: 'Add choice' }).click()
      await page.getByLabel(`Label (English) ${i}`).fill(en)
      await page.getByLabel(`Label (Chinese) ${i}`).fill(zh)
    }
  })
  await add('Seats', '座位', 'whole')
  await add('Badge', '标牌', 'formula', async () => {
    await page.getByLabel('Formula').fill('upper(name) & nothere')
    await expect(page.getByText('There is no field “nothere” (column 15).')).toBeVisible()
    await page.getByLabel('Formula').fill('upper(name) & " " & seats_c')
    await expect(page.getByText('The result is: Text')).toBeVisible()
  })
  await shot('settings-object-light')
  await page.getByRole('tab', { name: 'Validation rules' }).click()
  await page.getByRole('button', { name: 'New rule' }).click()
  await page.getByLabel('Refuse when').fill('seats_c > 9')
  await page.getByLabel('Message (English)').fill('That is a bus')
  await page.getByLabel('Message (Chinese)').fill('那是公共汽车')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('dialog')).toBeHidden()

  await page.getByRole('tab', { name: 'Who sees them' }).click()
  await page.getByRole('radio', { name: /^Everybody/ }).check()
  await shot('settings-object-sharing-light')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('It is changed who sees these records.')).toBeVisible()

  await page.getByRole('link', { name: 'Vehicles' }).first().click()
  await page.goto('/o/vehicle_c?new')
  const form = page.getByRole('dialog')
  await form.getByLabel('Name').fill('van')
  await form.getByLabel('Fuel').selectOption('electric')
  await form.getByLabel('Seats').fill('40')
  await form.getByRole('button', { name: 'Create' }).click()
  await expect(page.getByText('That is a bus')).toBeVisible()
  await form.getByLabel('Seats').fill('7')
  await form.getByRole('button', { name: 'Create' }).click()
  await expect(nameCell('VAN 7')).toBeVisible()
  await expect(page.getByRole('gridcell', { name: 'Electric' })).toBeVisible()
})

test('look-alikes are told, merged and parted again', async () => {
  await page.goto('/o/contact?new')
  const form = page.getByRole('dialog')
  await form.getByLabel('Given name').fill('Katherine')
  await form.getByLabel('Family name').fill('Oduya')
  await form.getByLabel('Email').fill('kate.oduya@example.org')
  await form.getByRole('button', { name: 'Create' }).click()
  await expect(nameCell('Katherine Oduya')).toBeVisible()
  await page.goto('/o/contact?new')
  await form.getByLabel('Given name').fill('Kate')
  await form.getByLabel('Family name').fill('Oduya')
  await form.getByLabel('Email').fill('kate.oduya@example.org')
  await expect(form.getByText('This looks like a record that is there already')).toBeVisible()
  await form.getByRole('button', { name: 'Create' }).click()
  await page.goto('/duplicates')
  const card = page.getByRole('listitem').filter({ hasText: 'Kate Oduya' }).filter({ hasText: 'Katherine Oduya' })
  await expect(card.getByText('e-mail · same')).toBeVisible()
  await shot('duplicates-light')
  await card.getByRole('button', { name: 'Merge…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Merge', exact: true }).click()
  await expect(card).toBeHidden()
  await page.goto('/changes')
  const merge = page.getByRole('listitem').filter({ hasText: 'Merge · Contacts' }).first()
  await merge.getByRole('button', { name: 'Show what changed' }).click()
  await expect(merge.getByRole('link', { name: /Oduya/ }).first()).toBeVisible()
  await shot('changes-light')
  await merge.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(merge.getByText('Undone')).toBeVisible()
  await page.goto('/o/contact?q=oduya')
  await expect(nameCell('Kate Oduya')).toBeVisible()
  await expect(nameCell('Katherine Oduya')).toBeVisible()
})

test('many records are changed after a preview, and put back', async () => {
  await page.goto('/o/contact?q=oduya')
  await nameCell('Kate Oduya').hover()
  await page.getByRole('checkbox', { name: 'Select all rows' }).click()
  const bar = page.getByRole('toolbar', { name: 'More actions' })
  await bar.getByRole('button', { name: 'Edit' }).click()
  const form = page.getByRole('dialog')
  await form.getByLabel('Field').selectOption('title')
  await form.getByLabel('Job title').fill('Curator')
  await form.getByRole('button', { name: 'Show what would change' }).click()
  await expect(form.getByRole('cell', { name: 'Curator' }).first()).toBeVisible()
  await form.getByRole('button', { name: /Change 2 records/ }).click()
  await expect(page.getByRole('gridcell', { name: 'Curator' })).toHaveCount(2)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByRole('gridcell', { name: 'Curator' })).toHaveCount(0)
})

test('a list is drawn as a chart whose figures lead to the records', async () => {
  await page.goto('/o/order')
  await page.getByRole('button', { name: 'Chart' }).click()
  await expect(page.getByRole('img', { name: 'Number of records by Status' })).toBeVisible()
  await page.waitForTimeout(600)
  await shot('chart-light')
  await page.getByLabel('Chart', { exact: true }).selectOption('line')
  await page.getByLabel('Group by').selectOption('createdAt')
  await expect(page.getByRole('img', { name: 'Number of records by Created' })).toBeVisible()
  await page.getByLabel('Group by').selectOption('status')
  await page.getByLabel('Chart', { exact: true }).selectOption('table')
  const row = page.getByRole('row').filter({ has: page.getByRole('rowheader') }).first()
  const count = await row.getByRole('button').innerText()
  await row.getByRole('button').click()
  await expect(page.getByRole('contentinfo').or(page.locator('footer'))).toContainText(`${count} record`)
})

test('provinces are coloured by their figures and lead to their records, however they are written', async () => {
  for (const province of ['广东省', 'Guangdong', '浙江省', 'England'])
    await api('POST', '/records/contact', { name: { family: 'Map', given: province }, address: { province } })
  await page.goto(`/o/contact?q=map&chart=${encodeURIComponent(JSON.stringify({ kind: 'bar', by: 'address.province', measure: 'count' }))}`)
  await page.getByLabel('Chart', { exact: true }).selectOption('map')
  const map = page.getByRole('img', { name: 'Number of records by Address: province' })
  await expect(map.locator('path').first()).toBeVisible()
  await expect(page.getByText('Not on this map: England')).toBeVisible()
  await page.waitForTimeout(400)
  await shot('map-light')
  const [darkest] = await map.locator('path').evaluateAll(paths => {
    const boxes = paths.map(path => ({ fill: path.getAttribute('fill') ?? '', box: path.getBoundingClientRect() }))
    const shape = boxes.filter(one => one.box.width > 30 && one.box.width < 150 && /rgb\(9[0-9],|#5e70ea/.test(one.fill))
    return shape.map(one => ({ x: one.box.x + one.box.width / 2, y: one.box.y + one.box.height / 3 }))
  })
  expect(darkest).toBeDefined()
  await page.mouse.click(darkest?.x ?? 0, darkest?.y ?? 0)
  await expect(page.getByRole('contentinfo').or(page.locator('footer'))).toContainText('2 records')
})

test('an administrator says how duplicates are found, and an import tells of look-alikes', async () => {
  await api('POST', '/records/account', { name: 'Blue Heron Instruments', phone: '+442079460123' })
  await page.goto('/settings/objects/account?tab=matching')
  await page.getByRole('radio', { name: /Much/ }).check()
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Saved. Records that are there')).toBeVisible()
  await page.goto('/imports/new?object=account')
  await page.locator('input[type=file]').setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from('name,phone\nBlue Heron Instruments Ltd,+442079460123\nNobody Else,\n') })
  await page.waitForURL(/imports\/[0-9a-f-]{36}/)
  await page.getByRole('button', { name: 'Check the whole file' }).click()
  await expect(page.getByText('1 row looks like a record that is already there.')).toBeVisible()
  await shot('look-alikes-light')
  await page.getByRole('link', { name: 'Blue Heron Instruments' }).click()
  await expect(page.getByRole('heading', { name: 'Blue Heron Instruments', exact: true })).toBeVisible()
  await page.goto('/settings/objects/account?tab=matching')
  await page.getByRole('radio', { name: /As usual/ }).check()
  await page.getByRole('button', { name: 'Save' }).click()
})

test('the quality of the data is looked through', async () => {
  await page.goto('/quality')
  await page.getByRole('button', { name: 'Look through all records' }).first().click()
  await expect(page.getByText('Filled in, field by field')).toBeVisible()
  await shot('quality-light')
  await page.getByRole('link', { name: /Birthday/ }).click()
  await page.waitForURL(/isEmpty/)
})

test('the same in Chinese', async () => {
  await useLanguage('zh-CN')
  await page.goto('/o/contact')
  await expect(page.getByRole('heading', { name: '联系人' })).toBeVisible()
  await page.getByRole('button', { name: '新建联系人', exact: true }).first().click()
  const form = page.getByRole('dialog')
  await form.getByLabel('邮箱').fill('错误')
  await form.getByRole('button', { name: '创建' }).click()
  await expect(form.getByText('这不是有效的邮箱地址。')).toBeVisible()
  await form.getByLabel('姓', { exact: true }).fill('欧阳')
  await form.getByLabel('名', { exact: true }).fill('娜娜')
  await form.getByLabel('邮箱').fill('nana@example.com')
  await shot('form-zh-light')
  await form.getByRole('button', { name: '创建' }).click()
  await page.goto('/o/contact?q=欧阳')
  await expect(nameCell('欧阳娜娜')).toBeVisible()
  await page.goto('/o/contact')
  await page.waitForTimeout(500)
  await shot('list-zh-light')
  await page.goto('/imports/new?object=account')
  await page.locator('input[type=file]').setInputFiles({ name: '客户.csv', mimeType: 'text/csv', buffer: Buffer.from('客户名称,行业,地址\n云帆科技,软件,浙江省杭州市西湖区文三路1号\n') })
  await page.waitForURL(/imports\/[0-9a-f-]{36}/)
  await page.getByRole('button', { name: '开始导入' }).click()
  await expect(page.getByRole('status')).toHaveText('导入完成')
  await shot('import-zh-light')
  await page.goto('/o/account?q=云帆')
  await expect(page.getByRole('gridcell', { name: '杭州市' })).toBeVisible()
})

for (const [lang, theme] of [
  ['en', 'light'],
  ['zh-CN', 'dark'],
] as const)
    test(`no accessibility violation, ${lang}, ${theme}`, async () => {
      await page.evaluate(t => localStorage.setItem('rapport.theme', t), theme)
      await useLanguage(lang)
      const contact = await api<{ items: { id: string }[] }>('GET', '/records/contact?limit=1&q=zhang.san')
      for (const path of ['/o/contact', '/o/order', `/o/contact/${contact.items[0]?.id}`, '/imports', '/imports/new', '/recycle-bin', '/o/call', '/settings/objects', '/settings/objects/vehicle_c', '/settings/objects/contact?tab=layouts', '/settings/objects/contact?tab=matching', '/duplicates', '/changes', '/quality', `/o/order?chart=${encodeURIComponent(JSON.stringify({ kind: 'bar', by: 'status', measure: 'count' }))}`, `/o/contact?chart=${encodeURIComponent(JSON.stringify({ kind: 'map', by: 'address.province', measure: 'count' }))}`]) {
        await expectAccessible(page, path)
      }
      await page.goto('/o/contact')
      await page.waitForTimeout(500)
      await shot(`list-${lang}-${theme}`)
    })

test('a phone shows tiles, nothing wider than the screen', async () => {
  await page.setViewportSize({ width: 390, height: 844 })
  const contact = await api<{ items: { id: string }[] }>('GET', '/records/contact?limit=1&q=zhang.san')
  for (const [name, path] of [['list', '/o/contact'], ['record', `/o/contact/${contact.items[0]?.id}`], ['imports', '/imports'], ['duplicates', '/duplicates'], ['changes', '/changes'], ['quality', '/quality'], ['settings', '/settings/objects/contact']] as const) {
    await page.goto(path)
    await page.waitForTimeout(600)
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(overflow, path).toBeLessThanOrEqual(0)
    await shot(`mobile-${name}-zh-dark`)
  }
})
