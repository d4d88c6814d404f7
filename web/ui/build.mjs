// One entry for Maven and CI: installs and builds only what changed. Needs `node` and `npm` on the PATH, downloads no node.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import zlib from 'node:zlib'

const here = import.meta.dirname,
  out = path.resolve(process.argv[2] ?? path.join(here, 'dist'))
process.chdir(here)
const [maj, min] = process.versions.node.split('.').map(Number)
if (maj < 20 || (maj === 20 && min < 19)) {
  console.error(`web: needs node >= 20.19, found ${process.version}`)
  process.exit(1)
}
const files = d =>
  fs
    .readdirSync(d, { withFileTypes: true })
    .flatMap(e => (e.isDirectory() ? files(path.join(d, e.name)) : [path.join(d, e.name)]))
    .sort()
const hash = list => {
  const h = createHash('sha256')
  for (const f of list) {
    h.update(f)
    h.update(fs.readFileSync(f))
  }
  return h.digest('hex')
}
const same = (f, v) => {
  try {
    return fs.readFileSync(f, 'utf8') === v
  } catch {
    return false
  }
}
const npm = (...a) => execFileSync('npm', a, { stdio: 'inherit' })
const dep = hash(['package.json', 'package-lock.json']) + process.version,
  depStamp = 'node_modules/.deps-stamp'
if (same(depStamp, dep)) console.log('web: dependencies unchanged')
else {
  npm('ci', '--prefer-offline', '--no-audit', '--no-fund')
  fs.writeFileSync(depStamp, dep)
}
const src =
    hash([
      ...files('src'),
      ...files('public'),
      'index.html',
      'package-lock.json',
      'tsconfig.json',
      'vite.config.ts',
      'build.mjs',
    ]) + out,
  stamp = path.join(out, '.src-stamp')
if (same(stamp, src)) {
  console.log('web: sources unchanged, skipped')
  process.exit(0)
}
npm('run', 'typecheck')
npm('exec', '--', 'vite', 'build', '--outDir', out, '--emptyOutDir')
// what the service worker keeps: the page, and the screens that people need on the road
const ROAD = ['home', 'list', 'recordPage', 'preview', 'createForm', 'calendar', 'outbox', 'palette']
// what these open only sometimes is kept too, but for what is large and not for the road
const ASIDE = ['conflictDialog', 'createRelated', 'leaving', 'preferences', 'shortcuts']
const LARGE = ['chart', 'panel', 'provinceMap']
const manifest = JSON.parse(fs.readFileSync(path.join(out, '.vite/manifest.json'), 'utf8'))
const kept = new Set()
const nameOf = key => path.basename(key).replace(/\.tsx?$/, '')
const keep = key => {
  const chunk = manifest[key]
  if (!chunk || kept.has(chunk.file)) return
  for (const file of [chunk.file, ...(chunk.css ?? [])]) kept.add(file)
  for (const next of chunk.imports ?? []) keep(next)
  // the entry's parts are the pages, of which only those named above are kept
  if (!chunk.isEntry) for (const part of chunk.dynamicImports ?? []) if (!LARGE.includes(nameOf(part))) keep(part)
}
keep('index.html')
for (const key of Object.keys(manifest)) if ([...ROAD, ...ASIDE].includes(nameOf(key))) keep(key)
for (const file of fs.readdirSync(path.join(out, 'assets')))
  if (/inter-latin-wght.*woff2$/.test(file)) kept.add(`assets/${file}`)
const page = fs.readFileSync(path.join(out, 'index.html'))
const list = [
  { url: '/index.html', revision: createHash('sha256').update(page).digest('hex') },
  ...[...kept].sort().map(file => ({ url: `/${file}`, revision: null })),
]
const worker = path.join(out, 'sw.js')
fs.writeFileSync(
  worker,
  fs.readFileSync(worker, 'utf8').replace('self.__WB_MANIFEST', () => JSON.stringify(list)),
)
// fonts that papers are set in; the browser does not load them
const fonts = path.join(out, '..', '..', 'pdf-fonts')
for (const font of ['400Regular/NotoSansSC_400Regular.ttf', '600SemiBold/NotoSansSC_600SemiBold.ttf']) {
  fs.mkdirSync(path.dirname(path.join(fonts, font)), { recursive: true })
  fs.copyFileSync(path.join('node_modules/@expo-google-fonts/noto-sans-sc', font), path.join(fonts, font))
}
let n = 0
for (const f of files(out))
  if (/\.(js|css|svg|html|json)$/.test(f) && fs.statSync(f).size > 1400) {
    const b = fs.readFileSync(f)
    fs.writeFileSync(`${f}.gz`, zlib.gzipSync(b, { level: 9 }))
    fs.writeFileSync(`${f}.br`, zlib.brotliCompressSync(b, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 9 } }))
    n++
  }
fs.writeFileSync(stamp, src)
console.log(`web: built, ${n} files pre-compressed`)
