import { namingField, recordName } from '../fields/recordName'
import type { Wanted } from '../fields/related'
import { useWords } from '../platform/i18n'
import { useObject } from '../platform/meta'
import type { FieldValue, ObjectDef } from '../platform/types'
import CreateForm from './createForm'

const HAN = /\p{Script=Han}/u

/** The text as the name of a new record: of a Chinese person the family name first, of others last. */
function nameFrom(object: ObjectDef, text: string): Record<string, FieldValue> {
  const field = namingField(object)
  if (!field?.writable || !text.trim()) return {}
  if (field.type === 'text') return { [field.name]: text.trim() }
  if (field.type !== 'personName') return {}
  const characters = [...text.trim()]
  if (HAN.test(text)) return { [field.name]: { family: characters[0] ?? '', given: characters.slice(1).join('') } }
  const words = text.trim().split(/\s+/)
  return { [field.name]: { family: words.at(-1) ?? '', given: words.slice(0, -1).join(' ') } }
}

/** The form for a record that another form needs, over it; what was written below stays. */
export default function CreateRelated({ wanted, onClose }: { wanted: Wanted; onClose: () => void }) {
  const object = useObject(wanted.target)
  const { lang } = useWords()
  if (!object) return null
  return (
    <CreateForm
      object={object}
      given={nameFrom(object, wanted.text)}
      undrafted
      onClose={onClose}
      onCreated={item => {
        wanted.onMade({ id: item.id, name: recordName(object, item, lang) })
      }}
    />
  )
}
