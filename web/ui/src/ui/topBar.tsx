import { Menu as MenuIcon } from 'lucide-react'
import { createContext, type ReactNode, use } from 'react'
import { useWords } from '../platform/i18n'
import { Button } from './kit'

/** Opens the navigation where it is hidden. */
export const NavigationContext = createContext<() => void>(() => {})

interface TopBarProps {
  icon?: ReactNode
  title: ReactNode
  children?: ReactNode
  right?: ReactNode
}

export function TopBar({ icon, title, children, right }: TopBarProps) {
  const openNavigation = use(NavigationContext)
  const { t } = useWords()
  return (
    <header className="flex h-13 flex-none items-center gap-2 border-b border-line px-4 max-md:px-2">
      <Button
        kind="ghost"
        className="md:hidden"
        aria-label={t('menu')}
        onClick={openNavigation}
        icon={<MenuIcon size={18} />}
      />
      {icon && <span className="text-ink-3 max-md:hidden">{icon}</span>}
      <h1 className="flex min-w-0 items-center gap-1.5 truncate text-[15px] font-semibold tracking-[-.012em]">
        {title}
      </h1>
      {children}
      <div className="ml-auto flex items-center gap-2">{right}</div>
    </header>
  )
}
