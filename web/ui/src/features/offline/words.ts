import { useDictionary } from '../../platform/i18n'

const en = {
  again: 'Try again',
  change: 'Change: {title}',
  create: 'New: {title}',
  discard: 'Discard',
  hint: 'These changes were made without a network. They are sent in this order as soon as there is one.',
  discardAll: 'Discard and sign out',
  insist: 'Use mine anyway',
  keep: 'Keep my work on this device for places without a network',
  keepHint:
    'My accounts, contacts, deals and the plans of the next two weeks, for at most seven days. Signing out deletes it.',
  keepAll: 'Keep and sign out',
  leaving: 'Not sent yet: {n}',
  leavingHint:
    'Kept, they stay on this device and are sent when you sign in here again. On a device that others use, discard them or wait for a network.',
  none: 'Everything is sent.',
  open: 'Open',
  others: 'Somebody else changed this record meanwhile.',
  outbox: 'Waiting to be sent',
  stay: 'Stay signed in',
  waiting: '{n} waiting',
  written: 'written {when}',
}

const zh: typeof en = {
  again: '重试',
  change: '修改：{title}',
  create: '新建：{title}',
  discard: '放弃',
  hint: '以下操作在无网络时完成，联网后将按顺序自动提交。',
  discardAll: '放弃并退出',
  insist: '仍使用我的值',
  keep: '在此设备上保留我的数据，供无网络时使用',
  keepHint: '包括我的客户、联系人、商机及未来两周的安排，最多保留七天，退出登录后清除。',
  keepAll: '保留并退出',
  leaving: '还有 {n} 项修改未提交',
  leavingHint: '保留后，它们会留在此设备上，待您再次在此登录时提交。如果他人也使用此设备，请放弃，或等待联网。',
  none: '已全部提交。',
  open: '打开',
  others: '此记录期间已被其他人修改。',
  outbox: '待提交',
  stay: '暂不退出',
  waiting: '{n} 项待提交',
  written: '{when}填写',
}

export const useOfflineWords = () => useDictionary(en, zh)
