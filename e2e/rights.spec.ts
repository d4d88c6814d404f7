import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import { api, expectAccessible, PASSWORD, shot, useLanguage } from './support'

test.describe.configure({ mode: 'serial' })

let admin: Page
let rep: Page
const contexts: BrowserContext[] = []
const REP_PASSWORD = 'a rep has this password'

test.beforeAll(async ({ browser }) => {
  const open = async (locale: string) => {
    const context = await browser.newContext({ locale, viewport: { width: 1440, height: 900 } })
    contexts.push(context)
    const page = await context.newPage()
    page.on('pageerror', error => {
      throw error
    })
    return page
  }
  admin = await open('en-GB')
  await admin.goto('/sign-in')
  await admin.getByLabel('Username').fill(process.env.E2E_USER ?? 'lilei')
  await admin.getByLabel('Password').fill(PASSWORD)
  await admin.getByRole('button', { name: 'Sign in' }).click()
  await admin.waitForURL(url => !url.pathname.startsWith('/sign-in'))
  rep = await open('zh-CN')
})

test.afterAll(() => Promise.all(contexts.map(context => context.close())))

test('a person is invited and chooses a password', async () => {
  await admin.goto('/settings/organisation')
  await admin.getByRole('button', { name: 'New department' }).click()
  const form = admin.getByRole('dialog')
  await form.getByLabel('Name').fill('华东销售部')
  await form.getByRole('button', { name: 'Create', exact: true }).click()
  await expect(admin.getByRole('link', { name: '华东销售部' })).toBeVisible()

  await admin.goto('/settings/people')
  await admin.getByRole('button', { name: 'New person' }).click()
  const person = admin.getByRole('dialog')
  await person.getByLabel('Name', { exact: true }).fill('王小明')
  await person.getByLabel('Username').fill('wangxiaoming')
  await person.getByLabel('Department', { exact: true }).selectOption({ label: '华东销售部' })
  await expect(person.getByLabel('Sales representative')).toBeChecked()
  await person.getByRole('button', { name: 'Create' }).click()
  const link = admin.getByRole('dialog').locator('code')
  await expect(link).toContainText('/join?token=')
  const address = new URL((await link.textContent()) ?? '')

  await rep.goto(address.pathname + address.search)
  await rep.getByLabel('密码').fill('short')
  await rep.getByRole('button', { name: '创建' }).click()
  await expect(rep.getByLabel('密码')).toHaveAttribute('aria-invalid', 'true')
  await rep.getByLabel('密码').fill(REP_PASSWORD)
  await rep.getByRole('button', { name: '创建' }).click()
  await rep.waitForURL(/sign-in/)
  await rep.getByLabel('用户名').fill('wangxiaoming')
  await rep.getByLabel('密码').fill(REP_PASSWORD)
  await rep.getByRole('button', { name: '登录' }).click()
  await rep.waitForURL(url => !/^\/(sign-in|join)/.test(url.pathname))
})

let account = ''

test('a representative sees a record once it is shared, and changes it only when that was given', async () => {
  account = (await api<{ id: string }>(admin, 'POST', '/records/account', { name: 'Shared Works 共享工厂' })).id
  await api(admin, 'POST', '/records/account', { name: 'Not Shared 未共享' })
  await rep.goto(`/o/account/${account}`)
  await expect(rep.getByText('没有找到').or(rep.getByText('无权查看')).first()).toBeVisible()

  await admin.goto(`/o/account/${account}`)
  await admin.getByRole('button', { name: 'Share', exact: true }).click()
  const dialog = admin.getByRole('dialog')
  await dialog.getByLabel('Who', { exact: true }).first().fill('王小明')
  await dialog.getByRole('option', { name: '王小明' }).click()
  await dialog.getByRole('button', { name: 'Share', exact: true }).click()
  await expect(dialog.getByText('See it · always')).toBeVisible()
  await shot(admin, 'rights-share')

  await rep.goto(`/o/account/${account}`)
  await expect(rep.getByRole('heading', { name: 'Shared Works 共享工厂', level: 2 })).toBeVisible()
  await expect(rep.getByRole('button', { name: '删除' })).toHaveCount(0)
  await expect(rep.getByRole('button', { name: '编辑 行业' })).toHaveCount(0)

  await dialog.getByLabel('Who', { exact: true }).first().fill('王小明')
  await dialog.getByRole('option', { name: '王小明' }).click()
  await dialog.getByLabel('They may').selectOption('write')
  await dialog.getByRole('button', { name: 'Share', exact: true }).click()
  await expect(dialog.getByText('See and change it · always')).toBeVisible()
  await rep.reload()
  await expect(rep.getByRole('button', { name: '编辑 行业' })).toBeVisible()
})

