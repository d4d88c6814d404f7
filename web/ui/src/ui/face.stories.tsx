import type { Stories } from '../stories/story'
import { LONG_ZH } from '../stories/world'
import { Face } from './face'

const stories: Stories = {
  'people and companies': {
    show: () => (
      <div className="flex gap-2">
        <Face name="Nadia Hoffmann" size={32} />
        <Face name="欧阳娜娜" size={32} />
        <Face name="云帆科技有限公司" size={32} square />
        <Face name="Ironbridge Steel" size={52} square />
        <Face name="" size={24} />
        <Face name={LONG_ZH} size={24} square />
      </div>
    ),
  },
}
export default stories
