import { useEffect, useReducer, useRef } from 'react'

/**
 * Fills a list row by row: whatever comes into sight at once, by a jump or with a page of data, is spread over as many
 * frames as it takes, and fewer rows go into one the longer the last one took. The first rows of a list are filled together.
 *
 * @returns asks for one row whether it may be filled now; call it once for each row shown, in every rendering
 */
export function useGradual(from: number, to: number) {
  const filled = useRef(new Set<number>())
  const waiting = useRef(false)
  const last = useRef(0)
  const [, next] = useReducer((n: number) => n + 1, 0)
  for (const index of filled.current) if (index < from || index > to) filled.current.delete(index)
  waiting.current = false
  const now = performance.now()
  let left = filled.current.size || now - last.current < 100 ? share(now - last.current) : Number.POSITIVE_INFINITY
  useEffect(() => {
    last.current = now
    if (!waiting.current) return
    const frame = requestAnimationFrame(next)
    return () => cancelAnimationFrame(frame)
  })
  return (index: number, there: boolean) => {
    if (!there) return false
    if (filled.current.has(index)) return true
    if (left <= 0) {
      waiting.current = true
      return false
    }
    left--
    filled.current.add(index)
    return true
  }
}

/** How many rows one frame takes after one of so many milliseconds. */
const share = (milliseconds: number) => (milliseconds < 20 ? 3 : milliseconds < 200 ? 1 : 5)