test('why somebody sees a record is explained, and a change can be tried', async () => {
  const people = await api<{ items: { id: string; username: string }[] }>(admin, 'POST', '/records/user/query', {
    limit: 500,
  })
  const user = people.items.find(item => item.username === 'wangxiaoming')?.id
  await admin.goto(`/settings/access?user=${user}`)
  await admin.getByLabel('Address of a record').fill(`${admin.url().split('/settings')[0]}/o/account/${account}`)
  await admin.getByRole('button', { name: 'Explain' }).click()
  await expect(admin.getByText('it is shared with 王小明').first()).toBeVisible()
  await admin.getByLabel('Role instead').selectOption({ label: 'Reader (all records)' })
  await admin.getByRole('button', { name: 'Try' }).click()
  await expect(admin.getByRole('columnheader', { name: 'Gained' })).toBeVisible()
  await shot(admin, 'rights-why')
})

test('a lead is claimed from a public pool and given back', async () => {
  const people = await api<{ items: { id: string; username: string }[] }>(admin, 'POST', '/records/user/query', {
    limit: 500,
  })
  const user = people.items.find(item => item.username === 'wangxiaoming')?.id
  const pool = await api<{ id: string }>(admin, 'POST', '/records/pool', {
    name: '线索公海',
    object: 'lead',
    members: [user],
    noFollowUpDays: 30,
  })
  const lead = await api<{ id: string }>(admin, 'POST', '/records/lead', {
    name: { family: '赵', given: '六' },
    company: '六合食品',
    phone: '+8613712345678',
  })
  await api(admin, 'POST', `/pools/${pool.id}/return`, { records: [lead.id] })

  await rep.goto('/pools')
  await expect(rep.getByRole('cell', { name: '+86137****5678' })).toBeVisible()
  await shot(rep, 'rights-pools-zh')
  await rep.getByRole('checkbox', { name: '选择 赵六' }).check()
  await rep.getByRole('button', { name: '领取', exact: true }).click()
  await expect(rep.getByText('已领取 1 条')).toBeVisible()
  await expect(rep.getByText('该公海中没有待领取的记录。')).toBeVisible()

  await rep.goto(`/o/lead/${lead.id}`)
  await expect(rep.getByText('+8613712345678').or(rep.getByText('137 1234 5678')).first()).toBeVisible()
  await rep.getByRole('button', { name: '退回公海' }).click()
  const dialog = rep.getByRole('dialog')
  await expect(dialog.getByText('王小明 从线索公海领取')).toBeVisible()
  await dialog.getByLabel('原因').fill('不是目标客户')
  await dialog.getByRole('button', { name: '退回公海' }).click()
  await expect(rep.getByText('已退回公海').first()).toBeVisible()
  await rep.goto('/pools')
  await expect(rep.getByRole('link', { name: '赵六' })).toBeVisible()
})

test('a role is copied, narrowed and kept', async () => {
  await admin.goto('/settings/roles/salesRep')
  await admin.getByRole('button', { name: 'Copy' }).click()
  await admin.getByLabel('Key (letters and digits)').fill('juniorRep')
  await admin.getByLabel('Name in English').fill('Junior representative')
  await admin.getByLabel('Field', { exact: true }).selectOption({ label: 'Email' })
  await admin.getByRole('button', { name: 'Add a field' }).click()
  await admin.getByLabel('Contact · Email: Level').selectOption('masked')
  await admin.getByRole('button', { name: 'Create' }).click()
  await admin.waitForURL(/roles\/juniorRep/)
  await expect(admin.getByLabel('Contact · Email: Level')).toHaveValue('masked')
  await shot(admin, 'rights-role')
})

