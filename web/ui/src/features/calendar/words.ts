import { useDictionary } from '../../platform/i18n'

const en = {
  calendar: 'Calendar',
  mine: 'Mine',
  everybody: 'Everybody',
  moved: 'Moved',
  undo: 'Undo',
  failed: 'That did not work.',
  neglected: 'Customers without contact for {n} days',
  nobody: 'Nobody has been neglected.',
  plan: 'Plan a visit to {name}',
  all: 'Show all',
  map: 'On the map',
  newVisit: 'Plan a visit',
  more: 'Only the first {n} of each kind are drawn: a shorter span shows the others.',
  hint: 'Drag to move. Click an empty time to plan a visit.',
}

type Word = keyof typeof en

const zh: Record<Word, string> = {
  calendar: '日历',
  mine: '我的',
  everybody: '所有人',
  moved: '已调整时间',
  undo: '撤销',
  failed: '操作未成功。',
  neglected: '超过 {n} 天未联系的客户',
  nobody: '没有被忽略的客户。',
  plan: '安排拜访 {name}',
  all: '查看全部',
  map: '地图',
  newVisit: '安排拜访',
  more: '每类仅显示前 {n} 项，缩短时间范围可查看其余项目。',
  hint: '拖动可调整时间，点击空白时段可安排拜访。',
}

/** The words of the calendar. */
export function useCalendarWords() {
  const { w, ...rest } = useDictionary(en, zh)
  return { c: w, ...rest }
}
