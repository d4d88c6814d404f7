import { ChevronsUpDown, Languages, LogOut, Mail, Moon, ShieldCheck, SlidersHorizontal, Sun } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useNavigate } from 'react-router'
import { setLanguage, useWords } from '../platform/i18n'
import { isOffline } from '../platform/keeping'
import { useOutbox } from '../platform/outbox'
import { forgetRecords } from '../platform/recent'
import { useSession, useSignOut } from '../platform/session'
import { setDark, useDark } from '../platform/theme'
import { Face } from '../ui/face'
import { Menu, MenuItem } from '../ui/kit'
import { toast } from '../ui/toast'

const OwnAddress = lazy(() => import('../features/profile/ownAddress'))
const Leaving = lazy(() => import('../features/offline/leaving'))
const Preferences = lazy(() => import('../features/profile/preferences'))

/** What is the user's own: language, looks, security, address, and the way out. */
export function AccountMenu() {
  const { t, lang } = useWords()
  const user = useSession().data?.user
  const signOut = useSignOut()
  const navigate = useNavigate()
  const dark = useDark()
  const [addressing, setAddressing] = useState(false)
  const [preferring, setPreferring] = useState(false)
  const waiting = useOutbox().length
  const [leaving, setLeaving] = useState(false)
  const leave = async () => {
    setLeaving(false)
    try {
      await signOut()
    } catch (error) {
      toast.error(isOffline(error) ? t('signOutFailed') : String(error))
      return
    }
    forgetRecords()
    navigate('/sign-in')
  }
  return (
    <div className="mt-auto pt-3">
      <Menu
        trigger={
          <button
            type="button"
            aria-label={t('accountMenu')}
            className="flex w-full items-center gap-2.5 rounded-lg p-1.5 text-left hover:bg-press"
          >
            <Face name={user?.name ?? ''} size={28} />
            <span className="min-w-0 flex-1 truncate text-sm font-medium">{user?.name}</span>
            <ChevronsUpDown size={13} className="text-ink-4" aria-hidden />
          </button>
        }
      >
        <MenuItem icon={<Languages size={15} />} onSelect={() => setLanguage(lang === 'en' ? 'zh-CN' : 'en')}>
          {t('language')}
        </MenuItem>
        <MenuItem icon={dark ? <Sun size={15} /> : <Moon size={15} />} onSelect={() => setDark(!dark)}>
          {t('switchTheme')}
        </MenuItem>
        <MenuItem icon={<SlidersHorizontal size={15} />} onSelect={() => setPreferring(true)}>
          {t('preferences')}
        </MenuItem>
        <MenuItem icon={<ShieldCheck size={15} />} onSelect={() => navigate('/profile')}>
          {t('security')}
        </MenuItem>
        <MenuItem icon={<Mail size={15} />} onSelect={() => setAddressing(true)}>
          {t('myAddress')}
        </MenuItem>
        <MenuItem icon={<LogOut size={15} />} onSelect={() => (waiting > 0 ? setLeaving(true) : leave())}>
          {t('signOut')}
        </MenuItem>
      </Menu>
      {leaving && (
        <Suspense>
          <Leaving onStay={() => setLeaving(false)} onLeave={leave} />
        </Suspense>
      )}
      {preferring && (
        <Suspense>
          <Preferences onClose={() => setPreferring(false)} />
        </Suspense>
      )}
      {addressing && (
        <Suspense>
          <OwnAddress onClose={() => setAddressing(false)} />
        </Suspense>
      )}
    </div>
  )
}
