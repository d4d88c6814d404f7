import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { createMemoryRouter, RouterProvider } from 'react-router'
import '../design/app.css'
import { startI18n } from '../platform/i18n'
import Toaster from '../ui/toaster'
import type { Stories, Story } from './story'
import { answerWith } from './world'

const files = import.meta.glob<{ default: Stories }>('../**/*.stories.tsx', { eager: true })
const all = new Map<string, Story>()
for (const [path, { default: stories }] of Object.entries(files)) {
  const component = path.replace(/^\.{1,2}\//, '').replace(/\.stories\.tsx$/, '')
  for (const [state, story] of Object.entries(stories)) all.set(`${component}: ${state}`, story)
}
Object.assign(window, { stories: [...all.keys()] })

const wanted = new URLSearchParams(location.search).get('story') ?? ''
const story = all.get(wanted)
const root = createRoot(document.getElementById('root') as HTMLElement)

function Index() {
  return (
    <ul className="p-6">
      {[...all.keys()].map(name => (
        <li key={name}>
          <a className="text-accent-ink hover:underline" href={`?story=${encodeURIComponent(name)}`}>
            {name}
          </a>
        </li>
      ))}
    </ul>
  )
}

await startI18n()
if (!story) root.render(<Index />)
else {
  answerWith(story.server ?? [])
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, networkMode: 'always' } } })
  const place = (
    <main
      id="story"
      className={`flex flex-col bg-surface ${story.tall ? 'h-screen' : 'p-4'}`}
      style={{ width: story.width, maxWidth: '100%' }}
    >
      <Suspense>{story.show()}</Suspense>
    </main>
  )
  const router = createMemoryRouter([{ path: '*', element: place }], { initialEntries: ['/'] })
  root.render(
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
      <Toaster />
    </QueryClientProvider>,
  )
}
