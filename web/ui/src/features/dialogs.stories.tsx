import { useEffect } from 'react'
import { enqueue } from '../platform/outbox'
import { showConflict } from '../records/conflict'
import ConflictDialog from '../records/conflictDialog'
import CreateForm from '../records/createForm'
import type { Stories } from '../stories/story'
import { account, LONG_ZH, object } from '../stories/world'
import Leaving from './offline/leaving'
import { OutboxPage } from './offline/outbox'
import Palette from './palette'
import Preferences from './profile/preferences'
import Shortcuts from './shortcuts'

const field = (name: string) => {
  const found = object('account').fields.find(one => one.name === name)
  if (!found) throw new Error(name)
  return found
}

function Conflicting() {
  showConflict({
    object: 'account',
    field: field('industry'),
    before: 'logistics',
    mine: LONG_ZH,
    theirs: account({ industry: 'cold chain', updatedBy: { id: 'u2', name: '林若溪' } }),
    overwrite: () => {},
  })
  return <ConflictDialog />
}

function Unsent() {
  useEffect(() => {
    enqueue({ method: 'POST', path: '/records/visit', object: 'visit', title: LONG_ZH })
  }, [])
  return <Leaving onStay={() => {}} onLeave={() => {}} />
}

const stories: Stories = {
  'palette, nothing typed': { tall: true, show: () => <Palette onClose={() => {}} /> },
  'keys explained': { tall: true, show: () => <Shortcuts onClose={() => {}} /> },
  'keys explained on a phone': { tall: true, width: 390, show: () => <Shortcuts onClose={() => {}} /> },
  preferences: { tall: true, show: () => <Preferences onClose={() => {}} /> },
  'a conflict, long Chinese': { tall: true, show: () => <Conflicting /> },
  'a form': { tall: true, show: () => <CreateForm object={object('contact')} onClose={() => {}} /> },
  'a form, filled with long Chinese': {
    tall: true,
    show: () => (
      <CreateForm object={object('account')} given={account({ name: LONG_ZH, industry: LONG_ZH })} onClose={() => {}} />
    ),
  },
  'signing out over unsent changes': { tall: true, show: () => <Unsent /> },
  'an empty outbox': { tall: true, show: () => <OutboxPage /> },
}
export default stories
