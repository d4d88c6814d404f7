import { useDictionary } from '../../platform/i18n'

const en = {
  duplicates: 'Duplicates',
  open: '{n} pairs to decide',
  scan: 'Look through all records',
  scanning: '{n} records read…',
  scanned: '{records} records compared: {pairs} likely pairs',
  none: 'No two records look alike. New ones are compared as they are written.',
  merge: 'Merge…',
  apart: 'Not the same',
  apartDone: 'They will not be put before you again.',
  undo: 'Undo',
  more: 'More',
  failed: 'That did not work.',
  likely: '{p} likely the same',
  looksLike: 'This looks like a record that is there already:',
  same: 'same',
  alike: 'alike',
  other: 'other',
  'reason.name': 'name',
  'reason.company': 'company',
  'reason.email': 'e-mail',
  'reason.phone': 'phone',
  'reason.address': 'street',
  'reason.city': 'city',
  'reason.postcode': 'postcode',
  'reason.province': 'province',
  'reason.birthday': 'birthday',
  'reason.identifier': 'number',
  'reason.account': 'account',
}

type Word = keyof typeof en

const zh: Record<Word, string> = {
  duplicates: '重复记录',
  open: '{n} 对待处理',
  scan: '检查所有记录',
  scanning: '已读取 {n} 条…',
  scanned: '已比较 {records} 条记录，发现 {pairs} 对疑似重复',
  none: '没有疑似重复的记录。新记录会在保存时自动比对。',
  merge: '合并…',
  apart: '不是同一个',
  apartDone: '以后不再提示这一对。',
  undo: '撤销',
  more: '更多',
  failed: '操作未成功。',
  likely: '{p} 可能相同',
  looksLike: '已有相似的记录：',
  same: '相同',
  alike: '相近',
  other: '不同',
  'reason.name': '姓名',
  'reason.company': '公司',
  'reason.email': '邮箱',
  'reason.phone': '电话',
  'reason.address': '街道',
  'reason.city': '城市',
  'reason.postcode': '邮编',
  'reason.province': '省份',
  'reason.birthday': '生日',
  'reason.identifier': '编号',
  'reason.account': '所属客户',
}

/** The words of finding duplicates. */
export function useDuplicateWords() {
  const { w, ...rest } = useDictionary(en, zh)
  return { d: w, ...rest }
}