test('what happened stands in the audit log, which is whole', async () => {
  await admin.goto('/settings/audit')
  await expect(admin.getByRole('cell', { name: 'Created a role' }).first()).toBeVisible()
  await expect(admin.getByRole('cell', { name: 'Shared a record' }).first()).toBeVisible()
  await admin.getByRole('button', { name: 'Check the chain' }).click()
  await expect(admin.getByRole('status')).toContainText('are there and as they were written')
  await shot(admin, 'rights-audit')
})

test('a second factor is set up and asked for', async () => {
  await rep.goto('/profile')
  await rep.getByLabel('当前密码').first().fill(REP_PASSWORD)
  await rep.getByRole('button', { name: '开始设置' }).click()
  await expect(rep.getByText('用验证器应用扫描')).toBeVisible()
  const secret = (await rep.locator('code').textContent()) ?? ''
  await rep.getByLabel('应用显示的验证码').fill(await totp(secret, 0))
  await rep.getByRole('button', { name: '开启' }).click()
  await expect(rep.getByText('请妥善保存这些恢复码')).toBeVisible()
  await rep.getByRole('button', { name: '我已保存' }).click()
  await shot(rep, 'rights-second-factor-zh')
  await rep.getByRole('button', { name: '账户菜单' }).click()
  await rep.getByRole('menuitem', { name: '退出登录' }).click()
  await rep.waitForURL(/sign-in/)
  await rep.getByLabel('用户名').fill('wangxiaoming')
  await rep.getByLabel('密码').fill(REP_PASSWORD)
  await rep.getByRole('button', { name: '登录' }).click()
  await rep.getByLabel('验证码').fill(await totp(secret, 1))
  await rep.getByRole('button', { name: '登录' }).click()
  await rep.waitForURL(url => !/^\/(sign-in|join)/.test(url.pathname))
})

test('a passkey signs in without a password, where the server has a name', async ({ browser }) => {
  await rep.goto('/profile')
  const address = new URL(rep.url())
  address.hostname = 'localhost'
  await expect(rep.getByText(`请通过 ${address.origin} 打开此页面`)).toBeVisible()

  const username = 'passkeyowner'
  await api(admin, 'POST', '/users', { username, name: '钥匙', password: REP_PASSWORD, role: 'salesRep' })
  const context = await browser.newContext({ locale: 'zh-CN', baseURL: address.origin })
  contexts.push(context)
  const page = await context.newPage()
  const device = await context.newCDPSession(page)
  await device.send('WebAuthn.enable')
  await device.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  await page.goto('/sign-in')
  await page.getByRole('button', { name: '使用通行密钥' }).click()
  await page.getByLabel('用户名').fill(username)
  await page.getByLabel('密码').fill(REP_PASSWORD)
  await page.getByRole('button', { name: '登录' }).click()
  await page.waitForURL(url => !url.pathname.startsWith('/sign-in'))
  await page.goto('/profile')
  const panel = page.getByRole('region', { name: '通行密钥' })
  await panel.getByLabel('设备名称').fill('我的手机')
  await panel.getByLabel('当前密码').fill(REP_PASSWORD)
  await panel.getByRole('button', { name: '添加通行密钥' }).click()
  await expect(panel.getByText('请妥善保存这些恢复码')).toBeVisible()
  await panel.getByRole('button', { name: '我已保存' }).click()
  await expect(panel.getByText('我的手机')).toBeVisible()
  await shot(page, 'rights-passkeys-zh')
  await expectAccessible(page, '/profile')

  await context.clearCookies()
  await page.goto('/sign-in')
  await shot(page, 'sign-in-passkey-zh')
  await page.getByRole('button', { name: '使用通行密钥' }).click()
  await page.waitForURL(url => !url.pathname.startsWith('/sign-in'))

  await page.goto('/profile')
  await panel.getByRole('button', { name: '移除我的手机' }).click()
  await panel.getByLabel('当前密码').first().fill(REP_PASSWORD)
  await panel.getByRole('button', { name: '移除', exact: true }).last().click()
  await expect(panel.getByText('我的手机', { exact: true })).toBeHidden()
})

