import { Dialog } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { useDictionary } from '../platform/i18n'
import { Button, Kbd } from '../ui/kit'

const en = {
  anywhere: 'Anywhere',
  back: 'Back one level',
  board: 'On a board',
  clear: 'Empty the cells',
  close: 'Close',
  copy: 'Copy and paste a block, also from Excel',
  create: 'New record',
  cells: 'In a table',
  edit: 'Edit',
  extend: 'Choose a block',
  fill: 'Fill down',
  go: 'Go to',
  move: 'Move',
  moveCard: 'Move the card one stage back or on',
  moveOn: 'Write and go on: down, right, left',
  navigation: 'Hide or show the menu',
  note: 'Send a form or a note',
  open: 'Open beside the list',
  page: 'Open as a page',
  palette: 'Search or jump',
  search: 'Search in the list',
  select: 'Select the record; with Shift all in between',
  sheet: 'This sheet',
  title: 'Keyboard',
  type: 'Type to overwrite the cell',
}

const zh: typeof en = {
  anywhere: '全局',
  back: '返回上一层',
  board: '看板',
  clear: '清空单元格',
  close: '关闭',
  copy: '复制和粘贴区域，支持 Excel',
  create: '新建记录',
  cells: '表格',
  edit: '编辑',
  extend: '选择区域',
  fill: '向下填充',
  go: '前往',
  move: '移动',
  moveCard: '将卡片移到上一或下一阶段',
  moveOn: '保存并移动：向下、向右、向左',
  navigation: '隐藏或显示菜单',
  note: '提交表单或笔记',
  open: '在列表旁打开',
  page: '打开完整页面',
  palette: '搜索或跳转',
  search: '在列表中搜索',
  select: '选中记录；按住 Shift 选中之间的全部',
  sheet: '本页',
  title: '键盘快捷键',
  type: '直接输入以覆盖单元格',
}

type Line = [keyof typeof en, ...string[][]]

const PLACES: [string, string, string][] = [
  ['H', 'Home', '首页'],
  ['N', 'Notifications', '通知'],
  ['C', 'Contacts', '联系人'],
  ['A', 'Accounts', '客户'],
  ['L', 'Leads', '线索'],
  ['D', 'Opportunities', '商机'],
  ['Q', 'Quotes', '报价单'],
  ['O', 'Orders', '订单'],
  ['P', 'Products', '产品'],
  ['T', 'Tasks', '任务'],
  ['K', 'Calendar', '日历'],
  ['B', 'Dashboards', '仪表盘'],
  ['S', 'Sales overview', '销售概览'],
  ['R', 'Reports', '报表'],
  ['I', 'Imports', '导入'],
]

/** What the keys do, everywhere and in lists. */
export default function Shortcuts({ onClose }: { onClose: () => void }) {
  const { w, lang } = useDictionary(en, zh)
  const mac = /Mac|iPhone|iPad/.test(navigator.userAgent)
  const control = mac ? '⌘' : 'Ctrl'
  const anywhere: Line[] = [
    ['palette', [control, 'K']],
    ['sheet', ['?']],
    ['navigation', [control, '.']],
    ['create', ['C']],
    ['search', ['/']],
    ['note', [control, '↵']],
    ['back', ['Esc']],
  ]
  const table: Line[] = [
    ['move', ['↑', '↓', '←', '→'], ['J', 'K']],
    ['edit', ['↵'], ['E']],
    ['type', ['A…Z']],
    ['moveOn', ['↵'], ['Tab'], ['⇧', 'Tab']],
    ['open', ['O']],
    ['page', [control, '↵']],
    ['select', ['Space'], ['⇧', 'Space']],
    ['extend', ['⇧', '↓']],
    ['copy', [control, 'C'], [control, 'V']],
    ['fill', [control, 'D']],
    ['clear', ['Del']],
  ]
  const board: Line[] = [['moveCard', ['['], [']']]]
  return (
    <Dialog.Root open onOpenChange={open => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-50 bg-black/25" />
        <Dialog.Popup className="pop fixed top-[8vh] left-1/2 z-50 flex max-h-[84vh] w-[860px] max-w-[calc(100vw-16px)] -translate-x-1/2 flex-col overflow-hidden rounded-2xl border border-line bg-surface shadow-4 outline-none">
          <header className="flex h-13 flex-none items-center border-b border-line px-5">
            <Dialog.Title className="text-[15px] font-semibold">{w('title')}</Dialog.Title>
            <Dialog.Close
              render={<Button kind="ghost" aria-label={w('close')} icon={<X size={16} />} className="ml-auto" />}
            />
          </header>
          <section
            aria-label={w('title')}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no mouse must be able to scroll it
            tabIndex={0}
            className="grid min-h-0 flex-1 grid-cols-3 gap-x-8 gap-y-5 overflow-y-auto p-5 max-md:grid-cols-1"
          >
            <div className="flex flex-col gap-5">
              <Group title={w('anywhere')} lines={anywhere} word={w} />
              <Group title={w('board')} lines={board} word={w} />
            </div>
            <Group title={w('cells')} lines={table} word={w} />
            <div>
              <h3 className="mb-1.5 text-xs font-semibold text-ink-3">{w('go')}</h3>
              <dl className="flex flex-col gap-1.5">
                {PLACES.map(([key, english, chinese]) => (
                  <div key={key} className="flex items-center gap-2 text-sm">
                    <dt className="min-w-0 flex-1">{lang === 'zh-CN' ? chinese : english}</dt>
                    <dd className="flex gap-1">
                      <Kbd>G</Kbd>
                      <Kbd>{key}</Kbd>
                    </dd>
                  </div>
                ))}
              </dl>
            </div>
          </section>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function Group({ title, lines, word }: { title: string; lines: Line[]; word: (key: keyof typeof en) => string }) {
  return (
    <div>
      <h3 className="mb-1.5 text-xs font-semibold text-ink-3">{title}</h3>
      <dl className="flex flex-col gap-1.5">
        {lines.map(([name, ...ways]) => (
          <div key={name} className="flex items-center gap-2 text-sm">
            <dt className="min-w-0 flex-1">{word(name)}</dt>
            <dd className="flex flex-none flex-wrap justify-end gap-x-2 gap-y-1">
              {ways.map(way => (
                <span key={way.join()} className="flex gap-1">
                  {way.map(key => (
                    <Kbd key={key}>{key}</Kbd>
                  ))}
                </span>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
