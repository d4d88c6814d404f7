import { useState } from 'react'
import { resolvePath } from '../../platform/meta'
import type { RecordItem } from '../../platform/types'
import type { Stories } from '../../stories/story'
import { contacts, LONG_EN, LONG_ZH, object, objects } from '../../stories/world'
import { Grid } from './grid'

function Shown({ items, total, mobile = false }: { items: RecordItem[]; total: number; mobile?: boolean }) {
  const [selected, setSelected] = useState(new Set(items.slice(1, 3).map(item => item.id)))
  const contact = object('contact')
  const columns = contact.layouts.list.map(path => resolvePath(objects, contact, path)).filter(c => c !== undefined)
  return (
    <Grid
      object={contact}
      columns={columns}
      total={total}
      row={index => items[index]}
      onRange={() => {}}
      ready={async () => {}}
      sort="name"
      onSort={() => {}}
      onColumns={() => {}}
      selected={selected}
      onSelect={setSelected}
      onOpen={() => {}}
      onPage={() => {}}
      mobile={mobile}
    />
  )
}

const long = contacts.map(item => ({
  ...item,
  name: { family: '欧阳', given: LONG_ZH.slice(0, 20) },
  title: LONG_EN,
  account: { id: 'a', name: LONG_ZH },
}))

const stories: Stories = {
  loading: { tall: true, show: () => <Shown items={[]} total={20} /> },
  'with rows, some chosen': { tall: true, show: () => <Shown items={contacts} total={contacts.length} /> },
  'long names': { tall: true, show: () => <Shown items={long} total={long.length} /> },
  'on a phone': { tall: true, width: 390, show: () => <Shown items={contacts} total={contacts.length} mobile /> },
}
export default stories
