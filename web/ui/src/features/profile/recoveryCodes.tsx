import { useQueryClient } from '@tanstack/react-query'
import { useDictionary } from '../../platform/i18n'
import { Button } from '../../ui/kit'

const en = {
  recovery:
    'Keep these recovery codes in a safe place. Each works once if you lose your device; they are not shown again.',
  kept: 'I have kept them',
}
const zh: typeof en = {
  recovery: '请妥善保存这些恢复码。设备丢失时每个可使用一次，之后不再显示。',
  kept: '我已保存',
}

/** Recovery codes on the one occasion that they are shown. */
export function RecoveryCodes({ codes, onKept }: { codes: string[]; onKept: () => void }) {
  const { w } = useDictionary(en, zh)
  const client = useQueryClient()
  const kept = () => {
    onKept()
    // whoever had to set up a factor may go on now
    client.invalidateQueries({ queryKey: ['session'] })
  }
  return (
    <>
      <p className="text-sm">{w('recovery')}</p>
      <ul className="grid grid-cols-2 gap-1 rounded-lg bg-sunken p-3 font-mono text-sm select-all max-md:grid-cols-1">
        {codes.map(one => (
          <li key={one}>{one}</li>
        ))}
      </ul>
      <Button className="self-start" onClick={kept}>
        {w('kept')}
      </Button>
    </>
  )
}
