import { useRemembered } from './remembered'

export type Density = 'comfortable' | 'compact'

/** How tightly lists are set. */
export const useDensity = () => useRemembered<Density>('density', 'comfortable')
