import clsx from 'clsx'
import {
  Archive,
  CircleDollarSign,
  Database,
  Eye,
  History,
  KeyRound,
  Lock,
  Network,
  ScrollText,
  Share2,
  ShieldUser,
  Users,
  Waves,
} from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { NavLink } from 'react-router'
import { useFunction } from '../../platform/meta'
import { Notice } from '../../ui/kit'
import { TopBar } from '../../ui/topBar'
import { LoadFailure } from '../loadFailure'
import { useSettingsWords } from './words'

interface Props {
  action?: ReactNode
  children: ReactNode
  /** The function of roles that the page asks for. */
  needs?: string
}

/** The frame of every page of the settings: what there is to set on the left, the page on the right. */
export function SettingsFrame({ action, children, needs = 'customize' }: Props) {
  const { s } = useSettingsWords()
  const permitted = useFunction(needs)
  const manages = useFunction('users')
  const audits = useFunction('audit')
  const guards = useFunction('privacy')
  const backs = useFunction('backup')
  const nav = useRef<HTMLElement>(null)
  // on a phone the pages stand in one row, of which only a part is seen
  useEffect(() => {
    nav.current?.querySelector('[aria-current=page]')?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [])
  return (
    <>
      <TopBar title={s('settings')} right={permitted && action} />
      <div className="flex min-h-0 flex-1 max-md:flex-col">
        <nav
          ref={nav}
          aria-label={s('settings')}
          className="w-52 flex-none overflow-y-auto border-line p-2.5 max-md:flex max-md:w-auto max-md:gap-1 max-md:overflow-x-auto max-md:border-b md:border-r"
        >
          <Heading>{s('data')}</Heading>
          <Item to="/settings/objects" icon={<Database size={15} aria-hidden />}>
            {s('objectsAndFields')}
          </Item>
          <Item to="/settings/sales" icon={<CircleDollarSign size={15} aria-hidden />}>
            {s('salesSettings')}
          </Item>
          <Item to="/changes" icon={<History size={15} aria-hidden />}>
            {s('changes')}
          </Item>
          {manages && (
            <>
              <Heading>{s('peopleAndRights')}</Heading>
              <Item to="/settings/people" icon={<Users size={15} aria-hidden />}>
                {s('people')}
              </Item>
              <Item to="/settings/organisation" icon={<Network size={15} aria-hidden />}>
                {s('organisation')}
              </Item>
              <Item to="/settings/roles" icon={<KeyRound size={15} aria-hidden />}>
                {s('roles')}
              </Item>
              <Item to="/settings/sharing" icon={<Share2 size={15} aria-hidden />}>
                {s('sharingRules')}
              </Item>
              <Item to="/settings/pools" icon={<Waves size={15} aria-hidden />}>
                {s('pools')}
              </Item>
              <Item to="/settings/access" icon={<Eye size={15} aria-hidden />}>
                {s('whoSeesWhat')}
              </Item>
            </>
          )}
          {guards && (
            <Item to="/settings/privacy" icon={<ShieldUser size={15} aria-hidden />}>
              {s('privacy')}
            </Item>
          )}
          {backs && (
            <Item to="/settings/backup" icon={<Archive size={15} aria-hidden />}>
              {s('backups')}
            </Item>
          )}
          {audits && (
            <Item to="/settings/audit" icon={<ScrollText size={15} aria-hidden />}>
              {s('auditLog')}
            </Item>
          )}
        </nav>
        <div className="min-h-0 flex-1 overflow-y-auto bg-canvas p-6 max-md:p-3">
          {permitted && <LoadFailure />}
          {permitted ? children : <Notice icon={<Lock size={18} />} text={s('noPermission')} />}
        </div>
      </div>
    </>
  )
}

const Heading = ({ children }: { children: ReactNode }) => (
  <p className="px-2 py-1.5 text-2xs font-medium text-ink-3 max-md:hidden">{children}</p>
)

function Item({ to, icon, children }: { to: string; icon: ReactNode; children: ReactNode }) {
  return (
    <NavLink
      to={to}
      className={({ isActive }) =>
        clsx(
          'flex h-8 flex-none items-center gap-2 rounded-lg px-2 text-sm font-medium whitespace-nowrap text-ink-2 hover:bg-press max-md:h-11',
          isActive && 'bg-press text-ink [&_svg]:text-accent',
        )
      }
    >
      {icon}
      {children}
    </NavLink>
  )
}
