import { Dialog } from '@base-ui/react/dialog'
import { Value } from '../fields/value'
import { useWords } from '../platform/i18n'
import type { FieldValue, Link } from '../platform/types'
import { Button } from '../ui/kit'
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
    <Dialog.Root open onOpenChange={open => !open && end()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-50 bg-black/25" />
        <Dialog.Popup className="pop fixed top-[20vh] left-1/2 z-50 w-[460px] max-w-[calc(100vw-16px)] -translate-x-1/2 rounded-2xl border border-line bg-surface shadow-4 outline-none">
          <div className="px-5 pt-4">
            <Dialog.Title className="text-[15px] font-semibold">{w('conflict')}</Dialog.Title>
            <Dialog.Description className="mt-1 text-sm text-ink-2">
              {w('conflictHint', { name: by })}
            </Dialog.Description>
          </div>
          <table className="mx-5 my-4 w-[calc(100%-40px)] text-sm">
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
          <footer className="flex justify-end gap-2 border-t border-line bg-surface-2 px-5 py-3">
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
          </footer>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
