import { useDictionary } from '../../platform/i18n'

const en = {
  table: 'Table',
  board: 'Board',
  calendar: 'Calendar',
  on: 'By {field}',
  by: 'Columns by {field}',
  moved: 'Moved to {column}',
  undo: 'Undo',
  move: 'Move {name}',
  moveTo: 'Move to',
  moveHint: '[ and ] move a card to the column beside it',
  more: 'Show more',
  weighted: 'weighted',
  total: '{n} in all',
  noCards: 'Nothing here',
  days: '{n}d',
  daysHere: '{n} days in this column',
  overdue: 'Overdue',
  neededTitle: 'Needed for “{column}”',
  neededHint: 'Fill these in to go on.',
  go: 'Move',
  cancel: 'Cancel',
  add: 'New in {column}',
  noColumns: 'There is nothing to part a board by. Make a pipeline with stages first.',
  failed: 'That did not work.',
}

type Word = keyof typeof en

const zh: Record<Word, string> = {
  table: '表格',
  board: '看板',
  calendar: '日历',
  on: '按{field}',
  by: '按{field}分列',
  moved: '已移至{column}',
  undo: '撤销',
  move: '移动 {name}',
  moveTo: '移至',
  moveHint: '按 [ 和 ] 可将卡片移到相邻列',
  more: '显示更多',
  weighted: '加权',
  total: '共 {n} 条',
  noCards: '暂无内容',
  days: '{n}天',
  daysHere: '已在此列停留 {n} 天',
  overdue: '已逾期',
  neededTitle: '进入“{column}”需要填写',
  neededHint: '填写以下内容后继续。',
  go: '移动',
  cancel: '取消',
  add: '在“{column}”中新建',
  noColumns: '没有可用于分列的字段，请先创建销售管道和阶段。',
  failed: '操作未成功。',
}

/** The words of boards. */
export function useBoardWords() {
  const { w, ...rest } = useDictionary(en, zh)
  return { b: w, ...rest }
}
