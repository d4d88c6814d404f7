import { useQuery } from '@tanstack/react-query'
import { FileX } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { useParams } from 'react-router'
import { api, ProblemError } from '../../platform/api'
import { Button, box, Notice } from '../../ui/kit'
import { PublicFrame } from './publicQuote'
import { usePublicWords } from './words'

interface LeadForm {
  name: string
  introduction: string | null
  consent: string
  trap: string
  fields: { name: string; label: string; type: string }[]
}

/** A form of the company for visitors of its web site. */
export function PublicFormPage() {
  const { token = '' } = useParams()
  const { p, lang } = usePublicWords()
  const form = useQuery({
    queryKey: ['public', 'form', token, lang],
    queryFn: () => api<LeadForm>('GET', `/public/forms/${token}`),
    retry: false,
  })
  if (form.isPending) return <PublicFrame>{null}</PublicFrame>
  if (form.isError)
    return (
      <PublicFrame>
        <Notice icon={<FileX size={18} />} text={p('gone')} />
      </PublicFrame>
    )
  return (
    <PublicFrame>
      <FormBody form={form.data} token={token} />
    </PublicFrame>
  )
}

function FormBody({ form, token }: { form: LeadForm; token: string }) {
  const { p } = usePublicWords()
  const [values, setValues] = useState<Record<string, string>>({})
  const [consent, setConsent] = useState(false)
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [thanks, setThanks] = useState<string>()
  if (thanks !== undefined)
    return (
      <p className="py-10 text-center text-base font-medium whitespace-pre-wrap" role="status">
        {thanks || p('thanks')}
      </p>
    )
  const wire = (type: string, text: string) =>
    type === 'personName' ? nameOf(text) : type === 'whole' ? Number(text) || null : text
  const send = async (event: FormEvent) => {
    event.preventDefault()
    const body: Record<string, unknown> = { consent, [form.trap]: values[form.trap] ?? '' }
    for (const field of form.fields)
      if (values[field.name]?.trim()) body[field.name] = wire(field.type, values[field.name] ?? '')
    try {
      const done = await api<{ thanks: string | null }>('POST', `/public/forms/${token}`, { body })
      setThanks(done.thanks ?? '')
    } catch (error) {
      const violations = error instanceof ProblemError ? (error.problem.violations ?? []) : []
      const named = violations.map(v => [v.field.replace(/^lead\./, '').split('.')[0] ?? '', v.message])
      setErrors(
        violations.length ? Object.fromEntries(named) : { '': error instanceof Error ? error.message : p('offline') },
      )
    }
  }
  return (
    <form onSubmit={send} className="flex flex-col gap-4" noValidate>
      <h1 className="text-2xl font-semibold tracking-[-.02em]">{form.name}</h1>
      {form.introduction && <p className="text-sm whitespace-pre-wrap text-ink-2">{form.introduction}</p>}
      {form.fields.map(field => (
        <div key={field.name} className="text-xs font-medium text-ink-2">
          <label htmlFor={`lead-${field.name}`}>{field.label}</label>
          {field.type === 'longText' ? (
            <textarea
              id={`lead-${field.name}`}
              rows={4}
              className={`${box} mt-1 py-1.5`}
              value={values[field.name] ?? ''}
              onChange={e => setValues(old => ({ ...old, [field.name]: e.target.value }))}
            />
          ) : (
            <input
              id={`lead-${field.name}`}
              type={field.type === 'email' ? 'email' : field.type === 'phone' ? 'tel' : 'text'}
              className={`${box} mt-1`}
              value={values[field.name] ?? ''}
              onChange={e => setValues(old => ({ ...old, [field.name]: e.target.value }))}
            />
          )}
          {errors[field.name] && (
            <span role="alert" className="mt-1 block text-neg">
              {errors[field.name]}
            </span>
          )}
        </div>
      ))}
      <label className="absolute -left-[9999px]" aria-hidden>
        Home page
        <input
          tabIndex={-1}
          autoComplete="off"
          value={values[form.trap] ?? ''}
          onChange={e => setValues(old => ({ ...old, [form.trap]: e.target.value }))}
        />
      </label>
      <label className="flex items-start gap-2 text-sm">
        <input
          type="checkbox"
          className="mt-0.5 size-4"
          checked={consent}
          onChange={e => setConsent(e.target.checked)}
        />
        <span className="whitespace-pre-wrap">{form.consent}</span>
      </label>
      {(errors.consent || errors['']) && (
        <p role="alert" className="text-sm text-neg">
          {errors.consent ?? errors['']}
        </p>
      )}
      <Button kind="solid" type="submit" className="self-start">
        {p('send')}
      </Button>
    </form>
  )
}

/** A name as people write it in one box: Chinese with the family name first, others with it last. */
function nameOf(text: string) {
  const clean = text.trim()
  if (/^\p{Script=Han}+$/u.test(clean)) return { family: clean.slice(0, 1), given: clean.slice(1) }
  const at = clean.lastIndexOf(' ')
  return at < 0 ? { family: clean, given: '' } : { family: clean.slice(at + 1), given: clean.slice(0, at) }
}
