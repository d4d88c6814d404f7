import { useCallback, useMemo } from 'react'
import type { ResolvedPath } from '../../platform/meta'
import { useRemembered } from '../../platform/remembered'

const WIDTHS: Record<string, number> = {
  personName: 250,
  lookup: 180,
  email: 220,
  choice: 160,
  money: 130,
  whole: 110,
  decimal: 110,
  percent: 90,
  moment: 130,
  date: 120,
  flag: 80,
  phone: 150,
}
const NARROWEST = 60
const WIDEST = 800
/** Of the column of check boxes. */
const CHECKS = 44
const NO_WIDTHS: Record<string, number> = {}

export const usualWidth = (column: ResolvedPath, first: boolean) =>
  (WIDTHS[column.field.type] ?? 170) + (first && column.field.type !== 'personName' ? 30 : 0)

/** How wide an object's columns are in this browser; one that somebody has set keeps its width, the others share what is left. */
export function useColumnWidths(object: string, columns: ResolvedPath[]) {
  const [set, remember] = useRemembered(`widths.${object}`, NO_WIDTHS)
  const tracks = useMemo(() => {
    const widths = columns.map((column, i) => set[column.path] ?? usualWidth(column, i === 0))
    const track = (width: number, i: number) =>
      i === 0 || set[columns[i]?.path ?? ''] ? `${width}px` : `minmax(${width}px, 1fr)`
    return {
      widths,
      template: `${CHECKS}px ${widths.map(track).join(' ')}`,
      minWidth: CHECKS + widths.reduce((a, b) => a + b, 0),
    }
  }, [columns, set])
  const resize = useCallback(
    (path: string, width: number | undefined) => {
      const { [path]: _, ...others } = set
      const next =
        width === undefined ? others : { ...others, [path]: Math.round(Math.min(WIDEST, Math.max(NARROWEST, width))) }
      remember(Object.keys(next).length ? next : undefined)
    },
    [set, remember],
  )
  return { ...tracks, resize }
}
