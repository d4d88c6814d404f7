import { Dialog } from '@base-ui/react/dialog'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import clsx from 'clsx'
import { ArrowRight, Bookmark, FileUp, Languages, Moon, Plus, Rows3, Search, Settings, Sun } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useDeferredValue, useEffect, useId, useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { recordName } from '../fields/recordName'
import { api } from '../platform/api'
import { useDensity } from '../platform/density'
import { setLanguage, useWords } from '../platform/i18n'
import { useFunctions, useObjects } from '../platform/meta'
import { recentRecords } from '../platform/recent'
import type { TextKey } from '../platform/texts.en'
import { setDark, useDark } from '../platform/theme'
import type { Labels, ObjectDef, Page } from '../platform/types'
import { Face } from '../ui/face'
import { ObjectIcon } from '../ui/icon'
import { Kbd } from '../ui/kit'

interface Found {
  object: string
  id: string
  name: string | null
  marks: [number, number][]
  match: { field: string; text: string; marks: [number, number][] } | null
}

interface Entry {
  key: string
  group: string
  icon: ReactNode
  text: ReactNode
  detail?: ReactNode
  side?: ReactNode
  hint?: string
  run: () => void
}

/** Nobody reads further; the palette has to stand at once. */
const MOST = 30
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** `>` asks for actions alone, `#` for a number or id, `@` for people, `object:` for records of one kind. */
function read(typed: string, objects: Map<string, ObjectDef>) {
  const text = typed.trimStart()
  if (text.startsWith('>') || text.startsWith('》')) return { actions: true, term: text.slice(1).trim(), only: '' }
  if (text.startsWith('#') || text.startsWith('＃')) {
    const numbered = [...objects.values()].filter(o => o.fields.some(f => f.type === 'autoNumber')).map(o => o.name)
    return { actions: false, term: text.slice(1).trim(), only: numbered.join() }
  }
  if (text.startsWith('@') || text.startsWith('＠'))
    return { actions: false, term: text.slice(1).trim(), only: 'contact' }
  const colon = text.search(/[:：]/)
  const word = text.slice(0, Math.max(0, colon)).trim().toLowerCase()
  for (const object of word ? objects.values() : []) {
    const names = [object.name, ...Object.values(object.labels), ...Object.values(object.plural)]
    if (names.some(name => name.toLowerCase() === word))
      return { actions: false, term: text.slice(colon + 1).trim(), only: object.name }
  }
  return { actions: false, term: text.trim(), only: '' }
}

