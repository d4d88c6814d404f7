// Fails when the first load of a page (gzip, JS and CSS) is over its budget. Reads Vite's manifest.
import fs from 'node:fs'
import zlib from 'node:zlib'

const out = process.argv[2] ?? 'dist'
const LIMIT_KB = 250
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

const entry = Object.keys(manifest).find(key => manifest[key].isEntry)
let over = 0
for (const key of [entry, ...Object.keys(manifest).filter(k => manifest[k].isDynamicEntry)]) {
  const kilobytes = size(chunks(key, chunks(entry)))
  if (kilobytes > LIMIT_KB) over++
  console.log(`${kilobytes > LIMIT_KB ? 'OVER' : 'ok  '} ${key.padEnd(34)} ${kilobytes.toFixed(0)} / ${LIMIT_KB} KB`)
}
process.exit(over ? 1 : 0)
