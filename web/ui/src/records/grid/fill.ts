import { useCallback, useRef, useState } from 'react'

/**
 * Drawing a block out by its corner: from pressing the corner until the pointer is let go. Outside of the window, or with Esc,
 * nothing happens.
 */
export function useFill() {
  /** The row that the pointer is over, -1 while nothing is drawn. */
  const [fillTo, setFillTo] = useState(-1)
  const reached = useRef(-1)
  const filling = useRef(false)
  /** What to do with the row at which the pointer was let go. */
  const filled = useRef((_: number) => {})
  const fillOver = useCallback((row: number) => {
    reached.current = row
    setFillTo(row)
  }, [])
  const beginFill = useCallback(() => {
    filling.current = true
    const ended = new AbortController()
    const { signal } = ended
    const end = () => {
      ended.abort()
      filling.current = false
      fillOver(-1)
    }
    const letGo = () => {
      const to = reached.current
      end()
      if (to >= 0) filled.current(to)
    }
    window.addEventListener('pointerup', letGo, { signal })
    window.addEventListener('pointermove', event => event.buttons === 0 && end(), { signal })
    window.addEventListener('keydown', event => event.key === 'Escape' && end(), { signal })
  }, [fillOver])
  return { fillTo, filling, beginFill, fillOver, filled }
}
