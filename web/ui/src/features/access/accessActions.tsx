import { Share2, UserRoundX } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useDictionary } from '../../platform/i18n'
import { useFunction, useObject } from '../../platform/meta'
import type { RecordItem } from '../../platform/types'
import type { May } from '../../records/may'
import { Button } from '../../ui/kit'
import { PoolActions } from '../pools/poolActions'

const ShareRecord = lazy(() => import('./shareRecord'))
const PersonDrawer = lazy(() => import('../privacy/personDrawer'))

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
  const { w } = useDictionary({ share: 'Share', privacy: 'Personal data' }, { share: '共享', privacy: '个人信息' })
  const [sharing, setSharing] = useState(false)
  const [privacy, setPrivacy] = useState(false)
  const guards = useFunction('privacy')
  const definition = useObject(object)
  const person = definition?.fields.some(f => f.name === definition.nameField && f.type === 'personName')
  return (
    <>
      {(object === 'account' || object === 'lead') && <PoolActions object={object} item={item} />}
      {may?.share && (
        <Button kind="ghost" aria-label={w('share')} icon={<Share2 size={15} />} onClick={() => setSharing(true)} />
      )}
      {guards && person && object !== 'user' && (
        <Button
          kind="ghost"
          aria-label={w('privacy')}
          icon={<UserRoundX size={15} />}
          onClick={() => setPrivacy(true)}
        />
      )}
      {privacy && (
        <Suspense>
          <PersonDrawer object={object} id={item.id} onClose={() => setPrivacy(false)} />
        </Suspense>
      )}
      {sharing && (
        <Suspense>
          <ShareRecord object={object} id={item.id} onClose={() => setSharing(false)} />
        </Suspense>
      )}
    </>
  )
}
