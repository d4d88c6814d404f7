import { useSyncExternalStore } from 'react'

const phone = matchMedia('(max-width: 767px)')
/** Whether the window is as narrow as a phone; follows it when it is turned. */
export const useIsPhone = () =>
  useSyncExternalStore(
    listener => {
      phone.addEventListener('change', listener)
      return () => phone.removeEventListener('change', listener)
    },
    () => phone.matches,
  )
