// An OpenID provider for the journeys: the certified library oidc-provider, with its own forms for signing in and consent.
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

const require = createRequire(new URL('../web/ui/package.json', import.meta.url))
const { Provider } = await import(pathToFileURL(require.resolve('oidc-provider')))

const [redirect, secret] = process.argv.slice(2)
const server = createServer()
await new Promise(resolve => server.listen(0, '127.0.0.1', resolve))
const issuer = `http://127.0.0.1:${server.address().port}`
const provider = new Provider(issuer, {
  clients: [{ client_id: 'rapport', client_secret: secret, redirect_uris: [redirect] }],
  pkce: { required: () => true },
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'preferred_username'] },
  // whoever signs in is believed to be who they say
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({
      sub: id,
      email: `${id}@example.com`,
      email_verified: id !== 'unverified',
      name: `${id} of the directory`,
      preferred_username: id === 'unverified' ? 'lilei' : id,
    }),
  }),
  cookies: { keys: ['only for the journeys'] },
})
server.on('request', provider.callback())
console.log(issuer)
