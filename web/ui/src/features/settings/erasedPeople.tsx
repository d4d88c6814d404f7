import { useQuery } from '@tanstack/react-query'
import { UserRoundX } from 'lucide-react'
import { useState } from 'react'
import { api } from '../../platform/api'
import { formatMoment, formatNumber } from '../../platform/format'
import { useDictionary } from '../../platform/i18n'
import { useObjects } from '../../platform/meta'
import { Button, box, Notice } from '../../ui/kit'
import { usePeople } from './organisationData'
import { Head, Panel } from './panel'
import { en, zh } from './privacyWords'

interface Erasure {
  id: string
  object: string
  at: string
  by: string
  reason: string
  counts: Record<string, Partial<Record<'emptied' | 'destroyed' | 'kept', number>>>
}

/** Proof of erasures, found by an address. */
export function ErasedPeople() {
  const { w, label, lang } = useDictionary(en, zh)
  const objects = useObjects().data
  const people = usePeople().data
  const [typed, setTyped] = useState('')
  const [asked, setAsked] = useState('')
  const erasures = useQuery({
    queryKey: ['erasures', asked],
    queryFn: () => api<{ items: Erasure[] }>('GET', `/privacy/erasures?q=${encodeURIComponent(asked)}`),
  })
  const told = (counts: Erasure['counts']) =>
    Object.entries(counts)
      .map(([name, how]) => {
        const object = objects?.get(name)
        const parts = (['emptied', 'destroyed', 'kept'] as const).flatMap(fate =>
          how[fate] ? [w(fate, { n: formatNumber(how[fate], lang) })] : [],
        )
        return `${object ? label(object.plural) : name}${lang === 'zh-CN' ? '：' : ': '}${parts.join(lang === 'zh-CN' ? '、' : ', ')}`
      })
      .join(lang === 'zh-CN' ? '；' : '; ')
  const items = erasures.data?.items
  return (
    <Panel
      title={w('erasures')}
      hint={w('erasuresHint')}
      action={
        <form
          className="flex gap-2"
          onSubmit={event => {
            event.preventDefault()
            setAsked(typed.trim())
          }}
        >
          <input
            aria-label={w('search')}
            placeholder={w('search')}
            className={`${box} w-56`}
            value={typed}
            onChange={event => setTyped(event.target.value)}
          />
          <Button type="submit">{w('find')}</Button>
        </form>
      }
    >
      {items && !items.length && <Notice icon={<UserRoundX size={18} />} text={w(asked ? 'notFound' : 'noErasures')} />}
      {!!items?.length && (
        <table className="w-full text-sm">
          <Head names={[w('when'), w('who'), w('reason'), w('what')]} />
          <tbody>
            {items.map(erasure => (
              <tr key={erasure.id} className="border-t border-line align-top">
                <td className="num px-3 py-1.5 whitespace-nowrap">{formatMoment(erasure.at, lang)}</td>
                <td className="px-3 py-1.5">{people?.find(person => person.id === erasure.by)?.name ?? '—'}</td>
                <td className="px-3 py-1.5">{erasure.reason}</td>
                <td className="px-3 py-1.5 text-ink-2">{told(erasure.counts)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}
