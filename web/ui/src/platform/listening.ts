const LISTENING = 'rapport:listening'

/** The server is heard, for the first time or again. */
export const tellListening = () => dispatchEvent(new Event(LISTENING))

/** Calls `act` whenever the server begins to be heard: what happened before then was missed. @returns ends it */
export function whenListening(act: () => void) {
  addEventListener(LISTENING, act)
  return () => removeEventListener(LISTENING, act)
}
