import { useQuery } from '@tanstack/react-query'
import { ArrowDown, ArrowUp, Maximize2, Search, X } from 'lucide-react'
import { useEffect } from 'react'
import { Link } from 'react-router'
import { recordName } from '../fields/recordName'
import { api, whyAbsent } from '../platform/api'
import { formatNumber } from '../platform/format'
import { useWords } from '../platform/i18n'
import type { ObjectDef, RecordItem } from '../platform/types'
import { Button, linkLook, Notice, Skeleton } from '../ui/kit'
import { Details } from './page/details'
import { Headline } from './page/headline'
import { Highlights } from './page/highlights'
import { PathBar } from './page/pathBar'
import { OthersHere } from './page/presence'
import { QuickActions } from './page/quickActions'
import { RecordTabs } from './page/tabs'
import { useRecordWords } from './words'

interface Props {
  object: ObjectDef
  id: string
  /** Its place in the list, if that is known. */
  index: number
  total: number
  onMove: (by: number) => void
  onClose: () => void
}

/** A record beside the list that it was opened from; the arrows go on to its neighbours. */
export default function Preview({ object, id, index, total, onMove, onClose }: Props) {
  const { t, lang } = useWords()
  const { w } = useRecordWords()
  const record = useQuery({
    queryKey: ['record', object.name, id],
    queryFn: () => api<RecordItem>('GET', `/records/${object.name}/${id}`),
    retry: false,
  })
  useEffect(() => {
    const keys = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLElement && /INPUT|TEXTAREA|SELECT/.test(event.target.tagName)
      if (event.key === 'Escape' && !typing && !event.defaultPrevented) onClose()
    }
    addEventListener('keydown', keys)
    return () => removeEventListener('keydown', keys)
  }, [onClose])
  const item = record.data
  const name = item ? recordName(object, item, lang) : ''
  return (
    <aside
      aria-label={name || t('details')}
      className="flex w-[520px] max-w-[55%] flex-none flex-col border-l border-line bg-surface max-lg:absolute max-lg:inset-y-0 max-lg:right-0 max-lg:z-40 max-lg:max-w-full max-lg:shadow-4"
    >
      <header className="flex h-11 flex-none items-center gap-1 border-b border-line px-3">
        <Button
          kind="ghost"
          size="sm"
          aria-label={w('previous')}
          disabled={index <= 0}
          icon={<ArrowUp size={15} />}
          onClick={() => onMove(-1)}
        />
        <Button
          kind="ghost"
          size="sm"
          aria-label={w('next')}
          disabled={index < 0 || index >= total - 1}
          icon={<ArrowDown size={15} />}
          onClick={() => onMove(1)}
        />
        {index >= 0 && (
          <span className="num text-xs text-ink-3">
            {w('position', { n: formatNumber(index + 1, lang), total: formatNumber(total, lang) })}
          </span>
        )}
        <span className="ml-auto flex min-w-0 items-center gap-1">
          <OthersHere key={id} object={object.name} id={id} />
          <Link to={`/o/${object.name}/${id}`} aria-label={w('openPage')} className={linkLook('line')}>
            <Maximize2 size={13} />
            <span className="max-xl:hidden">{w('openPage')}</span>
          </Link>
          <Button kind="ghost" size="sm" aria-label={t('close')} icon={<X size={15} />} onClick={onClose} />
        </span>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">
        {record.isError && !item ? (
          <Notice icon={<Search size={18} />} text={whyAbsent(record.error, t('notFound'))} />
        ) : item ? (
          <>
            <div className="px-4 py-4">
              <div className="flex flex-col gap-3">
                <Headline object={object} item={item} name={name} />
                <QuickActions object={object} item={item} />
              </div>
              <PathBar object={object} item={item} />
              <Highlights object={object} item={item} />
            </div>
            <div className="border-t border-line">
              <Details key={id} object={object} item={item} />
            </div>
            <div className="px-4 pb-6">
              <RecordTabs key={id} object={object} item={item} />
            </div>
          </>
        ) : (
          <div className="flex flex-col gap-4 p-6" aria-busy>
            <Skeleton width={180} height={20} />
            <Skeleton width="70%" />
            <Skeleton width="50%" />
          </div>
        )}
      </div>
    </aside>
  )
}
