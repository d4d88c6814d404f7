import { useEffect, useState } from 'react'

/** The text once it has not changed for half a second: what is worth asking the server about while somebody types. */
export function useSettled(text: string) {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), 500)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}
