import { useQuery } from '@tanstack/react-query'
import { FileUp } from 'lucide-react'
import { Link } from 'react-router'
import { api } from '../../platform/api'
import { formatNumber, formatRelative } from '../../platform/format'
import { useWords } from '../../platform/i18n'
import { useObjects } from '../../platform/meta'
import { ObjectIcon } from '../../ui/icon'
import { linkLook, Notice, Waiting } from '../../ui/kit'
import { TopBar } from '../../ui/topBar'
import { LoadFailure } from '../loadFailure'
import type { Import } from './model'
import { StateTag } from './parts'

/** All imports of the user, newest first. */
export function ImportsPage() {
  const { t, label, lang } = useWords()
  const objects = useObjects().data
  const query = useQuery({ queryKey: ['imports'], queryFn: () => api<{ items: Import[] }>('GET', '/imports') })
  const items = query.data?.items ?? []
  return (
    <>
      <TopBar
        icon={<FileUp size={16} />}
        title={t('imports')}
        right={
          <Link to="/imports/new" className={linkLook('solid')}>
            {t('import')}
          </Link>
        }
      />
      <LoadFailure />
      {query.isPending && <Waiting />}
      {query.isSuccess && !items.length && <Notice icon={<FileUp size={18} />} text={t('dropHint')} />}
      <ul className="min-h-0 flex-1 overflow-y-auto">
        {items.map(it => (
          <li key={it.id} className="border-b border-line">
            <Link to={`/imports/${it.id}`} className="flex min-h-12 items-center gap-3 px-4 hover:bg-hover">
              <span className="text-ink-3">
                <ObjectIcon name={objects?.get(it.object)?.icon ?? ''} />
              </span>
              <span className="min-w-0 flex-1 truncate font-medium">{it.fileName}</span>
              <span className="text-ink-3 max-md:hidden">
                {objects?.get(it.object) && label(objects.get(it.object)?.plural ?? { en: '', 'zh-CN': '' })}
              </span>
              <span className="num text-xs text-ink-3">{formatNumber(it.counts.read ?? 0, lang)}</span>
              <StateTag state={it.state} />
              <span className="num w-24 text-right text-xs text-ink-3 max-md:hidden">
                {formatRelative(it.createdAt, lang)}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </>
  )
}
