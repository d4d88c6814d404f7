import { CircleAlert } from 'lucide-react'
import { useEffect } from 'react'
import { isRouteErrorResponse, useRouteError } from 'react-router'
import { useWords } from '../platform/i18n'
import { Button, Notice } from '../ui/kit'

/** What stands in place of a page that broke: what to do, and what to tell whoever mends it. */
export function Broken() {
  const { t } = useWords()
  const error = useRouteError()
  const detail = isRouteErrorResponse(error) ? error.statusText : error instanceof Error ? error.message : String(error)
  // a part of the product that this device has not kept; it comes by itself with the network
  const away = !navigator.onLine && /module/i.test(detail)
  useEffect(() => {
    if (!away) return
    const again = () => location.reload()
    addEventListener('online', again)
    return () => removeEventListener('online', again)
  }, [away])
  return (
    <main className="grid h-full place-items-center bg-canvas">
      <Notice icon={<CircleAlert size={18} />} text={t(away ? 'notKept' : 'broken')}>
        <Button kind="solid" onClick={() => location.reload()}>
          {t('reload')}
        </Button>
        <Button onClick={() => location.assign('/')}>{t('home')}</Button>
        {!away && <code className="w-full text-xs break-words text-ink-3">{detail}</code>}
      </Notice>
    </main>
  )
}
