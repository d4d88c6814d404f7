import clsx from 'clsx'
import { Bookmark, Pencil, Plus, Users, X } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useWords } from '../platform/i18n'
import type { ObjectDef } from '../platform/types'
import { Button, Popover } from '../ui/kit'
import { toast } from '../ui/toast'
import type { ListState } from './listState'
import { type Audience, type SavedView, useSaveView, type ViewDefinition } from './views'

const AudienceForm = lazy(() => import('./audienceForm'))

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
  const [renaming, setRenaming] = useState(false)
  const act = async (work: () => Promise<void>) => {
    try {
      await work()
    } catch (error) {
      toast.error(error instanceof Error ? error.message : t('offline'))
    }
  }
  const create = async (name: string, audience: Audience) => {
    const id = await save.create(name, audience, definition)
    setNaming(false)
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
          {view.audience !== 'private' && <Users size={12} aria-label={t(`audience.${view.audience}`)} />}
          {view.name}
          {state.view?.id === view.id && state.changed && <i className="size-1.5 rounded-full bg-accent" />}
        </button>
      ))}
      {state.view?.mine && state.changed && (
        <Button
          kind="soft"
          size="sm"
          icon={<Bookmark size={13} />}
          onClick={() =>
            act(async () => {
              if (state.view) await save.update(state.view, definition)
              state.set(state.reset)
            })
          }
        >
          {t('saveView')}
        </Button>
      )}
      <Popover
        open={naming}
        onOpenChange={setNaming}
        trigger={<Button kind="ghost" size="sm" aria-label={t('newView')} icon={<Plus size={14} />} />}
      >
        <Suspense>
          <AudienceForm nameLabel={t('viewName')} submit={t('newView')} onSubmit={create} />
        </Suspense>
      </Popover>
      {state.view?.mine && (
        <>
          <Popover
            open={renaming}
            onOpenChange={setRenaming}
            trigger={
              <Button
                kind="ghost"
                size="sm"
                aria-label={`${t('renameView')}: ${state.view.name}`}
                icon={<Pencil size={13} />}
              />
            }
          >
            <Suspense>
              <AudienceForm
                nameLabel={t('viewName')}
                submit={t('save')}
                name={state.view.name}
                audience={state.view.audience}
                onSubmit={async (name, audience) => {
                  if (state.view) await save.rename(state.view, name, audience)
                  setRenaming(false)
                }}
              />
            </Suspense>
          </Popover>
          <Button
            kind="ghost"
            size="sm"
            aria-label={`${t('delete')} ${state.view.name}`}
            icon={<X size={13} />}
            onClick={() =>
              act(async () => {
                if (state.view) await save.remove(state.view)
                state.set({ ...state.reset, view: undefined })
              })
            }
          />
        </>
      )}
    </nav>
  )
}
