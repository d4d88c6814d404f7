import { Network, Plus } from 'lucide-react'
import { lazy, Suspense, useMemo, useState } from 'react'
import { Link } from 'react-router'
import { useDictionary } from '../../platform/i18n'
import { useObject } from '../../platform/meta'
import { Face } from '../../ui/face'
import { Button, Notice } from '../../ui/kit'
import { type Person, type Unit, useDepartments, usePeople, useTeams } from './organisationData'
import { Panel } from './panel'
import { SettingsFrame } from './settings'

const CreateForm = lazy(() => import('../../records/createForm'))

const en = {
  departments: 'Departments',
  departmentsHint: 'The tree of the company. Roles may let people see what their department, or all below it, owns.',
  teams: 'Teams',
  teamsHint: 'People who work together. Whoever manages a team sees what its members own where their role says “team”.',
  groups: 'Public groups',
  groupsHint: 'People across the tree with whom records are shared together.',
  openGroups: 'Open public groups',
  newDepartment: 'New department',
  newTeam: 'New team',
  newGroup: 'New public group',
  noDepartment: 'There are no departments yet.',
  noTeam: 'There are no teams yet.',
  person: '1 person',
  people: '{n} people',
  ledBy: 'led by {name}',
}
const zh: typeof en = {
  departments: '部门',
  departmentsHint: '公司的组织树。角色可以让人看到本部门或本部门及下级所负责的记录。',
  teams: '团队',
  teamsHint: '一起工作的人员。若角色范围包含“团队”，团队主管可以看到成员负责的记录。',
  groups: '公共组',
  groupsHint: '跨部门的人员集合，可作为一个整体共享记录。',
  openGroups: '打开公共组',
  newDepartment: '新建部门',
  newTeam: '新建团队',
  newGroup: '新建公共组',
  noDepartment: '还没有部门。',
  noTeam: '还没有团队。',
  person: '1 人',
  people: '{n} 人',
  ledBy: '负责人：{name}',
}

/** The company as a tree: departments, teams, and groups across them. */
export function OrganisationPage() {
  const { w } = useDictionary(en, zh)
  const departments = useDepartments()
  const teams = useTeams()
  const people = usePeople().data ?? []
  const [creating, setCreating] = useState<string>()
  const add = (object: string, text: string) => (
    <Button icon={<Plus size={14} />} onClick={() => setCreating(object)}>
      {text}
    </Button>
  )
  return (
    <SettingsFrame needs="users">
      <div className="mx-auto flex max-w-[880px] flex-col gap-6">
        <Panel title={w('departments')} hint={w('departmentsHint')} action={add('department', w('newDepartment'))}>
          <Tree object="department" units={departments.data} people={people} empty={w('noDepartment')} />
        </Panel>
        <Panel title={w('teams')} hint={w('teamsHint')} action={add('team', w('newTeam'))}>
          <Tree object="team" units={teams.data} people={people} empty={w('noTeam')} />
        </Panel>
        <Panel title={w('groups')} hint={w('groupsHint')} action={add('userGroup', w('newGroup'))}>
          <Link to="/o/userGroup" className="block px-4 py-3 text-sm font-medium text-accent-ink hover:underline">
            {w('openGroups')}
          </Link>
        </Panel>
      </div>
      {creating && <Creating object={creating} onClose={() => setCreating(undefined)} />}
    </SettingsFrame>
  )
}

function Creating({ object: name, onClose }: { object: string; onClose: () => void }) {
  const object = useObject(name)
  return object ? (
    <Suspense>
      <CreateForm object={object} onClose={onClose} />
    </Suspense>
  ) : null
}

interface TreeProps {
  object: 'department' | 'team'
  units: Unit[] | undefined
  people: Person[]
  empty: string
}

function Tree({ object, units, people, empty }: TreeProps) {
  const children = useMemo(() => {
    const known = new Set(units?.map(unit => unit.id))
    const grouped = new Map<string, Unit[]>()
    for (const unit of units ?? []) {
      const above = unit.parent && known.has(unit.parent.id) ? unit.parent.id : ''
      grouped.set(above, [...(grouped.get(above) ?? []), unit])
    }
    return grouped
  }, [units])
  if (units && !units.length) return <Notice icon={<Network size={18} />} text={empty} />
  return (
    <ul className="py-1.5">
      {(children.get('') ?? []).map(unit => (
        <Branch key={unit.id} unit={unit} depth={0} object={object} all={children} people={people} />
      ))}
    </ul>
  )
}

interface BranchProps {
  unit: Unit
  depth: number
  object: 'department' | 'team'
  all: Map<string, Unit[]>
  people: Person[]
}

function Branch({ unit, depth, object, all, people }: BranchProps) {
  const { w } = useDictionary(en, zh)
  const members = people.filter(person => person[object]?.id === unit.id)
  return (
    <li>
      <div
        className="flex min-h-9 items-center gap-2.5 px-4 text-sm hover:bg-hover max-md:min-h-11"
        style={{ paddingLeft: 16 + depth * 22 }}
      >
        <Link to={`/o/${object}/${unit.id}`} className="font-medium hover:underline">
          {unit.name}
        </Link>
        <span className="text-xs text-ink-3">
          {w(members.length === 1 ? 'person' : 'people', { n: members.length })}
          {unit.manager?.name && ` · ${w('ledBy', { name: unit.manager.name })}`}
        </span>
        <span className="ml-auto flex -space-x-1.5">
          {members.slice(0, 6).map(person => (
            <Face key={person.id} name={person.name} size={22} />
          ))}
        </span>
      </div>
      {all.has(unit.id) && (
        <ul>
          {all.get(unit.id)?.map(child => (
            <Branch key={child.id} unit={child} depth={depth + 1} object={object} all={all} people={people} />
          ))}
        </ul>
      )}
    </li>
  )
}
