import { type ComponentType, lazy } from 'react'
import type { Stories } from './story'
import type { Replies } from './world'

const page = <Name extends string>(load: () => Promise<Record<Name, ComponentType>>, name: Name) =>
  lazy(async () => ({ default: (await load())[name] }))

/** Every page by itself: it has to say for itself that it waits, and why it cannot show anything. */
const PAGES: Record<string, ComponentType> = {
  notifications: page(() => import('../features/notifications/notifications'), 'NotificationsPage'),
  imports: page(() => import('../features/import/imports'), 'ImportsPage'),
  'recycle bin': page(() => import('../features/recycleBin'), 'RecycleBinPage'),
  duplicates: page(() => import('../features/duplicates/duplicates'), 'DuplicatesPage'),
  quality: page(() => import('../features/quality/quality'), 'QualityPage'),
  changes: page(() => import('../features/batches/changes'), 'ChangesPage'),
  'sales overview': page(() => import('../features/figures/overview'), 'OverviewPage'),
  forecast: page(() => import('../features/figures/forecast'), 'ForecastPage'),
  commissions: page(() => import('../features/figures/commissions'), 'CommissionsPage'),
  calendar: page(() => import('../features/calendar/calendar'), 'CalendarPage'),
  pools: page(() => import('../features/pools/poolsPage'), 'PoolsPage'),
  security: page(() => import('../features/profile/security'), 'SecurityPage'),
  dashboards: page(() => import('../features/dashboards/dashboards'), 'DashboardsPage'),
  people: page(() => import('../features/settings/people'), 'PeoplePage'),
  organisation: page(() => import('../features/settings/organisation'), 'OrganisationPage'),
  roles: page(() => import('../features/settings/roles'), 'RolesPage'),
  sharing: page(() => import('../features/settings/sharing'), 'SharingPage'),
  backup: page(() => import('../features/settings/backup'), 'BackupPage'),
  privacy: page(() => import('../features/settings/privacy'), 'PrivacyPage'),
  'who sees what': page(() => import('../features/settings/whoSeesWhat'), 'WhoSeesWhatPage'),
  audit: page(() => import('../features/settings/audit'), 'AuditPage'),
  objects: page(() => import('../features/settings/objects'), 'ObjectsPage'),
}

const except = (reply: 'pending' | 'failed'): Replies => [[/^(?!GET \/(objects|session)$)/, reply]]

const stories: Stories = {}
for (const [name, Page] of Object.entries(PAGES))
  for (const state of ['pending', 'failed'] as const)
    stories[`${name}, ${state}`] = { tall: true, show: () => <Page />, server: except(state) }

export default stories
