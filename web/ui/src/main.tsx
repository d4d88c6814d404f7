import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { lazy, StrictMode, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router'
import { router } from './app/routes'
import './design/app.css'
import { startI18n } from './platform/i18n'
import { isKeeping } from './platform/keeping'

const Toaster = lazy(() => import('./ui/toaster'))
const client = new QueryClient({
  defaultOptions: {
    queries: { retry: 1, refetchOnWindowFocus: false, networkMode: 'always', gcTime: 30 * 60_000 },
    mutations: { networkMode: 'always' },
  },
})
const root = document.getElementById('root')
await startI18n()
if (isKeeping()) {
  const { keepCache, startFrom } = await import('./platform/offline')
  await startFrom(client)
  keepCache(client)
}
if (import.meta.env.PROD && 'serviceWorker' in navigator && window.isSecureContext)
  navigator.serviceWorker.register('/sw.js').catch(() => undefined)
if (root)
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <RouterProvider router={router} />
        <Suspense>
          <Toaster />
        </Suspense>
      </QueryClientProvider>
    </StrictMode>,
  )
