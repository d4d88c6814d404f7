const LASTING = 5_000
const written = new Map<string, number>()

const mark = (key: string) => {
  const now = Date.now()
  for (const [old, at] of written) if (now - at > LASTING) written.delete(old)
  written.set(key, now)
}

const isMarked = (key: string) => Date.now() - (written.get(key) ?? 0) <= LASTING

/** Keeps in mind what this window has just written and shows already, so that the news of it moves nothing under the hand. */
export const rememberWrite = (id: string, version: number) => mark(`${id} ${version}`)

/** The same for a block of records of an object, of which the news comes as one. */
export const rememberBlock = (object: string) => mark(object)

export const isOwnWrite = (object: string, id: string | null, version: number) =>
  id === null ? isMarked(object) : isMarked(`${id} ${version}`) || isMarked(object)