/** Search and jump: records of all objects, actions and places, from the keyboard. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const { t, lang } = useWords()
  const objects = useObjects().data ?? new Map<string, ObjectDef>()
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const list = useId()
  const box = useRef<HTMLDivElement>(null)
  const asked = read(typed, objects)
  const term = useDeferredValue(asked.actions ? '' : asked.term)
  const found = useQuery({
    queryKey: ['search', term, asked.only],
    queryFn: ({ signal }) =>
      UUID.test(term)
        ? findById(term, objects)
        : api<{ items: Found[] }>(
            'GET',
            `/search?q=${encodeURIComponent(term)}&limit=12${asked.only ? `&objects=${asked.only}` : ''}`,
            { signal },
          ),
    enabled: term !== '',
    placeholderData: keepPreviousData,
    staleTime: 5_000,
  })
  const leave = (act: () => void) => () => {
    onClose()
    act()
  }
  // what was opened lately is there before the server has answered
  const recent = recentRecords().map((it): Found => ({ ...it, marks: [], match: null }))
  const near = term
    ? recent.filter(
        it =>
          it.name?.toLowerCase().includes(term.toLowerCase()) &&
          (!asked.only || asked.only.split(',').includes(it.object)),
      )
    : recent
  const answered = term && found.data ? found.data.items : []
  const records = [
    ...near.map(it => answered.find(other => other.id === it.id) ?? it),
    ...answered.filter(it => !near.some(other => other.id === it.id)),
  ]
  const commands = useCommands(objects, leave)
  const wanted = asked.term.toLowerCase()
  const fits = (entry: Entry) => !wanted || (entry.hint ?? '').toLowerCase().includes(wanted)
  const shown = useRecordEntries(records, term, objects, leave)
  const views = useViewEntries(objects, leave).filter(fits)
  const entries = [
    ...(asked.actions ? [] : shown),
    ...(asked.actions || !wanted || asked.only ? [] : views),
    ...(asked.only ? [] : commands.filter(fits)),
  ].slice(0, MOST)
  const active = Math.min(at, Math.max(0, entries.length - 1))
  useEffect(() => {
    box.current?.querySelector(`[data-at="${active}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [active])
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (by && entries.length) {
      event.preventDefault()
      setAt((active + by + entries.length) % entries.length)
    } else if (event.key === 'Enter') {
      event.preventDefault()
      entries[active]?.run()
    }
  }
  return (
    <Dialog.Root open onOpenChange={open => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-50 bg-black/25" />
        <Dialog.Popup className="pop fixed top-[14vh] left-1/2 z-50 flex max-h-[min(560px,76vh)] w-[620px] max-w-[calc(100vw-16px)] -translate-x-1/2 flex-col overflow-hidden rounded-2xl border border-line bg-surface shadow-4 outline-none max-md:top-2">
          <Dialog.Title className="sr-only">{t('searchOrJump')}</Dialog.Title>
          <div className="flex h-13 flex-none items-center gap-3 border-b border-line px-4">
            <Search size={17} className="flex-none text-ink-3" aria-hidden />
            <input
              role="combobox"
              aria-expanded={entries.length > 0}
              aria-controls={entries.length ? list : undefined}
              aria-activedescendant={entries.length ? `${list}-${active}` : undefined}
              aria-label={t('searchOrJump')}
              placeholder={t('searchOrJump')}
              className="h-full min-w-0 flex-1 bg-transparent text-lg outline-none placeholder:text-ink-3"
              value={typed}
              onChange={event => {
                setTyped(event.target.value)
                setAt(0)
              }}
              onKeyDown={onKey}
              maxLength={200}
            />
            <Dialog.Close aria-label={`${t('close')} (Esc)`} className="max-md:min-h-11 max-md:min-w-11">
              <Kbd>Esc</Kbd>
            </Dialog.Close>
          </div>
          {entries.length ? (
            <div
              ref={box}
              id={list}
              role="listbox"
              aria-label={t('searchOrJump')}
              className="min-h-0 flex-1 overflow-y-auto p-1.5"
            >
              {entries.map((entry, i) => (
                <Option
                  key={entry.key}
                  id={`${list}-${i}`}
                  at={i}
                  entry={entry}
                  heading={entries[i - 1]?.group === entry.group ? undefined : entry.group}
                  active={i === active}
                  onPoint={setAt}
                />
              ))}
            </div>
          ) : (
            <p className="px-3 py-8 text-center text-sm text-ink-3" role="status">
              {found.isError ? t('offline') : found.isFetching ? t('searching') : t('foundNothing', { q: asked.term })}
            </p>
          )}
          <footer className="flex h-9 flex-none items-center gap-4 border-t border-line bg-surface-2 px-4 text-xs text-ink-3 max-md:hidden">
            <span className="flex items-center gap-1.5">
              <Kbd>↑</Kbd>
              <Kbd>↓</Kbd>
              <Kbd>↵</Kbd>
            </span>
            <span lang={lang} className="ml-auto">
              {t('paletteGrammar')}
            </span>
          </footer>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function Option(props: {
  id: string
  at: number
  entry: Entry
  heading: string | undefined
  active: boolean
  onPoint: (at: number) => void
}) {
  const { entry } = props
  return (
    <>
      {props.heading && (
        <div role="presentation" className="px-2.5 pt-2.5 pb-1 text-2xs font-medium text-ink-3">
          {props.heading}
        </div>
      )}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the input's, which points here */}
      <div
        role="option"
        id={props.id}
        data-at={props.at}
        tabIndex={-1}
        aria-selected={props.active}
        onClick={entry.run}
        onPointerMove={() => props.onPoint(props.at)}
        className={clsx(
          'flex min-h-9 items-center gap-3 rounded-lg px-2.5 text-sm max-md:min-h-11',
          props.active && 'bg-press',
        )}
      >
        <span className="grid w-6 flex-none place-items-center text-ink-3">{entry.icon}</span>
        <span className="min-w-0 flex-none truncate font-medium max-w-[60%]">{entry.text}</span>
        <span className="min-w-0 flex-1 truncate text-ink-3">{entry.detail}</span>
        {entry.side}
      </div>
    </>
  )
}

