import { useQueryClient } from '@tanstack/react-query'
import clsx from 'clsx'
import {
  Bell,
  CalendarDays,
  ChartColumn,
  ChartPie,
  CloudUpload,
  Copy,
  FileUp,
  Gauge,
  History,
  House,
  LayoutDashboard,
  Menu as MenuIcon,
  PanelLeft,
  Search,
  Settings,
  Trash2,
  TrendingUp,
  Waves,
} from 'lucide-react'
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react'
import { Navigate, NavLink, Outlet, useNavigate } from 'react-router'
import { useInbox } from '../features/notifications/inbox'
import { RelatedContext, type Wanted } from '../fields/related'
import { whenSignedOut } from '../platform/api'
import { useWords } from '../platform/i18n'
import { isKeeping } from '../platform/keeping'
import { useFunction, useObjects } from '../platform/meta'
import { startOutbox, useOutbox } from '../platform/outbox'
import { useSession } from '../platform/session'
import type { ObjectDef } from '../platform/types'
import { useConflict } from '../records/conflict'
import { Mark } from '../ui/face'
import { ObjectIcon } from '../ui/icon'
import { Button, Kbd } from '../ui/kit'
import { NavigationContext } from '../ui/topBar'
import { AccountMenu } from './accountMenu'
import { useServerEvents } from './serverEvents'

/** Objects of sales in the order in which people meet them. */
const SALES = ['lead', 'opportunity', 'need', 'quote', 'contract', 'instalment', 'receipt', 'invoice']

const SecurityPage = lazy(async () => ({ default: (await import('../features/profile/security')).SecurityPage }))
const CreateRelated = lazy(() => import('../records/createRelated'))
const ConflictDialog = lazy(() => import('../records/conflictDialog'))
const Shortcuts = lazy(() => import('../features/shortcuts'))
const palette = () => import('../features/palette')
const Palette = lazy(palette)

/** The frame of every page for people who are signed in. */
export function Shell() {
  const session = useSession()
  if (session.isPending) return null
  if (session.isError) return <Navigate to="/sign-in" replace />
  return session.data.user.mustEnrol ? <Enrolling /> : <SignedIn />
}

/** Whoever must set up a second factor sees nothing else until it is on. */
function Enrolling() {
  return (
    <Suspense>
      <SecurityPage />
    </Suspense>
  )
}

