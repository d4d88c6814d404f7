import { useDictionary } from '../../platform/i18n'

const en = {
  again: 'Try again',
  change: 'Change: {title}',
  create: 'New: {title}',
  discard: 'Discard',
  hint: 'These changes were made without a network. They are sent in this order as soon as there is one.',
  insist: 'Use mine anyway',
  keep: 'Keep my work on this device for places without a network',
  keepHint:
    'My accounts, contacts, deals and the plans of the next two weeks, for at most seven days. Signing out deletes it.',
  none: 'Everything is sent.',
  open: 'Open',
  others: 'Somebody else changed this record meanwhile.',
  outbox: 'Waiting to be sent',
  waiting: '{n} waiting',
  written: 'written {when}',
}

const zh: typeof en = {
  again: '重试',
  change: '修改：{title}',
  create: '新建：{title}',
  discard: '放弃',
  hint: '以下操作在无网络时完成，联网后将按顺序自动提交。',
  insist: '仍使用我的值',
  keep: '在此设备上保留我的数据，供无网络时使用',
  keepHint: '包括我的客户、联系人、商机及未来两周的安排，最多保留七天，退出登录后清除。',
  none: '已全部提交。',
  open: '打开',
  others: '此记录期间已被其他人修改。',
  outbox: '待提交',
  waiting: '{n} 项待提交',
  written: '{when}填写',
}

export const useOfflineWords = () => useDictionary(en, zh)
