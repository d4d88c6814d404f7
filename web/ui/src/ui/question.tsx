import { Dialog } from '@base-ui/react/dialog'
import type { ReactNode } from 'react'

interface QuestionProps {
  title: string
  text: string
  onClose: () => void
  children?: ReactNode
  /** The answers, the one that changes least first. */
  answers: ReactNode
}

/** Asks something that has to be decided before anything else goes on. */
export const Question = ({ title, text, onClose, children, answers }: QuestionProps) => (
  <Dialog.Root open onOpenChange={open => !open && onClose()}>
    <Dialog.Portal>
      <Dialog.Backdrop className="fixed inset-0 z-50 bg-black/25" />
      <Dialog.Popup className="pop fixed top-[20vh] left-1/2 z-50 w-[460px] max-w-[calc(100vw-16px)] -translate-x-1/2 overflow-hidden rounded-2xl border border-line bg-surface shadow-4 outline-none">
        <div className="px-5 pt-4 pb-4">
          <Dialog.Title className="text-[15px] font-semibold">{title}</Dialog.Title>
          <Dialog.Description className="mt-1 text-sm text-ink-2">{text}</Dialog.Description>
        </div>
        {children}
        <footer className="flex flex-wrap justify-end gap-2 border-t border-line bg-surface-2 px-5 py-3">
          {answers}
        </footer>
      </Dialog.Popup>
    </Dialog.Portal>
  </Dialog.Root>
)
