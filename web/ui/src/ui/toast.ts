import type { ExternalToast } from 'sonner'

const sonner = () => import('sonner')

/** Says something in passing at the lower edge, perhaps with the way back. Loaded when there is something to say. */
export const toast = Object.assign(
  (text: string, options?: ExternalToast) => void sonner().then(loaded => loaded.toast(text, options)),
  { error: (text: string, options?: ExternalToast) => void sonner().then(loaded => loaded.toast.error(text, options)) },
)
