import { Inbox, Plus } from 'lucide-react'
import type { Stories } from '../stories/story'
import { LONG_ZH } from '../stories/world'
import { Button, Checkbox, Kbd, Menu, MenuItem, Notice, Popover, Skeleton, Tag } from './kit'

const HUES = ['gray', 'sky', 'indigo', 'violet', 'pink', 'red', 'amber', 'green', 'teal']

const stories: Stories = {
  buttons: {
    show: () => (
      <div className="flex flex-wrap gap-2">
        {(['solid', 'line', 'ghost', 'soft'] as const).map(kind => (
          <span key={kind} className="flex gap-2">
            <Button kind={kind}>Save</Button>
            <Button kind={kind} size="sm" icon={<Plus size={14} />}>
              新建联系人
            </Button>
            <Button kind={kind} disabled>
              Off
            </Button>
            <Button kind={kind} icon={<Plus size={14} />} aria-label={`Add ${kind}`} />
          </span>
        ))}
      </div>
    ),
  },
  tags: {
    width: 360,
    show: () => (
      <div className="flex flex-wrap gap-2">
        {HUES.map(hue => (
          <Tag key={hue} color={hue}>
            {hue}
          </Tag>
        ))}
        <Tag color="sky">{LONG_ZH}</Tag>
      </div>
    ),
  },
  'check boxes and keys': {
    show: () => (
      <div className="flex items-center gap-3">
        <Checkbox label="off" checked={false} onChange={() => {}} />
        <Checkbox label="on" checked onChange={() => {}} />
        <Checkbox label="some" checked="indeterminate" onChange={() => {}} />
        <Checkbox label="disabled" checked disabled onChange={() => {}} />
        <Kbd>⌘</Kbd>
        <Kbd>K</Kbd>
      </div>
    ),
  },
  'menu open': {
    show: () => (
      <Popover open onOpenChange={() => {}} trigger={<Button>Open</Button>}>
        <p className="w-56 p-2 text-sm">{LONG_ZH}</p>
      </Popover>
    ),
  },
  'menu closed': {
    show: () => (
      <Menu trigger={<Button>More</Button>}>
        <MenuItem>One</MenuItem>
        <MenuItem danger>Delete</MenuItem>
      </Menu>
    ),
  },
  'nothing to show': {
    show: () => (
      <Notice icon={<Inbox size={18} />} text="Nothing here yet. Create the first record, or import a file.">
        <Button>Import</Button>
        <Button kind="solid">New contact</Button>
      </Notice>
    ),
  },
  'nothing to show, long Chinese': {
    width: 360,
    show: () => <Notice icon={<Inbox size={18} />} text={LONG_ZH} />,
  },
  loading: {
    width: 360,
    show: () => (
      <div className="flex flex-col gap-3" aria-busy>
        <Skeleton width="70%" />
        <Skeleton width="45%" />
      </div>
    ),
  },
}
export default stories
