import type { Stories } from '../../stories/story'
import { account, LONG_ZH, object } from '../../stories/world'
import { Details } from './details'
import { Headline } from './headline'
import { Highlights } from './highlights'
import { QuickActions } from './quickActions'

const whole = (over = {}) => {
  const item = account(over)
  return (
    <>
      <div className="flex flex-wrap gap-3">
        <Headline object={object('account')} item={item} name={String(item.name)} />
        <QuickActions object={object('account')} item={item} />
      </div>
      <Highlights object={object('account')} item={item} />
      <Details object={object('account')} item={item} />
    </>
  )
}

const stories: Stories = {
  filled: { width: 560, show: () => whole() },
  'almost empty': {
    width: 560,
    show: () =>
      whole({
        type: null,
        industry: null,
        phone: null,
        website: null,
        address: null,
        employees: null,
        annualRevenue: null,
      }),
  },
  'long Chinese on a phone': {
    width: 390,
    show: () => whole({ name: LONG_ZH, industry: LONG_ZH, address: { province: LONG_ZH, street: LONG_ZH } }),
  },
}
export default stories