test('a token for one object reaches nothing else', async ({ playwright }) => {
  await admin.goto('/profile')
  await admin.getByRole('button', { name: 'New token' }).click()
  const form = admin.getByRole('dialog')
  await form.getByLabel('What it is for').fill('Newsletter')
  await form.getByLabel('On Contacts').selectOption({ label: 'Read' })
  await shot(admin, 'rights-new-token-en')
  await form.getByRole('button', { name: 'Create' }).click()
  const panel = admin.getByRole('region', { name: 'Tokens for programs' })
  const token = (await panel.locator('code').textContent()) ?? ''
  await panel.getByRole('button', { name: 'I have it' }).click()
  await expect(panel.getByText('Contacts · Read')).toBeVisible()
  await expectAccessible(admin, '/profile')

  const program = await playwright.request.newContext({
    baseURL: new URL(admin.url()).origin,
    extraHTTPHeaders: { Authorization: `Bearer ${token}` },
  })
  expect((await program.get('/api/records/contact')).status()).toBe(200)
  expect((await program.get('/api/records/account')).status()).toBe(404)
  expect((await program.get('/api/users/none')).status()).toBe(403)
  await panel.getByRole('button', { name: 'Revoke Newsletter' }).click()
  await expect(panel.getByText('Newsletter')).toBeHidden()
  expect((await program.get('/api/records/contact')).status()).toBe(401)
  await program.dispose()
})

