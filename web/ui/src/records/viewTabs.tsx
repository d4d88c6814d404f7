import clsx from 'clsx'
import { Bookmark, Plus, X } from 'lucide-react'
import { useState } from 'react'
import { useWords } from '../platform/i18n'
import type { ObjectDef } from '../platform/types'
import { Button, Popover } from '../ui/kit'
import type { ListState } from './listState'
import { type SavedView, useSaveView, type ViewDefinition } from './views'

/** The object's saved views, and a way to keep the list as it is now as another. */
export function ViewTabs({ object, views, state }: { object: ObjectDef; views: SavedView[]; state: ListState }) {
  const { t, label, lang } = useWords()
  const save = useSaveView(object.name)
  const definition: ViewDefinition = {
    filter: state.filter,
    sort: state.sort,
    columns: state.columns,
    ...(state.analysis && { chart: JSON.stringify(state.analysis) }),
    ...(state.layout.kind !== 'table' && { layout: JSON.stringify(state.layout) }),
  }
  const [naming, setNaming] = useState(false)
  const [name, setName] = useState('')
  const create = async () => {
    const id = await save.create(name, definition)
    setNaming(false)
    setName('')
    state.set({ ...state.reset, view: id })
  }
  const tab = (active: boolean) =>
    clsx(
      'flex h-10 flex-none items-center gap-1.5 border-b-2 px-2.5 text-sm',
      active ? 'border-ink font-medium text-ink' : 'border-transparent text-ink-3 hover:text-ink',
    )
  return (
    <nav
      aria-label={t('views')}
      className="flex flex-none items-center gap-1 overflow-x-auto border-b border-line px-3"
    >
      <button
        type="button"
        aria-current={!state.view || undefined}
        className={tab(!state.view)}
        onClick={() => state.set({ ...state.reset, view: undefined })}
      >
        {t('viewAll', { objects: lang === 'en' ? label(object.plural).toLowerCase() : label(object.plural) })}
        {!state.view && state.changed && <i className="size-1.5 rounded-full bg-accent" />}
      </button>
      {views.map(view => (
        <button
          key={view.id}
          type="button"
          aria-current={state.view?.id === view.id || undefined}
          className={tab(state.view?.id === view.id)}
          onClick={() => state.set({ ...state.reset, view: view.id })}
        >
          {view.name}
          {state.view?.id === view.id && state.changed && <i className="size-1.5 rounded-full bg-accent" />}
        </button>
      ))}
      {state.view && state.changed && (
        <Button
          kind="soft"
          size="sm"
          icon={<Bookmark size={13} />}
          onClick={() => state.view && save.update(state.view, definition).then(() => state.set(state.reset))}
        >
          {t('saveView')}
        </Button>
      )}
      <Popover
        open={naming}
        onOpenChange={setNaming}
        trigger={<Button kind="ghost" size="sm" aria-label={t('newView')} icon={<Plus size={14} />} />}
      >
        <form
          className="flex w-64 flex-col gap-2 p-1.5"
          onSubmit={event => {
            event.preventDefault()
            if (name.trim()) create()
          }}
        >
          <label className="text-xs text-ink-3" htmlFor="view-name">
            {t('viewName')}
          </label>
          <input
            id="view-name"
            value={name}
            maxLength={100}
            onChange={e => setName(e.target.value)}
            className="h-8 rounded-lg border border-line-2 px-2.5"
          />
          <Button kind="solid" type="submit" disabled={!name.trim()}>
            {t('newView')}
          </Button>
        </form>
      </Popover>
      {state.view && (
        <Button
          kind="ghost"
          size="sm"
          aria-label={`${t('delete')} ${state.view.name}`}
          icon={<X size={13} />}
          onClick={() =>
            state.view && save.remove(state.view).then(() => state.set({ ...state.reset, view: undefined }))
          }
        />
      )}
    </nav>
  )
}
