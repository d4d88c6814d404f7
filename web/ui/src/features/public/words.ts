import { useDictionary } from '../../platform/i18n'

const en = {
  quote: 'Quotation',
  for: 'For {account}',
  validUntil: 'Valid until {day}',
  product: 'Product',
  quantity: 'Quantity',
  price: 'Unit price',
  discount: 'Discount',
  total: 'Total',
  net: 'Net',
  tax: 'Tax',
  terms: 'Terms',
  note: 'Note',
  yourName: 'Your name',
  comment: 'Comment (optional)',
  accept: 'Accept this quotation',
  decline: 'Decline',
  accepted: 'This quotation has been accepted. Thank you.',
  rejected: 'This quotation has been declined.',
  expired: 'This quotation is no longer valid. Please ask for a new one.',
  gone: 'This link does not lead anywhere any more. Please ask whoever gave it to you for a new one.',
  pdf: 'Download as PDF',
  send: 'Send',
  thanks: 'Thank you. We will get in touch with you.',
  offline: 'The server cannot be reached. Please try again.',
  language: '中文',
}

type Word = keyof typeof en

const zh: Record<Word, string> = {
  quote: '报价单',
  for: '致：{account}',
  validUntil: '有效期至 {day}',
  product: '产品',
  quantity: '数量',
  price: '单价',
  discount: '折扣',
  total: '价税合计',
  net: '不含税金额',
  tax: '税额',
  terms: '条款',
  note: '备注',
  yourName: '您的姓名',
  comment: '留言（选填）',
  accept: '接受报价',
  decline: '拒绝',
  accepted: '该报价已被接受，谢谢。',
  rejected: '该报价已被拒绝。',
  expired: '该报价已过有效期，请索取新的报价。',
  gone: '该链接已失效，请向提供者索取新的链接。',
  pdf: '下载 PDF',
  send: '提交',
  thanks: '感谢您的留言，我们会尽快与您联系。',
  offline: '无法连接服务器，请重试。',
  language: 'English',
}

/** The words of pages for people without an account. */
export function usePublicWords() {
  const { w, ...rest } = useDictionary(en, zh)
  return { p: w, ...rest }
}
