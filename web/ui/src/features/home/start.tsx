import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Blocks, FileUp, Sparkles, UserPlus } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { api } from '../../platform/api'
import { useWords } from '../../platform/i18n'
import { useFunction, useObjects } from '../../platform/meta'
import { useRemembered } from '../../platform/remembered'
import type { Job, Page } from '../../platform/types'
import { Button } from '../../ui/kit'
import { toast } from '../../ui/toast'
import { useHomeWords } from './words'

/** Below so many contacts a company has only begun. */
const BEGUN = 5

/** The first steps of a new company, for those who set it up; and the way out of the sample data. */
export function Start() {
  const customizes = useFunction('customize')
  return customizes ? <FirstSteps /> : null
}

function FirstSteps() {
  const { w } = useHomeWords()
  const { t } = useWords()
  const client = useQueryClient()
  const objects = useObjects().data
  const [dismissed, dismiss] = useRemembered('firstStepsDone', false)
  const sample = useQuery({
    queryKey: ['sample-data'],
    queryFn: () => api<{ present: boolean }>('GET', '/sample-data'),
    staleTime: 60_000,
  })
  const few = useQuery({
    queryKey: ['rows', 'contact', 'few'],
    enabled: objects?.has('contact') ?? false,
    queryFn: () => api<Page>('POST', '/records/contact/query', { body: { fields: [], limit: BEGUN } }),
    staleTime: 60_000,
  })
  const follow = async (method: 'POST' | 'DELETE') => {
    try {
      const { job } = await api<{ job: Job }>(method, '/sample-data')
      toast(w(method === 'POST' ? 'filling' : 'removed'))
      let state = job.state
      while (state === 'queued' || state === 'running') {
        await new Promise(done => setTimeout(done, 700))
        state = (await api<Job>('GET', `/jobs/${job.id}`)).state
      }
      if (state !== 'done') toast.error(w('sampleFailed'))
    } catch (error) {
      toast.error(error instanceof Error ? error.message : t('offline'))
    } finally {
      client.invalidateQueries({ queryKey: ['sample-data'] })
      client.invalidateQueries({ queryKey: ['rows'] })
    }
  }
  if (!sample.data || !few.data) return null
  if (sample.data.present)
    return (
      <aside className="mb-3 flex flex-wrap items-center gap-3 rounded-2xl border border-accent-line bg-accent-soft px-4 py-2.5 text-sm">
        <Sparkles size={16} className="flex-none text-accent-ink" aria-hidden />
        <span className="min-w-0 flex-1">{w('sampleIn')}</span>
        <Button onClick={() => follow('DELETE')}>{w('sampleOut')}</Button>
      </aside>
    )
  if (dismissed || few.data.items.length >= BEGUN) return null
  return (
    <section className="mb-3 rounded-2xl border border-line bg-surface p-4 shadow-1">
      <header className="mb-3 flex items-center">
        <h3 className="font-semibold">{w('newHere')}</h3>
        <Button kind="ghost" size="sm" className="ml-auto" onClick={() => dismiss(true)}>
          {w('later')}
        </Button>
      </header>
      <div className="grid grid-cols-4 gap-3 max-lg:grid-cols-2 max-md:grid-cols-1">
        <Step
          icon={<FileUp size={18} />}
          title={w('importStep')}
          hint={w('importHint')}
          to="/imports/new?object=contact"
        />
        <Step icon={<Sparkles size={18} />} title={w('sampleStep')} hint={w('sampleHint')}>
          <Button onClick={() => follow('POST')}>{w('fill')}</Button>
        </Step>
        <Step icon={<UserPlus size={18} />} title={w('inviteStep')} hint={w('inviteHint')} to="/settings/people" />
        <Step icon={<Blocks size={18} />} title={w('fieldsStep')} hint={w('fieldsHint')} to="/settings/objects" />
      </div>
    </section>
  )
}

interface StepProps {
  icon: ReactNode
  title: string
  hint: string
  to?: string
  children?: ReactNode
}

function Step({ icon, title, hint, to, children }: StepProps) {
  return (
    <div className="relative flex flex-col gap-1.5 rounded-xl border border-line p-3.5 hover:border-line-2">
      <span className="grid size-9 place-items-center rounded-xl bg-accent-soft text-accent-ink">{icon}</span>
      {to ? (
        <Link to={to} className="font-medium after:absolute after:inset-0 hover:underline">
          {title}
        </Link>
      ) : (
        <span className="font-medium">{title}</span>
      )}
      <p className="text-xs text-ink-3">{hint}</p>
      {children && <div className="mt-auto pt-1.5">{children}</div>}
    </div>
  )
}
