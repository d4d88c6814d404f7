import { useQuery } from '@tanstack/react-query'
import { ChevronRight, Search, Trash2 } from 'lucide-react'
import { lazy, Suspense, useEffect } from 'react'
import { Link, Navigate, useNavigate, useParams } from 'react-router'
import { recordName } from '../../fields/recordName'
import { api, whyAbsent } from '../../platform/api'
import { useWords } from '../../platform/i18n'
import { useObjects } from '../../platform/meta'
import { rememberRecord } from '../../platform/recent'
import type { ObjectDef, RecordItem } from '../../platform/types'
import { Button, Notice, Skeleton } from '../../ui/kit'
import { TopBar } from '../../ui/topBar'
import { useDeleteRecord } from '../changes'
import { useMay } from '../may'
import { Details } from './details'
import { Headline } from './headline'
import { Highlights } from './highlights'
import { PathBar } from './pathBar'
import { OthersHere } from './presence'
import { QuickActions } from './quickActions'
import { RecordTabs } from './tabs'

const RecordActions = lazy(() => import('../../features/sales/recordActions'))
const AccessActions = lazy(() => import('../../features/access/accessActions'))
const Lines = lazy(() => import('../../features/sales/lines'))
const Consents = lazy(() => import('../../features/privacy/consents'))

/** One record of any object. */
export function RecordPage() {
  const { object: name = '', id = '' } = useParams()
  const objects = useObjects()
  const { t } = useWords()
  const object = objects.data?.get(name)
  const record = useQuery({
    queryKey: ['record', name, id],
    queryFn: () => api<RecordItem>('GET', `/records/${name}/${id}`),
    retry: false,
  })
  if (objects.isPending || record.isPending) return <RecordSkeleton />
  if (!object || !record.data)
    return (
      <>
        <TopBar title="" />
        <Notice icon={<Search size={18} />} text={whyAbsent(record.error ?? objects.error, t('notFound'))}>
          <Button onClick={() => record.refetch()}>{t('retry')}</Button>
        </Notice>
      </>
    )
  // a record that was merged is answered with the one that stands for it
  if (record.data.id !== id) return <Navigate to={`/o/${name}/${record.data.id}`} replace />
  return <RecordView key={id} object={object} item={record.data} />
}

function RecordSkeleton() {
  return (
    <div className="flex flex-col gap-4 p-8" aria-busy>
      <Skeleton width={220} height={22} />
      <Skeleton width="60%" />
      <Skeleton width="45%" />
      <Skeleton width="52%" />
    </div>
  )
}

function RecordView({ object, item }: { object: ObjectDef; item: RecordItem }) {
  const { t, label, lang } = useWords()
  const navigate = useNavigate()
  const remove = useDeleteRecord(object.name)
  const may = useMay(object.name, item.id)
  const name = recordName(object, item, lang)
  useEffect(() => {
    if (name) rememberRecord({ object: object.name, id: item.id, name })
  }, [object.name, item.id, name])
  return (
    <>
      <TopBar
        title={
          <>
            <Link to={`/o/${object.name}`} className="font-normal text-ink-3 hover:text-ink">
              {label(object.plural)}
            </Link>
            <ChevronRight size={14} className="flex-none text-ink-4" aria-hidden />
            <span className="truncate">{name || '—'}</span>
          </>
        }
        right={
          <>
            <OthersHere object={object.name} id={item.id} />
            <Suspense>
              {may?.update !== false && <RecordActions object={object.name} item={item} />}
              <AccessActions object={object.name} item={item} may={may} />
            </Suspense>
            {object.operations.includes('delete') && may?.delete !== false && (
              <Button
                kind="ghost"
                aria-label={t('delete')}
                icon={<Trash2 size={15} />}
                onClick={async () => (await remove(item)) && navigate(`/o/${object.name}`)}
              />
            )}
          </>
        }
      />
      <div className="flex min-h-0 flex-1 overflow-hidden max-lg:flex-col max-lg:overflow-y-auto">
        <div className="min-w-0 flex-1 lg:overflow-y-auto">
          <div className="mx-auto max-w-[880px] px-6 py-5 max-md:px-4">
            <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
              <Headline object={object} item={item} name={name} />
              <QuickActions object={object} item={item} />
            </div>
            <PathBar object={object} item={item} />
            <Highlights object={object} item={item} />
            <Suspense>
              <Lines object={object} item={item} />
            </Suspense>
            <RecordTabs object={object} item={item} />
          </div>
        </div>
        <aside
          aria-label={t('details')}
          className="w-[336px] flex-none border-l border-line lg:overflow-y-auto max-lg:w-full max-lg:border-t max-lg:border-l-0"
        >
          {(object.name === 'contact' || object.name === 'lead') && (
            <Suspense>
              <Consents object={object} item={item} />
            </Suspense>
          )}
          <Details object={object} item={item} />
        </aside>
      </div>
    </>
  )
}
