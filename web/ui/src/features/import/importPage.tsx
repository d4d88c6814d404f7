import { useQuery } from '@tanstack/react-query'
import { FileUp } from 'lucide-react'
import { useParams } from 'react-router'
import { api, whyAbsent } from '../../platform/api'
import { useWords } from '../../platform/i18n'
import { useObjects } from '../../platform/meta'
import { Notice } from '../../ui/kit'
import { TopBar } from '../../ui/topBar'
import type { Import } from './model'
import { StateTag } from './parts'
import { Preparation } from './preparation'
import { Result } from './result'

/** One import: mapping and dry run before, progress during, result and undo after. */
export function ImportPage() {
  const { id = '' } = useParams()
  const { t } = useWords()
  const objects = useObjects().data
  const query = useQuery({
    queryKey: ['import', id],
    queryFn: () => api<Import>('GET', `/imports/${id}`),
    refetchInterval: q =>
      ['running', 'previewing'].includes(q.state.data?.state ?? '') || isUndoing(q.state.data) ? 500 : false,
    retry: false,
  })
  const it = query.data
  const object = it && objects?.get(it.object)
  if (query.isError) return <Notice icon={<FileUp size={18} />} text={whyAbsent(query.error, t('notFound'))} />
  if (!it || !object) return null
  const open = ['ready', 'previewed', 'previewing'].includes(it.state)
  return (
    <>
      <TopBar icon={<FileUp size={16} />} title={it.fileName} right={<StateTag state={it.state} />} />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto w-full max-w-[960px] px-6 py-6 max-md:px-4">
          {open ? <Preparation it={it} object={object} /> : <Result it={it} object={object} />}
        </div>
      </div>
    </>
  )
}

const isUndoing = (it: Import | undefined) =>
  it?.state === 'undone' && it.job !== null && !['done', 'failed', 'cancelled'].includes(it.job.state)
