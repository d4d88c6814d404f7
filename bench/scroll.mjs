// Scrolls through a list of all contacts in a real browser and prints how long its frames took.
// node scroll.mjs <address of the server>
import { createRequire } from 'node:module'

const require = createRequire(new URL('../web/ui/package.json', import.meta.url))
const { chromium } = require('@playwright/test')
const address = process.argv[2]
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
})
const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' })
await page.goto(`${address}/sign-in`)
await page.getByLabel('Username').fill('admin')
await page.getByLabel('Password').fill('bench-only-local')
await page.keyboard.press('Enter')
await page.waitForURL(url => !url.pathname.includes('sign-in'))
await page.goto(`${address}/o/contact`)
await page.locator('[role=gridcell]').first().waitFor()
await page.waitForTimeout(2000)

/** Scrolls for some seconds by `step` pixels a frame and returns the frames' lengths in milliseconds. */
const frames = (seconds, step) =>
  page.evaluate(
    ([duration, by]) =>
      new Promise(resolve => {
        const grid = document.querySelector('[role=gridcell]')
        let box = grid
        while (box && !(box.scrollHeight > box.clientHeight + 100 && /auto|scroll/.test(getComputedStyle(box).overflowY)))
          box = box.parentElement
        const lengths = []
        let last = performance.now()
        const end = last + duration * 1000
        const tick = now => {
          lengths.push(now - last)
          last = now
          box.scrollTop += by
          if (now < end) requestAnimationFrame(tick)
          else resolve(lengths.slice(2))
        }
        requestAnimationFrame(tick)
      }),
    [seconds, step],
  )

for (const [name, step] of [['slow', 20], ['fast', 200], ['flung', 2000]]) {
  await frames(2, step) // the first pass warms up
  const lengths = (await frames(8, step)).sort((a, b) => a - b)
  const long = lengths.filter(length => length > 50).length
  const at = share => lengths[Math.floor(share * (lengths.length - 1))].toFixed(1)
  console.log(
    `scrolling ${name.padEnd(5)} ${String(step).padStart(4)} px a frame: ${lengths.length} frames, median ${at(0.5)} ms, ` +
      `99 % within ${at(0.99)} ms, longest ${at(1)} ms, over 50 ms: ${long}`,
  )
}
await browser.close()
