import { createBrowserRouter, Navigate } from 'react-router'
import { Broken } from '../features/broken'
import { Shell } from './shell'

const imports = () => import('../features/import/imports')
const newImport = () => import('../features/import/newImport')
const importPage = () => import('../features/import/importPage')
const dashboards = () => import('../features/dashboards/dashboards')
const reports = () => import('../features/figures/reports')
const roles = () => import('../features/settings/roles')
const signIn = () => import('../features/signIn')

export const router = createBrowserRouter([
  { path: '/sign-in', lazy: async () => ({ Component: (await signIn()).SignInPage }) },
  { path: '/setup', lazy: async () => ({ Component: (await signIn()).SetupPage }) },
  { path: '/join', lazy: async () => ({ Component: (await signIn()).JoinPage }) },
  { path: '/forgotten', lazy: async () => ({ Component: (await signIn()).ForgottenPage }) },
  {
    path: '/q/:token',
    lazy: async () => ({ Component: (await import('../features/public/publicQuote')).PublicQuotePage }),
  },
  {
    path: '/f/:token',
    lazy: async () => ({ Component: (await import('../features/public/publicForm')).PublicFormPage }),
  },
  {
    element: <Shell />,
    errorElement: <Broken />,
    children: [
      { path: '/', lazy: async () => ({ Component: (await import('../features/home/home')).HomePage }) },
      { path: '/o/:object', lazy: async () => ({ Component: (await import('../records/list')).ListPage }) },
      {
        path: '/o/:object/:id',
        lazy: async () => ({ Component: (await import('../records/page/recordPage')).RecordPage }),
      },
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
        path: '/sales',
        lazy: async () => ({ Component: (await import('../features/figures/overview')).OverviewPage }),
      },
      { path: '/dashboards', lazy: async () => ({ Component: (await dashboards()).DashboardsPage }) },
      { path: '/dashboards/:id', lazy: async () => ({ Component: (await dashboards()).DashboardPage }) },
      { path: '/reports', lazy: async () => ({ Component: (await reports()).ReportsPage }) },
      { path: '/reports/:name', lazy: async () => ({ Component: (await reports()).ReportPage }) },
      {
        path: '/forecast',
        lazy: async () => ({ Component: (await import('../features/figures/forecast')).ForecastPage }),
      },
      {
        path: '/commissions',
        lazy: async () => ({ Component: (await import('../features/figures/commissions')).CommissionsPage }),
      },
      {
        path: '/calendar',
        lazy: async () => ({ Component: (await import('../features/calendar/calendar')).CalendarPage }),
      },
      {
        path: '/notifications',
        lazy: async () => ({ Component: (await import('../features/notifications/notifications')).NotificationsPage }),
      },
      {
        path: '/outbox',
        lazy: async () => ({ Component: (await import('../features/offline/outbox')).OutboxPage }),
      },
      {
        path: '/pools',
        lazy: async () => ({ Component: (await import('../features/pools/poolsPage')).PoolsPage }),
      },
      {
        path: '/profile',
        lazy: async () => ({ Component: (await import('../features/profile/security')).SecurityPage }),
      },
      {
        path: '/settings/people',
        lazy: async () => ({ Component: (await import('../features/settings/people')).PeoplePage }),
      },
      {
        path: '/settings/organisation',
        lazy: async () => ({ Component: (await import('../features/settings/organisation')).OrganisationPage }),
      },
      { path: '/settings/roles', lazy: async () => ({ Component: (await roles()).RolesPage }) },
      { path: '/settings/roles/:name', lazy: async () => ({ Component: (await roles()).RolePage }) },
      {
        path: '/settings/sharing',
        lazy: async () => ({ Component: (await import('../features/settings/sharing')).SharingPage }),
      },
      {
        path: '/settings/backup',
        lazy: async () => ({ Component: (await import('../features/settings/backup')).BackupPage }),
      },
      {
        path: '/settings/privacy',
        lazy: async () => ({ Component: (await import('../features/settings/privacy')).PrivacyPage }),
      },
      {
        path: '/settings/pools',
        lazy: async () => ({ Component: (await import('../features/settings/poolSettings')).PoolSettingsPage }),
      },
      {
        path: '/settings/access',
        lazy: async () => ({ Component: (await import('../features/settings/whoSeesWhat')).WhoSeesWhatPage }),
      },
      {
        path: '/settings/audit',
        lazy: async () => ({ Component: (await import('../features/settings/audit')).AuditPage }),
      },
      {
        path: '/settings/sales',
        lazy: async () => ({ Component: (await import('../features/settings/salesSettings')).SalesSettingsPage }),
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
