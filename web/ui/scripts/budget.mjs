// Fails when the first load of a page (gzip, JS and CSS) is over its budget. Reads Vite's manifest.
import fs from 'node:fs'
import zlib from 'node:zlib'

const out = process.argv[2] ?? 'dist'
const LIMIT_KB = 250
/** Loaded once its page stands: what it adds to the page. */
const LATER_KB = {
  'src/features/calendar/timeGrid.tsx': 100,
  'src/fields/richText.tsx': 140,
  'src/records/calendar/calendarLayout.tsx': 100,
  'src/features/dashboards/heat.tsx': 200,
  'src/features/dashboards/scatter.tsx': 200,
  'src/records/analysis/chart.tsx': 200,
  'src/records/analysis/provinceMap.tsx': 250,
}
const manifest = JSON.parse(fs.readFileSync(`${out}/.vite/manifest.json`, 'utf8'))
const gzipped = file => zlib.gzipSync(fs.readFileSync(`${out}/${file}`), { level: 9 }).length / 1024

function chunks(key, seen = new Set()) {
  if (seen.has(key)) return seen
  seen.add(key)
  for (const next of manifest[key].imports ?? []) chunks(next, seen)
  return seen
}

function size(keys) {
  const files = new Set()
  for (const key of keys) {
    files.add(manifest[key].file)
    for (const css of manifest[key].css ?? []) files.add(css)
  }
  return [...files].reduce((sum, file) => sum + gzipped(file), 0)
}

const entry = Object.keys(manifest).find(key => manifest[key].isEntry && key.endsWith('.html'))
let over = 0
for (const key of [entry, ...Object.keys(manifest).filter(k => manifest[k].isDynamicEntry)]) {
  const later = LATER_KB[key]
  const kilobytes = size(chunks(key, chunks(entry))) - (later ? size(chunks(entry)) : 0)
  const limit = later ?? LIMIT_KB
  if (kilobytes > limit) over++
  console.log(`${kilobytes > limit ? 'OVER' : 'ok  '} ${key.padEnd(34)} ${kilobytes.toFixed(1)} / ${limit} KB`)
}
process.exit(over ? 1 : 0)
