import { CloudCheck, CloudUpload } from 'lucide-react'
import { Link } from 'react-router'
import { formatRelative } from '../../platform/format'
import { discard, flush, insist, useOutbox, type Waiting } from '../../platform/outbox'
import { Button, Notice } from '../../ui/kit'
import { TopBar } from '../../ui/topBar'
import { useOfflineWords } from './words'

/** What was done without a network and is still to be sent, or was refused and waits for a decision. */
export function OutboxPage() {
  const { w } = useOfflineWords()
  const waiting = useOutbox()
  return (
    <>
      <TopBar icon={<CloudUpload size={16} />} title={w('outbox')} />
      <div className="min-h-0 flex-1 overflow-y-auto">
        {waiting.length === 0 ? (
          <Notice icon={<CloudCheck size={18} />} text={w('none')} />
        ) : (
          <div className="mx-auto max-w-[760px] px-4 py-5">
            <p className="mb-3 text-sm text-ink-3">{w('hint')}</p>
            <ul>
              {waiting.map(write => (
                <Line key={write.id} write={write} />
              ))}
            </ul>
            <Button icon={<CloudUpload size={14} />} onClick={() => flush()}>
              {w('again')}
            </Button>
          </div>
        )}
      </div>
    </>
  )
}

function Line({ write }: { write: Waiting }) {
  const { w, lang } = useOfflineWords()
  return (
    <li className="mb-2 rounded-xl border border-line bg-surface px-4 py-3 shadow-1">
      <div className="flex items-center gap-2 text-sm">
        <span className="min-w-0 flex-1 truncate font-medium">
          {w(write.method === 'POST' ? 'create' : 'change', { title: write.title })}
        </span>
        <time className="flex-none text-xs text-ink-3" dateTime={new Date(write.at).toISOString()}>
          {w('written', { when: formatRelative(new Date(write.at).toISOString(), lang) })}
        </time>
      </div>
      {write.problem && (
        <p role="alert" className="mt-1 text-sm text-neg">
          {write.conflict ? w('others') : write.problem}
        </p>
      )}
      <div className="mt-2 flex flex-wrap gap-2">
        {write.problem && (
          <>
            {write.record && (
              <Link
                to={`/o/${write.object}/${write.record}`}
                className="inline-flex h-7 items-center rounded-lg px-2 text-xs font-medium text-accent-ink hover:underline max-md:h-11"
              >
                {w('open')}
              </Link>
            )}
            <Button size="sm" onClick={() => insist(write)}>
              {w(write.conflict ? 'insist' : 'again')}
            </Button>
          </>
        )}
        <Button size="sm" kind="ghost" onClick={() => discard(write.id)}>
          {w('discard')}
        </Button>
      </div>
    </li>
  )
}
