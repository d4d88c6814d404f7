import { discardAll, useOutbox } from '../../platform/outbox'
import { Button } from '../../ui/kit'
import { Question } from '../../ui/question'
import { useOfflineWords } from './words'

/** Asks somebody who signs out what shall become of changes that were not sent. */
export default function Leaving({ onStay, onLeave }: { onStay: () => void; onLeave: () => void }) {
  const { w } = useOfflineWords()
  const n = useOutbox().length
  return (
    <Question
      title={w('leaving', { n })}
      text={w('leavingHint')}
      onClose={onStay}
      answers={
        <>
          <Button onClick={onStay}>{w('stay')}</Button>
          <Button
            onClick={async () => {
              await discardAll()
              onLeave()
            }}
          >
            {w('discardAll')}
          </Button>
          <Button kind="solid" onClick={onLeave}>
            {w('keepAll')}
          </Button>
        </>
      }
    />
  )
}