function SignedIn() {
  const { t } = useWords()
  const client = useQueryClient()
  const navigate = useNavigate()
  const objects = useObjects().data
  const settings = useSettings()
  const session = useSession().data
  const [open, setOpen] = useState(false)
  const [slim, setSlim] = useState(false)
  useServerEvents()
  useEffect(() => {
    whenSignedOut(() => {
      client.clear()
      navigate('/sign-in')
    })
  }, [client, navigate])
  const [searching, setSearching] = useState(false)
  // whoever presses the keys begins to type at once
  useEffect(() => {
    const timer = setTimeout(palette, 1500)
    return () => clearTimeout(timer)
  }, [])
  const [helping, setHelping] = useState(false)
  useKeys({
    navigation: () => setSlim(s => !s),
    search: () => setSearching(s => !s),
    help: () => setHelping(h => !h),
  })
  const conflict = useConflict()
  const [wanted, setWanted] = useState<Wanted>()
  const waiting = useOutbox().length
  const me = session?.user.id
  useEffect(() => {
    if (me) return startOutbox(me, () => client.invalidateQueries())
  }, [me, client])
  useEffect(() => {
    if (me && objects && isKeeping())
      import('../platform/offline').then(({ fetchOwn }) => fetchOwn(client, objects, me))
  }, [me, objects, client])
  const unread = useInbox().data?.unread
  const all = [...(objects?.values() ?? [])]
  return (
    <NavigationContext value={() => setOpen(o => !o)}>
      <RelatedContext value={setWanted}>
        <a href="#main" className="sr-only focus:not-sr-only focus:fixed focus:z-50 focus:bg-surface focus:p-3">
          {t('skipToContent')}
        </a>
        <div className="flex h-full">
          <nav
            aria-label={t('menu')}
            className={clsx(
              'flex-none flex-col gap-px overflow-y-auto px-2.5 pb-2.5',
              slim ? 'hidden' : 'hidden w-[228px] md:flex',
              open && '!flex fixed inset-y-0 left-0 z-40 w-[264px] bg-canvas shadow-4',
            )}
          >
            <div className="flex h-13 flex-none items-center gap-2.5 px-1">
              <Mark size={24} />
              <span className="min-w-0 flex-1 truncate text-base font-semibold tracking-[-.015em]">Rapport</span>
              <Button
                kind="ghost"
                size="sm"
                className="max-md:hidden"
                aria-label={t('menu')}
                aria-keyshortcuts="Meta+."
                onClick={() => setSlim(true)}
                icon={<PanelLeft size={15} />}
              />
            </div>
            <button
              type="button"
              onClick={() => {
                setOpen(false)
                setSearching(true)
              }}
              aria-keyshortcuts="Meta+K Control+K"
              className="mb-3 flex h-8 flex-none items-center gap-2 rounded-lg border border-line-2 bg-surface px-2.5 text-sm text-ink-3 shadow-1 hover:bg-hover max-md:h-11"
            >
              <Search size={14} aria-hidden />
              <span className="flex-1 truncate text-left">{t('searchOrJump')}</span>
              <span className="max-md:hidden">
                <Kbd>{/Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘K' : 'Ctrl K'}</Kbd>
              </span>
            </button>
            <NavItem to="/" icon={<House size={15} />} onPick={() => setOpen(false)}>
              {t('home')}
            </NavItem>
            <NavItem to="/notifications" icon={<Bell size={15} />} count={unread} onPick={() => setOpen(false)}>
              {t('notifications')}
            </NavItem>
            {waiting > 0 && (
              <NavItem to="/outbox" icon={<CloudUpload size={15} />} count={waiting} onPick={() => setOpen(false)}>
                {t('outbox')}
              </NavItem>
            )}
            <div className="pt-3" />
            <NavGroup
              title={t('records')}
              objects={all.filter(o => o.group === 'records')}
              onPick={() => setOpen(false)}
            />
            <NavGroup
              title={t('sales')}
              objects={SALES.flatMap(name => all.filter(o => o.name === name))}
              onPick={() => setOpen(false)}
            />
            <div className="px-2 pt-4 pb-1 text-2xs font-medium text-ink-3">{t('insights')}</div>
            <NavItem to="/dashboards" icon={<ChartPie size={15} />} onPick={() => setOpen(false)}>
              {t('dashboards')}
            </NavItem>
            <NavItem to="/sales" icon={<LayoutDashboard size={15} />} onPick={() => setOpen(false)}>
              {t('salesOverview')}
            </NavItem>
            <NavItem to="/reports" icon={<ChartColumn size={15} />} onPick={() => setOpen(false)}>
              {t('reports')}
            </NavItem>
            <NavItem to="/forecast" icon={<TrendingUp size={15} />} onPick={() => setOpen(false)}>
              {t('forecast')}
            </NavItem>
            <NavItem to="/calendar" icon={<CalendarDays size={15} />} onPick={() => setOpen(false)}>
              {t('calendar')}
            </NavItem>
            <NavGroup
              title={t('activity')}
              objects={all.filter(o => o.group === 'activities')}
              onPick={() => setOpen(false)}
            />
            <div className="pt-3" />
            <NavItem to="/imports" icon={<FileUp size={15} />} onPick={() => setOpen(false)}>
              {t('imports')}
            </NavItem>
            <NavItem to="/recycle-bin" icon={<Trash2 size={15} />} onPick={() => setOpen(false)}>
              {t('recycleBin')}
            </NavItem>
            <NavItem to="/duplicates" icon={<Copy size={15} />} onPick={() => setOpen(false)}>
              {t('duplicates')}
            </NavItem>
            <NavItem to="/quality" icon={<Gauge size={15} />} onPick={() => setOpen(false)}>
              {t('quality')}
            </NavItem>
            <NavItem to="/changes" icon={<History size={15} />} onPick={() => setOpen(false)}>
              {t('changes')}
            </NavItem>
            <NavItem to="/pools" icon={<Waves size={15} />} onPick={() => setOpen(false)}>
              {t('pools')}
            </NavItem>
            {settings && (
              <NavItem to={settings} icon={<Settings size={15} />} onPick={() => setOpen(false)}>
                {t('settings')}
              </NavItem>
            )}
            <AccountMenu />
          </nav>
          {open && (
            <button
              type="button"
              aria-label={t('close')}
              className="fixed inset-0 z-30 bg-black/40"
              onClick={() => setOpen(false)}
            />
          )}
          <main
            id="main"
            className={clsx(
              'flex min-w-0 flex-1 flex-col overflow-hidden bg-surface max-md:pb-14 md:my-2 md:mr-2 md:rounded-2xl md:border md:border-line md:shadow-2',
              slim && 'md:ml-2',
            )}
          >
            <Suspense>
              <Outlet />
            </Suspense>
          </main>
          <PhoneBar objects={all} waiting={waiting} onMenu={() => setOpen(o => !o)} />
        </div>
        {wanted && (
          <Suspense>
            <CreateRelated wanted={wanted} onClose={() => setWanted(undefined)} />
          </Suspense>
        )}
        {conflict && (
          <Suspense>
            <ConflictDialog />
          </Suspense>
        )}
        {helping && (
          <Suspense>
            <Shortcuts onClose={() => setHelping(false)} />
          </Suspense>
        )}
        {searching && (
          <Suspense>
            <Palette onClose={() => setSearching(false)} />
          </Suspense>
        )}
      </RelatedContext>
    </NavigationContext>
  )
}

/** Where the settings begin for whoever may set something; undefined for others. */
function useSettings() {
  const customizes = useFunction('customize')
  const manages = useFunction('users')
  const sells = useFunction('sales')
  const audits = useFunction('audit')
  if (customizes) return '/settings/objects'
  if (manages) return '/settings/people'
  if (sells) return '/settings/sales'
  return audits ? '/settings/audit' : undefined
}

function NavGroup({ title, objects, onPick }: { title: string; objects: ObjectDef[]; onPick: () => void }) {
  const { label } = useWords()
  if (!objects.length) return null
  return (
    <>
      <div className="px-2 pt-4 pb-1 text-2xs font-medium text-ink-3 first:pt-0">{title}</div>
      {objects.map(object => (
        <NavItem key={object.name} to={`/o/${object.name}`} icon={<ObjectIcon name={object.icon} />} onPick={onPick}>
          {label(object.plural)}
        </NavItem>
      ))}
    </>
  )
}

function NavItem({
  to,
  icon,
  count,
  children,
  onPick,
}: {
  to: string
  icon: ReactNode
  /** How many wait there. */
  count?: number
  children: ReactNode
  onPick: () => void
}) {
  return (
    <NavLink
      to={to}
      end={to === '/'}
      onClick={onPick}
      className={({ isActive }) =>
        clsx(
          'flex h-[30px] flex-none items-center gap-2.5 rounded-lg px-2 text-sm font-medium text-ink-2 hover:bg-press max-md:h-11',
          isActive && 'bg-surface text-ink shadow-1 ring-1 ring-line [&_svg]:text-accent',
        )
      }
    >
      <span className="grid w-4 place-items-center">{icon}</span>
      <span className="flex-1 truncate">{children}</span>
      {!!count && (
        <span className="num rounded-full bg-accent-soft px-1.5 text-2xs font-semibold text-accent-ink">
          {count > 99 ? '99+' : count}
        </span>
      )}
    </NavLink>
  )
}

/** On a phone: the places of the day within reach of the thumb, and the menu for all the rest. */
function PhoneBar({ objects, waiting, onMenu }: { objects: ObjectDef[]; waiting: number; onMenu: () => void }) {
  const { t, label } = useWords()
  const shown = ['account', 'opportunity'].map(name => objects.find(o => o.name === name)).filter(o => o !== undefined)
  const look = 'flex min-w-0 flex-col items-center justify-center gap-0.5 text-2xs font-medium'
  const place = ({ isActive }: { isActive: boolean }) => clsx(look, isActive ? 'text-accent-ink' : 'text-ink-3')
  return (
    <nav
      aria-label={t('records')}
      className="fixed inset-x-0 bottom-0 z-20 grid auto-cols-fr grid-flow-col border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] md:hidden [&>*]:h-14"
    >
      <NavLink to="/" end className={place}>
        <House size={19} />
        {t('home')}
      </NavLink>
      {shown.map(object => (
        <NavLink key={object.name} to={`/o/${object.name}`} className={place}>
          <ObjectIcon name={object.icon} size={19} />
          <span className="max-w-full truncate">{label(object.plural)}</span>
        </NavLink>
      ))}
      <NavLink to="/calendar" className={place}>
        <CalendarDays size={19} />
        {t('calendar')}
      </NavLink>
      <button type="button" onClick={onMenu} className={clsx(look, 'text-ink-3')}>
        <span className="relative">
          <MenuIcon size={19} />
          {waiting > 0 && <i className="absolute -top-0.5 -right-1 size-2 rounded-full bg-accent" />}
        </span>
        {t('more')}
      </button>
    </nav>
  )
}

interface Toggles {
  navigation: () => void
  search: () => void
  help: () => void
}

/** ⌘K searches, ⌘. hides the navigation, ? explains the keys; G and then a letter goes to a place. */
function useKeys(toggles: Toggles) {
  const navigate = useNavigate()
  const latest = useRef(toggles)
  latest.current = toggles
  useEffect(() => {
    let going = false
    const places: Record<string, string> = {
      h: '/',
      n: '/notifications',
      c: '/o/contact',
      a: '/o/account',
      o: '/o/order',
      p: '/o/product',
      t: '/o/task',
      l: '/o/lead',
      d: '/o/opportunity',
      q: '/o/quote',
      r: '/reports',
      s: '/sales',
      k: '/calendar',
      b: '/dashboards',
      i: '/imports',
    }
    const keys = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLElement && /INPUT|TEXTAREA|SELECT/.test(event.target.tagName)
      if ((event.metaKey || event.ctrlKey) && event.key === '.') latest.current.navigation()
      if ((event.metaKey || event.ctrlKey) && !event.shiftKey && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        latest.current.search()
      }
      if (typing || event.metaKey || event.ctrlKey) return
      if (event.key === '?') latest.current.help()
      const place = places[event.key]
      if (going && place) {
        event.stopImmediatePropagation()
        navigate(place)
      }
      going = event.key === 'g'
    }
    addEventListener('keydown', keys, true)
    return () => removeEventListener('keydown', keys, true)
  }, [navigate])
}
