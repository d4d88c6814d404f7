import { Dialog } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from './kit'

interface DrawerProps {
  title: string
  closeLabel: string
  onClose: () => void
  children: ReactNode
  footer: ReactNode
}

/** A panel over the right edge: forms, without losing what is behind. */
export const Drawer = ({ title, closeLabel, onClose, children, footer }: DrawerProps) => (
  <Dialog.Root open onOpenChange={open => !open && onClose()}>
    <Dialog.Portal>
      <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/25" />
      <Dialog.Popup className="fixed inset-y-2 right-2 z-40 flex w-[480px] max-w-[calc(100vw-16px)] flex-col overflow-hidden rounded-2xl border border-line bg-surface shadow-4 outline-none pop">
        <header className="flex h-13 flex-none items-center border-b border-line px-5">
          <Dialog.Title className="text-[15px] font-semibold">{title}</Dialog.Title>
          <Dialog.Close
            render={<Button kind="ghost" aria-label={closeLabel} icon={<X size={16} />} className="ml-auto" />}
          />
        </header>
        <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
        <footer className="flex min-h-14 flex-none items-center gap-2 border-t border-line bg-surface-2 px-5">
          {footer}
        </footer>
      </Dialog.Popup>
    </Dialog.Portal>
  </Dialog.Root>
)
