import GridLayout, { useContainerWidth, verticalCompactor } from 'react-grid-layout'
import 'react-grid-layout/css/styles.css'
import type { Filter, ObjectDef } from '../../platform/types'
import { COLUMNS, GAP, ROW_HEIGHT, type Tile } from './model'
import { TileBody, useTileTitle } from './tile'

interface Props {
  tiles: Tile[]
  scope: (object: ObjectDef) => Filter[]
  onChange: (tiles: Tile[]) => void
}

/** The tiles while they are dragged to other places and sizes. */
export default function Arrange({ tiles, scope, onChange }: Props) {
  const { width, containerRef, mounted } = useContainerWidth()
  const titleOf = useTileTitle()
  return (
    <div ref={containerRef} className="rapport-arrange">
      {mounted && (
        <GridLayout
          width={width}
          layout={tiles.map(({ id, x, y, w, h }) => ({ i: id, x, y, w, h, minW: 2, maxH: 8 }))}
          gridConfig={{ cols: COLUMNS, rowHeight: ROW_HEIGHT, margin: [GAP, GAP], containerPadding: [0, 0] }}
          compactor={verticalCompactor}
          onLayoutChange={layout =>
            onChange(
              tiles.map(tile => {
                const at = layout.find(one => one.i === tile.id)
                return at ? { ...tile, x: at.x, y: at.y, w: at.w, h: at.h } : tile
              }),
            )
          }
        >
          {tiles.map(tile => (
            <section
              key={tile.id}
              aria-label={titleOf(tile)}
              className="flex cursor-grab flex-col overflow-hidden rounded-2xl border border-accent-line bg-surface px-4 py-3 shadow-2"
            >
              <h2 className="mb-1 min-h-6 truncate font-semibold">{titleOf(tile)}</h2>
              <div className="pointer-events-none min-h-0 flex-1" inert>
                <TileBody tile={tile} scope={scope} />
              </div>
            </section>
          ))}
        </GridLayout>
      )}
    </div>
  )
}
