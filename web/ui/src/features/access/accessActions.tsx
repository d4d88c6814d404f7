import { Share2 } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useDictionary } from '../../platform/i18n'
import type { RecordItem } from '../../platform/types'
import type { May } from '../../records/may'
import { Button } from '../../ui/kit'
import { PoolActions } from '../pools/poolActions'

const ShareRecord = lazy(() => import('./shareRecord'))

/** Sharing a record, and what pools offer, on the record's page. */
export default function AccessActions({
  object,
  item,
  may,
}: {
  object: string
  item: RecordItem
  may: May | undefined
}) {
  const { w } = useDictionary({ share: 'Share' }, { share: '共享' })
  const [sharing, setSharing] = useState(false)
  return (
    <>
      {(object === 'account' || object === 'lead') && <PoolActions object={object} item={item} />}
      {may?.share && (
        <Button kind="ghost" aria-label={w('share')} icon={<Share2 size={15} />} onClick={() => setSharing(true)} />
      )}
      {sharing && (
        <Suspense>
          <ShareRecord object={object} id={item.id} onClose={() => setSharing(false)} />
        </Suspense>
      )}
    </>
  )
}
