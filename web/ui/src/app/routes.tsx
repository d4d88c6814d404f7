import { createBrowserRouter, Navigate } from 'react-router'
import { Shell } from './shell'

const imports = () => import('../features/import/imports')
const newImport = () => import('../features/import/newImport')
const importPage = () => import('../features/import/importPage')
const signIn = () => import('../features/signIn')

export const router = createBrowserRouter([
  { path: '/sign-in', lazy: async () => ({ Component: (await signIn()).SignInPage }) },
  { path: '/setup', lazy: async () => ({ Component: (await signIn()).SetupPage }) },
  {
    element: <Shell />,
    children: [
      { path: '/', element: <Navigate to="/o/contact" replace /> },
      { path: '/o/:object', lazy: async () => ({ Component: (await import('../records/list')).ListPage }) },
      { path: '/o/:object/:id', lazy: async () => ({ Component: (await import('../records/recordPage')).RecordPage }) },
      { path: '/imports', lazy: async () => ({ Component: (await imports()).ImportsPage }) },
      { path: '/imports/new', lazy: async () => ({ Component: (await newImport()).NewImportPage }) },
      { path: '/imports/:id', lazy: async () => ({ Component: (await importPage()).ImportPage }) },
      {
        path: '/recycle-bin',
        lazy: async () => ({ Component: (await import('../features/recycleBin')).RecycleBinPage }),
      },
      {
        path: '/duplicates',
        lazy: async () => ({ Component: (await import('../features/duplicates/duplicates')).DuplicatesPage }),
      },
      {
        path: '/quality',
        lazy: async () => ({ Component: (await import('../features/quality/quality')).QualityPage }),
      },
      {
        path: '/changes',
        lazy: async () => ({ Component: (await import('../features/batches/changes')).ChangesPage }),
      },
      {
        path: '/settings/objects',
        lazy: async () => ({ Component: (await import('../features/settings/objects')).ObjectsPage }),
      },
      {
        path: '/settings/objects/:object',
        lazy: async () => ({ Component: (await import('../features/settings/objectPage')).ObjectPage }),
      },
      { path: '*', element: <Navigate to="/" replace /> },
    ],
  },
])
