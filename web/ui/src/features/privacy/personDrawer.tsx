import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { api, ProblemError } from '../../platform/api'
import { formatNumber } from '../../platform/format'
import { useDictionary } from '../../platform/i18n'
import { useObjects } from '../../platform/meta'
import { Drawer } from '../../ui/drawer'
import { Button, Checkbox, linkLook, Skeleton, Tag } from '../../ui/kit'
import { toast } from '../../ui/toast'
import { LoadFailure } from '../loadFailure'
import { Input } from '../sales/formParts'
import { Head } from '../settings/panel'
import { en, zh } from './words'

interface Part {
  object: string
  fate: 'person' | 'destroyed' | 'kept'
  count: number
}

const COLORS = { person: 'amber', destroyed: 'red', kept: 'gray' } as const

/** What is kept about a person, a copy of all of it, and its erasure. */
export default function PersonDrawer({ object, id, onClose }: { object: string; id: string; onClose: () => void }) {
  const { w, label, lang } = useDictionary(en, zh)
  const objects = useObjects().data
  const client = useQueryClient()
  const navigate = useNavigate()
  const [reason, setReason] = useState('')
  const [typed, setTyped] = useState('')
  const [also, setAlso] = useState<string[]>([])
  const [busy, setBusy] = useState(false)
  const path = `/privacy/people/${object}/${id}`
  const preview = useQuery({
    queryKey: ['person', object, id],
    queryFn: () => api<{ items: Part[] }>('GET', path),
    retry: false,
  })
  const parts = preview.data?.items
  const plural = (name: string) => label(objects?.get(name)?.plural ?? { en: name, 'zh-CN': name })
  const fates = { person: w('person'), destroyed: w('destroyed'), kept: w('keptFate') }
  const erase = async () => {
    setBusy(true)
    try {
      await api('POST', `${path}/erase`, { body: { reason, also } })
      client.invalidateQueries()
      toast(w('erased'))
      onClose()
      navigate(`/o/${object}`)
    } catch (error) {
      toast.error(error instanceof ProblemError ? error.message : w('failed'))
    } finally {
      setBusy(false)
    }
  }
  const kept = parts?.filter(part => part.fate === 'kept' && part.object !== 'consent') ?? []
  return (
    <Drawer
      title={w('privacy')}
      closeLabel={w('close')}
      onClose={onClose}
      footer={
        <Button kind="ghost" onClick={onClose}>
          {w('close')}
        </Button>
      }
    >
      <div className="flex flex-col gap-6 p-5">
        <p className="text-sm text-ink-2">{w('about')}</p>
        <LoadFailure />
        <section>
          <h3 className="mb-2 text-sm font-semibold">{w('kept')}</h3>
          {preview.isPending && <Skeleton width="60%" />}
          {parts && (
            <table className="w-full text-sm">
              <Head names={[w('object'), w('count'), w('onErasure')]} />
              <tbody>
                {parts.map(part => (
                  <tr key={part.object + part.fate} className="border-t border-line">
                    <td className="px-3 py-1.5">{plural(part.object)}</td>
                    <td className="num px-3 py-1.5">{formatNumber(part.count, lang)}</td>
                    <td className="px-3 py-1.5">
                      <Tag color={also.includes(part.object) ? 'red' : COLORS[part.fate]}>
                        {also.includes(part.object) ? w('destroyed') : fates[part.fate]}
                      </Tag>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </section>
        <section>
          <h3 className="mb-1 text-sm font-semibold">{w('handOut')}</h3>
          <p className="mb-2 text-sm text-ink-2">{w('handOutHint')}</p>
          <a className={linkLook('line')} href={`/api${path}/export`} download>
            <Download size={15} aria-hidden />
            {w('download')}
          </a>
        </section>
        {parts && (
          <section className="flex flex-col gap-3 rounded-xl border border-neg/40 p-4">
            <div>
              <h3 className="mb-1 text-sm font-semibold text-neg">{w('erase')}</h3>
              <p className="text-sm text-ink-2">{w('eraseHint')}</p>
            </div>
            {kept.length > 0 && (
              <fieldset className="flex flex-col gap-1.5">
                <legend className="mb-1 text-xs font-medium text-ink-2">{w('alsoDestroy')}</legend>
                {kept.map(part => (
                  <span key={part.object} className="flex min-h-8 items-center gap-2 text-sm max-md:min-h-11">
                    <Checkbox
                      label={plural(part.object)}
                      checked={also.includes(part.object)}
                      onChange={on => setAlso(old => (on ? [...old, part.object] : old.filter(o => o !== part.object)))}
                    />
                    {plural(part.object)}
                  </span>
                ))}
              </fieldset>
            )}
            <Input label={w('reason')} value={reason} onChange={setReason} />
            <Input label={w('confirm', { word: w('word') })} value={typed} onChange={setTyped} />
            <Button
              kind="solid"
              className="self-start"
              disabled={busy || !reason.trim() || typed.trim() !== w('word')}
              onClick={erase}
            >
              {w('eraseNow')}
            </Button>
          </section>
        )}
      </div>
    </Drawer>
  )
}
