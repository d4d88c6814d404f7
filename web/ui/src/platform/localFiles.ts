import i18next from 'i18next'
import { createStore, del, get, set } from 'idb-keyval'
import { api, ProblemError } from './api'
import type { FieldValue, FileValue } from './types'

const store = createStore('rapport-files', 'waiting')
const LOCAL = 'local:'

/** Keeps a file on this device until there is a network; its value stands for it in forms and in what waits to be sent. */
export async function keepFile(file: File): Promise<FileValue> {
  const id = LOCAL + crypto.randomUUID()
  await set(id, file, store)
  return { id, name: file.name, type: file.type, size: file.size }
}

const localIds = (body: Record<string, unknown> = {}) =>
  Object.entries(body).filter((entry): entry is [string, string] => String(entry[1]).startsWith(LOCAL))

/** The values with the files of this device uploaded and named by the server's ids. Rejects as uploads do. */
export async function withFilesSent(body: Record<string, unknown> | undefined) {
  const sent: Record<string, unknown> = {}
  for (const [name, id] of localIds(body)) {
    const file = await get<File>(id, store)
    // the browser may have cleared it away to make room
    if (!file) throw new ProblemError({ title: '', detail: i18next.t('fileGone'), status: 410, code: 'file-gone' })
    const form = new FormData()
    form.append('file', file)
    sent[name] = (await api<FileValue>('POST', '/files', { form })).id
  }
  return localIds(body).length ? { ...body, ...sent } : body
}

/** Lets go of the files that {@code body} names. */
export async function forgetFiles(body: Record<string, unknown> | undefined) {
  for (const [, id] of localIds(body)) await del(id, store).catch(() => undefined)
}

export const isLocalFile = (value: FieldValue) =>
  !!value && typeof value === 'object' && 'id' in value && String(value.id).startsWith(LOCAL)