/** What an authenticator app shows so many steps from now (RFC 6238). */
async function totp(secret: string, steps: number) {
  let bits = ''
  for (const letter of secret) bits += 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')
  const bytes = Uint8Array.from(bits.match(/.{8}/g) ?? [], octet => Number.parseInt(octet, 2))
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-1' }, false, ['sign'])
  const counter = new DataView(new ArrayBuffer(8))
  counter.setBigUint64(0, BigInt(Math.floor(Date.now() / 30_000) + steps))
  const hash = new DataView(await crypto.subtle.sign('HMAC', key, counter.buffer))
  const at = hash.getUint8(19) & 15
  return String((hash.getUint32(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

test('an encrypted value is shown on demand, and a person who asks for it is erased', async () => {
  await admin.setViewportSize({ width: 1440, height: 900 })
  const labels = { en: 'Identity card', 'zh-CN': '身份证号' }
  await api(admin, 'POST', '/objects/contact/fields', { name: 'idNumber_c', labels, type: 'encrypted' })
  const person = await api<{ id: string }>(admin, 'POST', '/records/contact', {
    name: { family: '沈', given: '若溪' },
    email: 'ruoxi@example.com',
    idNumber_c: '440101199003078888',
  })
  await api(admin, 'POST', '/records/note', { contact: person.id, body: 'Wishes to be forgotten' })
  await admin.goto(`/o/contact/${person.id}`)
  await expect(admin.getByText('••••••')).toBeVisible()
  await admin.getByRole('button', { name: /^Show Identity card/ }).click()
  await expect(admin.getByText('440101199003078888')).toBeVisible()
  await admin.getByRole('button', { name: 'Hide Identity card' }).click()
  await expect(admin.getByText('440101199003078888')).toBeHidden()

  await admin.getByRole('button', { name: 'Record a decision' }).click()
  await admin.getByRole('dialog').getByLabel('Decision').selectOption({ label: 'Withdrawn' })
  await admin.getByRole('dialog').getByRole('button', { name: /Create/ }).click()
  await expect(admin.getByRole('region', { name: 'Consent' }).getByText('Withdrawn')).toBeVisible()

  await admin.getByRole('button', { name: 'Personal data' }).click()
  const drawer = admin.getByRole('dialog')
  await expect(drawer.getByRole('row', { name: /Notes 1 Destroyed/ })).toBeVisible()
  await drawer.getByLabel(/^Why/).fill('Request 2026-17')
  await expect(drawer.getByRole('button', { name: 'Erase for good' })).toBeDisabled()
  await drawer.getByLabel(/^Type ERASE/).fill('ERASE')
  await shot(admin, 'person-erase')
  await drawer.getByRole('button', { name: 'Erase for good' }).click()
  await admin.waitForURL('**/o/contact')
  await admin.goto('/settings/privacy')
  await admin.getByLabel('E-mail address or phone number').fill('RuoXi@example.com')
  await admin.getByRole('button', { name: 'Search', exact: true }).click()
  await expect(admin.getByRole('cell', { name: 'Request 2026-17' })).toBeVisible()
})

test('a retention rule says what it would do before it does it', async () => {
  await admin.goto('/settings/privacy')
  await admin.getByRole('button', { name: 'New retention rule' }).click()
  const form = admin.getByRole('dialog')
  await form.getByLabel('Name').fill('Old leads')
  await form.getByLabel('Records').selectOption({ label: 'Leads' })
  await form.getByLabel('Then').selectOption({ label: 'Erased for good' })
  await form.getByRole('button', { name: 'Save' }).click()
  await admin.getByRole('button', { name: 'What would happen now' }).click()
  await expect(admin.getByText('Carried out now, nothing would happen.')).toBeVisible()
  await expect(admin.getByRole('dialog').getByRole('button', { name: 'Carry out now' })).toBeDisabled()
})

test('the company account signs in, and a name that somebody chose there proves nothing', async ({ browser }) => {
  const signIn = async (name: string) => {
    const context = await browser.newContext({ locale: 'zh-CN' })
    contexts.push(context)
    const page = await context.newPage()
    await page.goto('/sign-in')
    await shot(page, 'sign-in-provider')
    await page.getByRole('link', { name: '使用Feishu登录' }).click()
    await page.getByPlaceholder('Enter any login').fill(name)
    await page.getByPlaceholder('and password').fill('any')
    await page.getByRole('button', { name: 'Sign-in' }).click()
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.waitForURL(url => !url.pathname.startsWith('/sign-in'))
    return api<{ user: { id: string; name: string; roles: string[]; email: string } }>(page, 'GET', '/session')
  }
  const first = await signIn('zhaomin')
  expect(first.user).toMatchObject({
    name: 'zhaomin of the directory',
    roles: ['salesRep'],
    email: 'zhaomin@example.com',
  })
  expect((await signIn('zhaomin')).user.id).toBe(first.user.id)
  // calls itself as the administrator is called here
  expect((await signIn('unverified')).user).toMatchObject({ roles: ['salesRep'], email: null })

  const page = await contexts[0].newPage()
  await page.goto('/api/public/oidc/callback?state=guessed&code=guessed')
  await expect(page.getByRole('alert')).toContainText('That sign-in did not work')
  await page.close()
})

// colours depend on the theme and words on the language
for (const [lang, theme] of [
  ['en', 'light'],
  ['zh-CN', 'dark'],
] as const)
  test(`no accessibility violation in rights, ${lang}, ${theme}`, async () => {
    await admin.evaluate(t => localStorage.setItem('rapport.theme', t), theme)
    await useLanguage(admin, lang)
    for (const path of [
      '/settings/people',
      '/settings/organisation',
      '/settings/roles',
      '/settings/roles/salesRep',
      '/settings/sharing',
      '/settings/pools',
      '/settings/access',
      '/settings/privacy',
      '/settings/backup',
      '/settings/audit',
      '/pools',
      '/profile',
    ])
      await expectAccessible(admin, path)
  })

test('rights on a phone stay within its width', async () => {
  await rep.setViewportSize({ width: 390, height: 844 })
  await admin.setViewportSize({ width: 390, height: 844 })
  for (const [page, path] of [
    [rep, '/pools'],
    [rep, '/profile'],
    [admin, '/settings/people'],
    [admin, '/settings/audit'],
  ] as const) {
    await page.goto(path)
    await page.waitForLoadState('networkidle')
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
    expect(wide, path).toBe(false)
    await shot(page, `rights-phone-${path.split('/').pop()}`)
  }
})
