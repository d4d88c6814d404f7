import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useDictionary } from '../../platform/i18n'
import { Button } from '../../ui/kit'
import { EncryptionKeys } from './encryptionKeys'
import { ErasedPeople } from './erasedPeople'
import { en, zh } from './privacyWords'
import { type RetentionRule, RetentionRuleForm, RetentionRules } from './retentionRules'
import { SettingsFrame } from './settings'

/** How long data are kept, who was erased, and the keys of encrypted fields. */
export function PrivacyPage() {
  const { w } = useDictionary(en, zh)
  const [open, setOpen] = useState<RetentionRule | 'new'>()
  return (
    <SettingsFrame
      needs="privacy"
      action={
        <Button kind="solid" icon={<Plus size={15} />} onClick={() => setOpen('new')}>
          {w('newRule')}
        </Button>
      }
    >
      <div className="mx-auto flex max-w-[980px] flex-col gap-8">
        <RetentionRules onOpen={setOpen} />
        <ErasedPeople />
        <EncryptionKeys />
      </div>
      {open && <RetentionRuleForm rule={open === 'new' ? undefined : open} onClose={() => setOpen(undefined)} />}
    </SettingsFrame>
  )
}
