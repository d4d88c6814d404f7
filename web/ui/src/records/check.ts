import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { writtenValues } from '../fields/wire'
import { api, messagesByField, type Violation } from '../platform/api'
import type { FieldValue, ObjectDef } from '../platform/types'
import { useSettled } from '../ui/settled'

/**
 * What the server would say to these values, asked while they are written: its checks are the only ones there are. Nothing
 * while it cannot be asked.
 *
 * @param asks whether anybody wants to know yet
 */
export function useCheck(object: ObjectDef, values: Record<string, FieldValue>, asks: boolean) {
  const written = useSettled(JSON.stringify(writtenValues(object.fields, values)))
  const answer = useQuery({
    queryKey: ['check', object.name, written],
    enabled: asks,
    retry: false,
    gcTime: 0,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      api<{ violations: Violation[] }>('POST', `/records/${object.name}/check`, { body: JSON.parse(written), signal }),
  })
  return messagesByField(answer.data?.violations)
}
