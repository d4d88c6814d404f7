// A real mail server for the journeys: takes every mail and appends it to a file. Prints the port that it listens on.
import { appendFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const { SMTPServer } = createRequire(new URL('../web/ui/package.json', import.meta.url))('smtp-server')
const file = process.argv[2]
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS', 'AUTH'],
  onData(stream, _session, done) {
    const parts = []
    stream.on('data', part => parts.push(part))
    stream.on('end', () => {
      appendFileSync(file, `${Buffer.concat(parts).toString()}\n\n`)
      done()
    })
  },
})
server.listen(0, '127.0.0.1', () => console.log(server.server.address().port))
