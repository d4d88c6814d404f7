import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../platform/api'
import { useDictionary } from '../../platform/i18n'
import { useSession } from '../../platform/session'
import { toast } from '../../ui/toast'
import { FormDrawer, Input } from '../sales/formParts'

const en = {
  title: 'My mail address',
  hint: 'Scheduled reports go there, and answers to mails that you send from Rapport.',
  email: 'Mail address',
  password: 'Your password',
  save: 'Save',
  saved: 'Saved',
}
const zh: typeof en = {
  title: '我的邮箱',
  hint: '定期报表会发送到该邮箱；客户回复您在 Rapport 中发出的邮件时，也会寄到该邮箱。',
  email: '邮箱地址',
  password: '登录密码',
  save: '保存',
  saved: '已保存',
}

/** Where mail for the person who is signed in goes. */
export default function OwnAddress({ onClose }: { onClose: () => void }) {
  const { w } = useDictionary(en, zh)
  const client = useQueryClient()
  const [email, setEmail] = useState(useSession().data?.user.email ?? '')
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState(false)
  const save = async () => {
    setBusy(true)
    try {
      await api('PATCH', '/session', { body: { email, password } })
      client.invalidateQueries({ queryKey: ['session'] })
      toast(w('saved'))
      onClose()
    } catch (error) {
      toast.error(error instanceof Error ? error.message : '')
    } finally {
      setBusy(false)
    }
  }
  return (
    <FormDrawer title={w('title')} hint={w('hint')} submit={w('save')} busy={busy} onSubmit={save} onClose={onClose}>
      <Input label={w('email')} type="email" value={email} onChange={setEmail} />
      <Input label={w('password')} type="password" value={password} required onChange={setPassword} />
    </FormDrawer>
  )
}
