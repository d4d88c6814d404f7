import type { ReactNode } from 'react'

/** One part of a settings page with its heading and a line that says what it is for. */
export function Panel({
  title,
  hint,
  action,
  children,
}: {
  title: string
  hint?: string
  action?: ReactNode
  children: ReactNode
}) {
  return (
    <section aria-label={title}>
      <header className="mb-2 flex flex-wrap items-end gap-2">
        <div className="min-w-52 flex-1">
          <h2 className="text-sm font-semibold text-ink">{title}</h2>
          {hint && <p className="max-w-2xl text-sm text-ink-3">{hint}</p>}
        </div>
        {action}
      </header>
      <div className="overflow-x-auto rounded-xl border border-line bg-surface shadow-1 max-md:[&>table]:min-w-[40rem]">
        {children}
      </div>
    </section>
  )
}

/** The head of a plain table. */
export const Head = ({ names }: { names: string[] }) => (
  <thead className="bg-surface-2 text-left text-xs text-ink-3">
    <tr>
      {names.map(name => (
        <th key={name} className="px-3 py-2 font-medium whitespace-nowrap">
          {name}
        </th>
      ))}
    </tr>
  </thead>
)
