import type { QueryClient } from '@tanstack/react-query'
import { ProblemError } from './api'
import { useRemembered } from './remembered'
import type { RecordItem } from './types'

const phone = matchMedia('(max-width: 767px)').matches || matchMedia('(display-mode: standalone)').matches

/** Whether this device keeps a person's records and plans for places without a network: phones do unless told not to. */
export const useKeeping = () => useRemembered('keepOffline', phone)

export const isKeeping = () => {
  const chosen = localStorage.getItem('rapport.keepOffline')
  return chosen === null ? phone : chosen === 'true'
}

export const isOffline = (error: unknown) => error instanceof ProblemError && error.problem.code === 'offline'

/** The records of an object that this device has kept whole. */
export const keptRecords = (client: QueryClient, object: string) =>
  client.getQueryData<RecordItem[]>(['kept', object]) ?? []
