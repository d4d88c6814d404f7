import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { toast } from 'sonner'
import { api, ProblemError } from '../../platform/api'

interface Rule {
  id: string
  version: number
}

/** Saves and deletes the rule that a form is about, which it closes when that went well. */
export function useRuleChange(
  object: string,
  rule: Rule | undefined,
  told: { saved: string; failed: string },
  onDone: () => void,
) {
  const client = useQueryClient()
  const [busy, setBusy] = useState(false)
  const act = async (work: () => Promise<unknown>) => {
    setBusy(true)
    try {
      await work()
      client.invalidateQueries({ queryKey: ['rows', object] })
      toast(told.saved)
      onDone()
    } catch (error) {
      toast.error(error instanceof ProblemError ? error.message : told.failed)
    } finally {
      setBusy(false)
    }
  }
  const save = (body: Record<string, unknown>) =>
    act(() =>
      rule
        ? api('PATCH', `/records/${object}/${rule.id}`, { body, version: rule.version })
        : api('POST', `/records/${object}`, { body }),
    )
  const remove = () => rule && act(() => api('DELETE', `/records/${object}/${rule.id}`, { version: rule.version }))
  return { busy, save, remove }
}
