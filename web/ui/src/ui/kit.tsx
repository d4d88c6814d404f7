import { Menu as BaseMenu } from '@base-ui/react/menu'
import { Popover as BasePopover } from '@base-ui/react/popover'
import clsx from 'clsx'
import type { ButtonHTMLAttributes, ReactElement, ReactNode, Ref } from 'react'

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  kind?: 'solid' | 'line' | 'ghost' | 'soft'
  icon?: ReactNode
  size?: 'sm' | 'md'
  ref?: Ref<HTMLButtonElement>
}

const look = (kind: ButtonProps['kind'], size: ButtonProps['size'], words: boolean) =>
  clsx(
    'inline-flex items-center gap-1.5 rounded-lg font-medium whitespace-nowrap select-none transition-colors disabled:opacity-50',
    size === 'md' ? 'h-8 text-sm max-md:h-10' : 'h-7 text-xs max-md:h-9',
    words ? 'px-2.5' : size === 'md' ? 'w-8 justify-center max-md:w-10' : 'w-7 justify-center max-md:w-9',
    kind === 'solid' && 'bg-solid text-on-solid hover:bg-solid-hover shadow-1',
    kind === 'line' && 'bg-surface text-ink border border-line-2 hover:bg-hover shadow-1',
    kind === 'ghost' && 'text-ink-2 hover:bg-press hover:text-ink',
    kind === 'soft' && 'bg-accent-soft text-accent-ink hover:brightness-97',
  )

export function Button({ kind = 'line', icon, size = 'md', className, children, ...props }: ButtonProps) {
  return (
    <button type="button" {...props} className={clsx(look(kind, size, !!children), className)}>
      {icon}
      {children}
    </button>
  )
}

/** Looks like a button and leads somewhere. */
export const linkLook = (kind: 'solid' | 'line') => look(kind, 'md', true)

export function Tag({ color = 'gray', children, dot = true }: { color?: string; children: ReactNode; dot?: boolean }) {
  return (
    <span
      className="inline-flex h-[22px] max-w-full items-center gap-1.5 rounded-md px-2 text-xs font-medium"
      style={{ background: `var(--${color}-b)`, color: `var(--${color}-f)` }}
    >
      {dot && <i className="size-1.5 flex-none rounded-full" style={{ background: `var(--${color}-d)` }} />}
      <span className="truncate">{children}</span>
    </span>
  )
}

export const Kbd = ({ children }: { children: ReactNode }) => (
  <kbd className="inline-grid h-[18px] min-w-[18px] place-items-center rounded border border-line-2 bg-surface px-1 font-sans text-2xs text-ink-3">
    {children}
  </kbd>
)

interface CheckboxProps {
  checked: boolean | 'indeterminate'
  onChange: (checked: boolean) => void
  label: string
  disabled?: boolean
}

/** The browser's own: a list shows dozens at once. */
export const Checkbox = ({ checked, onChange, label, disabled }: CheckboxProps) => (
  <input
    type="checkbox"
    ref={box => {
      if (box) box.indeterminate = checked === 'indeterminate'
    }}
    checked={checked === true}
    disabled={disabled}
    onChange={event => onChange(event.target.checked)}
    aria-label={label}
    className="block size-4 cursor-pointer accent-(--accent) disabled:cursor-default"
  />
)

const panel = 'rounded-xl border border-line bg-surface shadow-3 pop outline-none'
export const itemClass =
  'flex min-h-8 items-center gap-2 rounded-md px-2 text-sm text-ink outline-none select-none data-[highlighted]:bg-hover max-md:min-h-11'

interface PopoverProps {
  trigger: ReactElement
  children: ReactNode
  className?: string
  open?: boolean
  onOpenChange?: (open: boolean) => void
  align?: 'start' | 'end'
}

export const Popover = ({ trigger, children, className, open, onOpenChange, align = 'start' }: PopoverProps) => (
  <BasePopover.Root open={open} onOpenChange={onOpenChange}>
    <BasePopover.Trigger render={trigger} />
    <BasePopover.Portal>
      <BasePopover.Positioner align={align} sideOffset={6} collisionPadding={8} className="z-50">
        <BasePopover.Popup className={clsx(panel, 'p-1.5', className)}>{children}</BasePopover.Popup>
      </BasePopover.Positioner>
    </BasePopover.Portal>
  </BasePopover.Root>
)

interface MenuProps {
  trigger: ReactElement
  children: ReactNode
  align?: 'start' | 'end'
}

export const Menu = ({ trigger, children, align = 'start' }: MenuProps) => (
  <BaseMenu.Root modal={false}>
    <BaseMenu.Trigger render={trigger} />
    <BaseMenu.Portal>
      <BaseMenu.Positioner align={align} sideOffset={6} collisionPadding={8} className="z-50">
        <BaseMenu.Popup className={clsx(panel, 'max-h-96 min-w-[190px] overflow-auto p-1.5')}>
          {children}
        </BaseMenu.Popup>
      </BaseMenu.Positioner>
    </BaseMenu.Portal>
  </BaseMenu.Root>
)

interface MenuItemProps {
  icon?: ReactNode
  children: ReactNode
  danger?: boolean
  onSelect?: () => void
}

export const MenuItem = ({ icon, children, danger, onSelect }: MenuItemProps) => (
  <BaseMenu.Item onClick={onSelect} className={clsx(itemClass, danger && 'text-neg')}>
    <span className="grid w-4 place-items-center text-ink-3">{icon}</span>
    <span className="flex-1">{children}</span>
  </BaseMenu.Item>
)

export const Skeleton = ({ width, height = 10 }: { width: number | string; height?: number }) => (
  <span className="sk inline-block" style={{ width, height }} aria-hidden />
)

/** What stands where a list will be. */
export const Waiting = () => (
  <div className="flex flex-col gap-3.5 px-4 py-4" aria-busy>
    <Skeleton width="70%" />
    <Skeleton width="55%" />
    <Skeleton width="62%" />
  </div>
)

export const box =
  'flex min-h-8 w-full min-w-0 items-center gap-2 rounded-lg border border-line-2 bg-surface px-2.5 text-sm text-ink shadow-1 outline-none placeholder:text-ink-3 focus-within:border-accent focus:border-accent aria-[invalid=true]:border-neg data-invalid:border-neg max-md:min-h-11'

interface NoticeProps {
  icon: ReactNode
  text: string
  children?: ReactNode
}

/** What stands where there is nothing to show: one line that says why, and the next act. */
export const Notice = ({ icon, text, children }: NoticeProps) => (
  <div className="flex flex-col items-center gap-3 px-6 py-14 text-center">
    <span className="grid size-11 place-items-center rounded-full bg-sunken text-ink-3">{icon}</span>
    <p className="max-w-md text-sm text-ink-2">{text}</p>
    {children && <div className="flex flex-wrap justify-center gap-2">{children}</div>}
  </div>
)
