import {
  ArrowLeft,
  ArrowRight,
  Ellipsis,
  FoldHorizontal,
  FoldVertical,
  Pencil,
  Trash2,
  UnfoldHorizontal,
  UnfoldVertical,
} from 'lucide-react'
import { Button, Menu, MenuItem } from '../../ui/kit'
import { COLUMNS, type Tile } from './model'
import { useTileTitle } from './tile'
import { useDashboardWords } from './words'

interface Props {
  tile: Tile
  tiles: Tile[]
  onEdit: () => void
  onRemove: () => void
  onTiles: (tiles: Tile[]) => void
}

/** What can be done with a tile, its place and size among it, for whoever does not drag. */
export function TileMenu({ tile, tiles, onEdit, onRemove, onTiles }: Props) {
  const { w } = useDashboardWords()
  const titleOf = useTileTitle()
  const resize = (width: number, height: number) => {
    const next = {
      ...tile,
      w: Math.min(COLUMNS, Math.max(2, tile.w + width)),
      h: Math.min(8, Math.max(1, tile.h + height)),
    }
    next.x = Math.min(next.x, COLUMNS - next.w)
    onTiles(settled(tiles.map(one => (one.id === tile.id ? next : one))))
  }
  const move = (by: number) => {
    const order = [...tiles].sort((a, b) => a.y - b.y || a.x - b.x)
    const at = order.findIndex(one => one.id === tile.id)
    const other = order[at + by]
    if (!other) return
    onTiles(
      settled(
        tiles.map(one =>
          one.id === tile.id
            ? { ...one, x: Math.min(other.x, COLUMNS - one.w), y: other.y }
            : one.id === other.id
              ? { ...one, x: Math.min(tile.x, COLUMNS - one.w), y: tile.y }
              : one,
        ),
      ),
    )
  }
  return (
    <Menu
      align="end"
      trigger={
        <Button
          kind="ghost"
          size="sm"
          aria-label={w('options', { tile: titleOf(tile) })}
          icon={<Ellipsis size={15} />}
        />
      }
    >
      <MenuItem icon={<Pencil size={14} />} onSelect={onEdit}>
        {w('editTile')}
      </MenuItem>
      <MenuItem icon={<ArrowLeft size={14} />} onSelect={() => move(-1)}>
        {w('moveBack')}
      </MenuItem>
      <MenuItem icon={<ArrowRight size={14} />} onSelect={() => move(1)}>
        {w('moveOn')}
      </MenuItem>
      <MenuItem icon={<UnfoldHorizontal size={14} />} onSelect={() => resize(1, 0)}>
        {w('wider')}
      </MenuItem>
      <MenuItem icon={<FoldHorizontal size={14} />} onSelect={() => resize(-1, 0)}>
        {w('narrower')}
      </MenuItem>
      <MenuItem icon={<UnfoldVertical size={14} />} onSelect={() => resize(0, 1)}>
        {w('more')}
      </MenuItem>
      <MenuItem icon={<FoldVertical size={14} />} onSelect={() => resize(0, -1)}>
        {w('less')}
      </MenuItem>
      <MenuItem icon={<Trash2 size={14} />} danger onSelect={onRemove}>
        {w('remove')}
      </MenuItem>
    </Menu>
  )
}

const meet = (a: Tile, b: Tile) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h

/** Pushes down what would lie over another tile. */
export function settled(tiles: Tile[]): Tile[] {
  const placed: Tile[] = []
  for (const tile of [...tiles].sort((a, b) => a.y - b.y || a.x - b.x)) {
    const next = { ...tile }
    for (let under = placed.find(one => meet(one, next)); under; under = placed.find(one => meet(one, next)))
      next.y = under.y + under.h
    placed.push(next)
  }
  return placed
}
