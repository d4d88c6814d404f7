import { Value } from '../fields/value'
import { useWords } from '../platform/i18n'
import type { FieldValue, Link } from '../platform/types'
import { Button } from '../ui/kit'
import { Question } from '../ui/question'
import { showConflict, useConflict } from './conflict'
import { useRecordWords } from './words'

/** Asks whose value shall stand, with what was there before. */
export default function ConflictDialog() {
  const { label } = useWords()
  const { w } = useRecordWords()
  const conflict = useConflict()
  if (!conflict) return null
  const { field, before, mine, theirs } = conflict
  const by = (theirs.updatedBy as Link | null)?.name ?? '—'
  const rows: [string, FieldValue][] = [
    [w('conflictBefore'), before],
    [`${w('conflictTheirs')} (${by})`, theirs[field.name]],
    [w('conflictMine'), mine],
  ]
  const end = () => showConflict(undefined)
  return (
    <Question
      title={w('conflict')}
      text={w('conflictHint', { name: by })}
      onClose={end}
      answers={
        <>
          <Button onClick={end}>{w('keepTheirs')}</Button>
          <Button
            kind="solid"
            onClick={() => {
              end()
              conflict.overwrite()
            }}
          >
            {w('useMine')}
          </Button>
        </>
      }
    >
      <table className="mx-5 mb-4 w-[calc(100%-40px)] text-sm">
        <caption className="pb-1 text-left text-xs font-semibold text-ink-3">{label(field.labels)}</caption>
        <tbody>
          {rows.map(([name, value]) => (
            <tr key={name} className="border-t border-line">
              <th scope="row" className="w-40 py-2 pr-3 text-left font-medium text-ink-3">
                {name}
              </th>
              <td className="max-w-0 py-2 [&_.text-right]:!text-left">
                <Value field={field} value={value} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Question>
  )
}
