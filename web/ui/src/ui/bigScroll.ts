import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'

/** Browsers clamp the height of elements (Chrome at 33.5 million pixels), so long lists are drawn on a shorter track. */
const MAX_TRACK = 10_000_000
const REST_MS = 140

interface Window {
  from: number
  to: number
  base: number
}

/**
 * Fixed-height rows of any number. The wheel and the keyboard scroll one to one; dragging the scrollbar jumps in
 * proportion; both are brought together when scrolling rests.
 */
export function useBigScroll(ref: RefObject<HTMLElement | null>, count: number, rowHeight: number, header: number) {
  const overscan = 6
  const real = count * rowHeight
  const track = Math.min(real, MAX_TRACK)
  const [viewport, setViewport] = useState(800)
  const state = useRef({ top: 0, scrollTop: 0, base: 0, timer: 0, quiet: false })
  const [shown, setShown] = useState<Window>({ from: 0, to: 40, base: 0 })

  const show = useCallback(() => {
    const { top, base } = state.current
    const from = Math.max(0, Math.floor(top / rowHeight) - overscan)
    const to = Math.min(count - 1, Math.ceil((top + viewport) / rowHeight) + overscan)
    setShown(w => (w.from === from && w.to === to && w.base === base ? w : { from, to, base }))
  }, [count, rowHeight, viewport])

  const settle = useCallback(() => {
    const element = ref.current
    const s = state.current
    if (!element) return
    const target = real > track ? Math.round((s.top / Math.max(1, real - viewport)) * (track - viewport)) : s.top
    if (Math.abs(target - s.scrollTop) > 1) {
      s.quiet = true
      element.scrollTop = target
      s.scrollTop = target
    }
    s.base = s.scrollTop - s.top
    show()
  }, [real, track, viewport, show, ref])

  useLayoutEffect(() => {
    const element = ref.current
    if (!element) return
    const observer = new ResizeObserver(() => setViewport(element.clientHeight - header))
    observer.observe(element)
    return () => observer.disconnect()
  }, [ref, header])

  useEffect(show, [show])

  useEffect(() => {
    const element = ref.current
    if (!element) return
    const scrolled = () => {
      const s = state.current
      const moved = element.scrollTop - s.scrollTop
      s.scrollTop = element.scrollTop
      if (s.quiet) {
        s.quiet = false
        return
      }
      if (real <= track) s.top = s.scrollTop
      else if (Math.abs(moved) < viewport * 1.5) s.top = Math.min(real - viewport, Math.max(0, s.top + moved))
      else s.top = (s.scrollTop / (track - viewport)) * (real - viewport)
      s.base = s.scrollTop - s.top
      show()
      clearTimeout(s.timer)
      s.timer = window.setTimeout(settle, REST_MS)
    }
    element.addEventListener('scroll', scrolled, { passive: true })
    return () => element.removeEventListener('scroll', scrolled)
  }, [ref, real, track, viewport, show, settle])

  const scrollToRow = useCallback(
    (row: number) => {
      const s = state.current
      const y = row * rowHeight
      if (y < s.top) s.top = y
      else if (y + rowHeight > s.top + viewport) s.top = y + rowHeight - viewport
      else return
      settle()
    },
    [rowHeight, viewport, settle],
  )

  /** The most rows that are ever shown at once. */
  const slots = Math.max(Math.ceil(viewport / rowHeight) + 2 * overscan + 2, shown.to - shown.from + 1)
  return { height: track, slots, ...shown, rowTop: (row: number) => row * rowHeight + shown.base, scrollToRow }
}
