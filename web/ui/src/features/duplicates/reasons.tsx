import { Tag } from '../../ui/kit'
import { useDuplicateWords } from './words'

export interface Reason {
  attribute: string
  level: 'same' | 'alike' | 'other'
  points: number
}

const COLORS = { same: 'green', alike: 'amber', other: 'red' }

/** What speaks for and against two records being one. */
export function Reasons({ reasons }: { reasons: Reason[] }) {
  const { known } = useDuplicateWords()
  return (
    <span className="flex flex-wrap gap-1">
      {reasons.map(reason => (
        <Tag key={reason.attribute} color={COLORS[reason.level]}>
          {known(`reason.${reason.attribute}`)} · {known(reason.level)}
        </Tag>
      ))}
    </span>
  )
}

export const percent = (probability: number, lang: string) =>
  new Intl.NumberFormat(lang, { style: 'percent', maximumFractionDigits: probability > 0.99 ? 1 : 0 }).format(
    Math.min(probability, 0.999),
  )
