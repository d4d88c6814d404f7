import { useQueryClient } from '@tanstack/react-query'
import { api, setCsrfToken } from './api'
import type { Session } from './session'

/** Whether this browser can keep passkeys for this page. */
export const passkeysWork = () =>
  typeof PublicKeyCredential !== 'undefined' && 'parseRequestOptionsFromJSON' in PublicKeyCredential

/** Has the device sign in whom it knows. @throws DOMException if the person or the device gives up */
export function usePasskeySignIn() {
  const queries = useQueryClient()
  return async () => {
    const options = await api<PublicKeyCredentialRequestOptionsJSON>('POST', '/public/passkeys/options')
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options)
    const credential = (await navigator.credentials.get({ publicKey })) as PublicKeyCredential
    const body = { credential: credential.toJSON() }
    const session = await api<Session>('POST', '/public/passkeys/session', { body })
    setCsrfToken(session.csrfToken)
    queries.setQueryData(['session'], session)
  }
}

/** Has the device make a passkey. @returns recovery codes, if it is the first second factor */
export async function makePasskey(name: string, password: string) {
  const path = '/session/passkeys'
  const options = await api<PublicKeyCredentialCreationOptionsJSON>('POST', `${path}/options`, { body: { password } })
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options)
  const credential = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential
  return api<{ recoveryCodes: string[] }>('POST', path, { body: { name, credential: credential.toJSON() } })
}