/** A text with its matching parts marked. */
function Marked({ text, marks }: { text: string; marks: [number, number][] }) {
  const parts: ReactNode[] = []
  let last = 0
  for (const [from, to] of marks) {
    parts.push(text.slice(last, from))
    parts.push(
      <mark key={from} className="rounded-[3px] bg-accent-soft text-accent-ink">
        {text.slice(from, to)}
      </mark>,
    )
    last = to
  }
  parts.push(text.slice(last))
  return <>{parts}</>
}

function useRecordEntries(
  items: Found[],
  term: string,
  objects: Map<string, ObjectDef>,
  leave: (act: () => void) => () => void,
): Entry[] {
  const { t, label } = useWords()
  const navigate = useNavigate()
  return items
    .filter(item => objects.has(item.object))
    .map(item => {
      const object = objects.get(item.object) as ObjectDef
      const person = object.fields.find(field => field.name === object.nameField)?.type === 'personName'
      const field = object.fields.find(f => f.name === item.match?.field)
      return {
        key: item.id,
        group: term ? t('results') : t('recent'),
        icon: person ? <Face name={item.name ?? ''} size={22} /> : <ObjectIcon name={object.icon} />,
        text: <Marked text={item.name ?? '—'} marks={item.marks} />,
        detail: item.match && (
          <>
            {field && `${label(field.labels)} · `}
            <Marked text={item.match.text} marks={item.match.marks} />
          </>
        ),
        side: <span className="flex-none text-xs text-ink-3">{label(object.labels)}</span>,
        run: leave(() => navigate(`/o/${item.object}/${item.id}`)),
      }
    })
}

/** The record with this id, of whatever kind. */
async function findById(id: string, objects: Map<string, ObjectDef>) {
  const asked = [...objects.values()]
    .filter(object => object.group !== 'hidden')
    .map(async object => {
      const body = { fields: [object.nameField], filter: { field: 'id', op: 'eq', value: id.toLowerCase() }, limit: 1 }
      const page = await api<Page>('POST', `/records/${object.name}/query`, { body }).catch(() => undefined)
      const item = page?.items[0]
      if (!item) return []
      return [{ object: object.name, id: item.id, name: recordName(object, item, 'en'), marks: [], match: null }]
    })
  return { items: (await Promise.all(asked)).flat() satisfies Found[] as Found[] }
}

/** The saved views of all objects. */
function useViewEntries(objects: Map<string, ObjectDef>, leave: (act: () => void) => () => void): Entry[] {
  const { t, label } = useWords()
  const navigate = useNavigate()
  const views = useQuery({
    queryKey: ['views', 'everywhere'],
    queryFn: () =>
      api<Page>('POST', '/records/listView/query', { body: { fields: ['name', 'object'], sort: 'name', limit: 200 } }),
    staleTime: 60_000,
  })
  return (views.data?.items ?? []).flatMap(view => {
    const object = objects.get(String(view.object))
    if (!object) return []
    return [
      {
        key: view.id,
        group: t('views'),
        icon: <Bookmark size={15} />,
        text: String(view.name),
        side: <span className="flex-none text-xs text-ink-3">{label(object.plural)}</span>,
        hint: `${view.name} ${label(object.plural)}`,
        run: leave(() => navigate(`/o/${object.name}?view=${view.id}`)),
      },
    ]
  })
}

