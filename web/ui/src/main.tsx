import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router'
import { Toaster } from 'sonner'
import { router } from './app/routes'
import './design/app.css'
import { startI18n } from './platform/i18n'
import { keepCache, startFrom } from './platform/offline'

startI18n()
const client = new QueryClient({
  defaultOptions: {
    queries: { retry: 1, refetchOnWindowFocus: false, networkMode: 'always', gcTime: 30 * 60_000 },
    mutations: { networkMode: 'always' },
  },
})
const root = document.getElementById('root')
await startFrom(client)
keepCache(client)
if (import.meta.env.PROD && 'serviceWorker' in navigator && window.isSecureContext)
  navigator.serviceWorker.register('/sw.js').catch(() => undefined)
if (root)
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
        <Toaster
          position="bottom-center"
          duration={6000}
          toastOptions={{
            style: {
              background: 'var(--solid)',
              color: 'var(--on-solid)',
              border: 0,
              borderRadius: 12,
              fontFamily: 'var(--font)',
              fontSize: 13,
            },
            actionButtonStyle: { background: 'transparent', color: 'var(--on-solid)', textDecoration: 'underline' },
          }}
        />
      </QueryClientProvider>
    </StrictMode>,
  )
