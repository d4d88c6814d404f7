import { useSearchParams } from 'react-router'
import type { RecordItem } from '../../platform/types'
import { Button } from '../../ui/kit'
import { ConvertLead } from './convertLead'
import { ContractActions, ReceiptActions, TargetActions, VisitActions } from './moreActions'
import { QuoteActions } from './quoteActions'
import { useSalesWords } from './words'

/** The acts of sales that a record's page offers beside editing. */
export default function RecordActions({ object, item }: { object: string; item: RecordItem }) {
  switch (object) {
    case 'lead':
      return <LeadActions item={item} />
    case 'quote':
      return <QuoteActions item={item} />
    case 'contract':
      return <ContractActions item={item} />
    case 'receipt':
      return <ReceiptActions item={item} />
    case 'target':
      return <TargetActions item={item} />
    case 'visit':
      return <VisitActions item={item} />
    default:
      return null
  }
}

function LeadActions({ item }: { item: RecordItem }) {
  const { s } = useSalesWords()
  const [params, setParams] = useSearchParams()
  const converting = params.get('act') === 'convert'
  if (item.status === 'converted') return null
  return (
    <>
      <Button kind="solid" onClick={() => setParams({ act: 'convert' }, { replace: true })}>
        {s('convert')}
      </Button>
      {converting && <ConvertLead item={item} onClose={() => setParams({}, { replace: true })} />}
    </>
  )
}
