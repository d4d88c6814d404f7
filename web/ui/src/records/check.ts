import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { writtenValues } from '../fields/wire'
import { api, messagesByField, type Violation } from '../platform/api'
import { isLocalFile } from '../platform/localFiles'
import type { FieldValue, ObjectDef } from '../platform/types'
import { useSettled } from '../ui/settled'

/**
 * What the server would say to these values, asked while they are written: its checks are the only ones there are. Nothing
 * while it cannot be asked.
 *
 * @param asks whether anybody wants to know yet
 */
export function useCheck(object: ObjectDef, values: Record<string, FieldValue>, asks: boolean) {
  // the server knows nothing yet of a file that waits on this device
  const known = object.fields.filter(field => !isLocalFile(values[field.name]))
  const written = useSettled(JSON.stringify(writtenValues(known, values)))
  const answer = useQuery({
    queryKey: ['check', object.name, written],
    enabled: asks,
    retry: false,
    gcTime: 0,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      api<{ violations: Violation[] }>('POST', `/records/${object.name}/check`, { body: JSON.parse(written), signal }),
  })
  const messages = messagesByField(answer.data?.violations)
  for (const field of object.fields) if (!known.includes(field)) delete messages[field.name]
  return messages
}
