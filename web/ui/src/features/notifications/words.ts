import { useDictionary } from '../../platform/i18n'

const en = {
  notifications: 'Notifications',
  unread: '{n} unread',
  allRead: 'Mark all as read',
  nothing: 'Nothing to tell. What is due, begins soon or waits for you will stand here.',
  retry: 'Try again',
  'task-due': 'Due today',
  'next-step': 'Next step is due today',
  'visit-soon': 'Visit begins soon',
  'meeting-soon': 'Meeting begins soon',
  'contract-ends': 'Contract ends',
  'instalment-overdue': 'Payment is overdue since',
  'quote-answered': 'The customer has answered the quote',
  'quote-approved': 'Quote was approved',
  'quote-waits': 'Quote waits for your approval',
  'lead-assigned': 'A new lead is yours',
  'mail-failed': 'Mail was not sent',
  'report-ready': 'Report is ready',
  'report-failed': 'Report could not be sent',
  'pool-assigned': 'Assigned to you from a public pool',
  'pool-recycled': 'Records of yours went back to a public pool',
  other: 'About',
}

type Word = keyof typeof en

const zh: Record<Word, string> = {
  notifications: '通知',
  unread: '{n} 条未读',
  allRead: '全部标为已读',
  nothing: '暂无通知。到期事项、即将开始的安排和待您处理的内容会显示在这里。',
  retry: '重试',
  'task-due': '今天到期',
  'next-step': '今天需执行下一步',
  'visit-soon': '拜访即将开始',
  'meeting-soon': '会议即将开始',
  'contract-ends': '合同即将到期',
  'instalment-overdue': '回款已逾期，到期日',
  'quote-answered': '客户已答复报价',
  'quote-approved': '报价已获批准',
  'quote-waits': '报价待您审批',
  'lead-assigned': '新线索已分配给您',
  'mail-failed': '邮件发送失败',
  'report-ready': '报表已生成',
  'report-failed': '报表未能发送',
  'pool-assigned': '公海记录已分配给您',
  'pool-recycled': '您的部分记录已被公海回收',
  other: '相关',
}

/** The words of what people are told. */
export function useNotificationWords() {
  const { w, ...rest } = useDictionary(en, zh)
  const kind = (code: string) => w(code in en ? (code as Word) : 'other')
  return { n: w, kind, ...rest }
}
