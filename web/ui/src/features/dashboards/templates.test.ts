import { expect, it } from 'vitest'
import { objects } from '../../stories/world'
import { TEMPLATES, tilesOf } from './templates'

it('a template loses no tile over objects and fields that there are', () => {
  for (const template of TEMPLATES) {
    const known = template.tiles.filter(tile => objects.has(tile.object))
    expect(tilesOf(template, objects).map(tile => `${tile.kind} ${tile.object}`)).toEqual(
      known.map(tile => `${tile.kind} ${tile.object}`),
    )
  }
})
