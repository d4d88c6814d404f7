import { Tabs } from '@base-ui/react/tabs'
import { useWords } from '../../platform/i18n'
import type { ObjectDef, RecordItem } from '../../platform/types'
import { HistoryList } from './history'
import { RelatedList } from './related'
import { Timeline } from './timeline'

/** What happened with a record, what belongs to it, and how it changed. */
export function RecordTabs({ object, item }: { object: ObjectDef; item: RecordItem }) {
  const { t } = useWords()
  const tab =
    'h-10 border-b-2 border-transparent px-2.5 text-sm text-ink-3 outline-none hover:text-ink data-[active]:border-ink data-[active]:font-medium data-[active]:text-ink focus-visible:outline-2 focus-visible:outline-accent'
  const tabs = [
    ...(object.layouts.timeline ? (['timeline'] as const) : []),
    ...(object.layouts.related.length ? (['related'] as const) : []),
    'history' as const,
  ]
  return (
    <Tabs.Root defaultValue={tabs[0]} className="mt-5">
      <Tabs.List className="flex gap-1 border-b border-line">
        {tabs.map(name => (
          <Tabs.Tab key={name} value={name} className={tab}>
            {t(name)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="timeline" className="pt-4 outline-none">
        <Timeline object={object} item={item} />
      </Tabs.Panel>
      <Tabs.Panel value="related" className="flex flex-col gap-4 pt-4 outline-none">
        {object.layouts.related.map(path => (
          <RelatedList key={path} path={path} item={item} parent={object} />
        ))}
      </Tabs.Panel>
      <Tabs.Panel value="history" className="pt-4 outline-none">
        <HistoryList object={object} item={item} />
      </Tabs.Panel>
    </Tabs.Root>
  )
}
