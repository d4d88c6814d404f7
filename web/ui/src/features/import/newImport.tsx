import { useMutation } from '@tanstack/react-query'
import clsx from 'clsx'
import { FileUp } from 'lucide-react'
import { useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { api } from '../../platform/api'
import { useWords } from '../../platform/i18n'
import { useObjects } from '../../platform/meta'
import { box } from '../../ui/kit'
import { toast } from '../../ui/toast'
import { TopBar } from '../../ui/topBar'
import { type Import, messageOf } from './model'

/** The first step: which object, and the file. */
export function NewImportPage() {
  const { t, label } = useWords()
  const navigate = useNavigate()
  const [params] = useSearchParams()
  const objects = useObjects().data
  const list = [...(objects?.values() ?? [])].filter(
    o => o.operations.includes('import') && !['user', 'listView'].includes(o.name),
  )
  const [object, setObject] = useState(params.get('object') ?? 'contact')
  const upload = useMutation({
    mutationFn: (file: File) => {
      const form = new FormData()
      form.append('object', object)
      form.append('file', file)
      return api<Import>('POST', '/imports', { form })
    },
    onSuccess: it => navigate(`/imports/${it.id}`),
    onError: error => toast.error(messageOf(error, t('offline'))),
  })
  return (
    <>
      <TopBar icon={<FileUp size={16} />} title={t('import')} />
      <div className="mx-auto w-full max-w-[640px] px-4 py-8">
        <label htmlFor="import-object" className="mb-1 block text-xs font-medium text-ink-2">
          {t('importInto')}
        </label>
        <select id="import-object" className={`${box} mb-5`} value={object} onChange={e => setObject(e.target.value)}>
          {list.map(o => (
            <option key={o.name} value={o.name}>
              {label(o.plural)}
            </option>
          ))}
        </select>
        <label
          className={clsx(
            'flex flex-col items-center gap-2 rounded-2xl border-2 border-dashed border-line-2 bg-surface-2 px-6 py-14 text-center focus-within:border-accent',
            upload.isPending && 'opacity-60',
          )}
          onDragOver={e => e.preventDefault()}
          onDrop={e => {
            e.preventDefault()
            const file = e.dataTransfer.files[0]
            if (file) upload.mutate(file)
          }}
        >
          <FileUp size={26} className="text-ink-3" aria-hidden />
          <span className="font-medium">{upload.isPending ? t('uploading') : t('dropFile')}</span>
          <span className="text-xs text-ink-3">{t('dropHint')}</span>
          <input
            type="file"
            className="sr-only"
            accept=".csv,.tsv,.txt,.xlsx,.xls,.vcf"
            onChange={e => e.target.files?.[0] && upload.mutate(e.target.files[0])}
          />
        </label>
      </div>
    </>
  )
}