/** Places of the product by the word for them; those of the settings ask for a function of one's roles. */
const PLACES: [TextKey, string][] = [
  ['home', '/'],
  ['notifications', '/notifications'],
  ['dashboards', '/dashboards'],
  ['salesOverview', '/sales'],
  ['reports', '/reports'],
  ['forecast', '/forecast'],
  ['calendar', '/calendar'],
  ['imports', '/imports'],
  ['recycleBin', '/recycle-bin'],
  ['duplicates', '/duplicates'],
  ['quality', '/quality'],
  ['changes', '/changes'],
  ['pools', '/pools'],
  ['security', '/profile'],
]
const SETTINGS: [TextKey, string, string][] = [
  ['set.objects', '/settings/objects', 'customize'],
  ['set.sales', '/settings/sales', 'sales'],
  ['set.people', '/settings/people', 'users'],
  ['set.organisation', '/settings/organisation', 'users'],
  ['set.roles', '/settings/roles', 'users'],
  ['set.sharing', '/settings/sharing', 'users'],
  ['set.pools', '/settings/pools', 'users'],
  ['set.access', '/settings/access', 'users'],
  ['set.audit', '/settings/audit', 'audit'],
  ['set.privacy', '/settings/privacy', 'privacy'],
  ['set.backup', '/settings/backup', 'backup'],
]

/** What can be done and where one can go, in the user's words. */
function useCommands(objects: Map<string, ObjectDef>, leave: (act: () => void) => () => void): Entry[] {
  const { t, label, lang } = useWords()
  const navigate = useNavigate()
  const dark = useDark()
  const functions = useFunctions()
  const [density, setDensity] = useDensity()
  const visible = [...objects.values()].filter(object => object.group !== 'hidden')
  const name = (labels: Labels) => (lang === 'en' ? label(labels).toLowerCase() : label(labels))
  const command = (key: string, group: string, icon: ReactNode, text: string, act: () => void): Entry => ({
    key,
    group,
    icon,
    text,
    hint: text,
    run: leave(act),
  })
  const creates = visible
    .filter(object => object.operations.includes('create'))
    .map(object =>
      command(`new-${object.name}`, t('actions'), <Plus size={15} />, t('new', { object: name(object.labels) }), () =>
        navigate(`/o/${object.name}?new`),
      ),
    )
  const places = visible.map(object =>
    command(`go-${object.name}`, t('goTo'), <ObjectIcon name={object.icon} />, label(object.plural), () =>
      navigate(`/o/${object.name}`),
    ),
  )
  return [
    ...creates,
    command('import', t('actions'), <FileUp size={15} />, t('import'), () => navigate('/imports/new')),
    command('theme', t('actions'), dark ? <Sun size={15} /> : <Moon size={15} />, t('switchTheme'), () =>
      setDark(!dark),
    ),
    command('language', t('actions'), <Languages size={15} />, t('language'), () =>
      setLanguage(lang === 'en' ? 'zh-CN' : 'en'),
    ),
    command('density', t('actions'), <Rows3 size={15} />, t('switchDensity'), () =>
      setDensity(density === 'compact' ? 'comfortable' : 'compact'),
    ),
    ...places,
    ...PLACES.map(([key, path]) =>
      command(`go-${path}`, t('goTo'), <ArrowRight size={15} />, t(key), () => navigate(path)),
    ),
    ...SETTINGS.filter(([, , needs]) => functions.includes(needs)).map(([key, path]) =>
      command(`go-${path}`, t('settings'), <Settings size={15} />, t(key), () => navigate(path)),
    ),
  ]
}
