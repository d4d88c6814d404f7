import { namingField } from '../../fields/recordName'
import { isEmpty, toText, Value } from '../../fields/value'
import { useWords } from '../../platform/i18n'
import type { ObjectDef, RecordItem } from '../../platform/types'
import { Face } from '../../ui/face'
import { standsAlone } from '../facts'

/** Who or what the record is, with the facts that stand for themselves. */
export function Headline({ object, item, name }: { object: ObjectDef; item: RecordItem; name: string }) {
  const { lang } = useWords()
  const choice = object.fields.find(f => f.type === 'choice' && !isEmpty(item[f.name]))
  const facts = object.layouts.list
    .filter(path => path !== object.nameField && !path.includes('.'))
    .map(path => object.fields.find(f => f.name === path))
    .filter(f => f && f !== choice && standsAlone(f) && !isEmpty(item[f.name]))
    .slice(0, 3)
  const nameField = namingField(object)
  return (
    <header className="flex min-w-0 flex-1 items-center gap-4">
      <Face name={name} size={52} square={nameField?.type !== 'personName'} />
      <div className="min-w-0">
        <div className="flex items-center gap-2.5">
          <h2 className="truncate text-xl font-semibold tracking-[-.02em]">{name || '—'}</h2>
          {choice && <Value field={choice} value={item[choice.name]} />}
        </div>
        <p className="flex min-w-0 flex-wrap items-center gap-x-2 text-ink-3">
          {facts.map((field, i) => (
            <span key={field?.name} className="min-w-0 truncate">
              {i > 0 && <span className="pr-2 text-ink-4">·</span>}
              {field && toText(field, item[field.name], lang)}
            </span>
          ))}
        </p>
      </div>
    </header>
  )
}
