const PATIENCE = 8_000

/** Where this device is; undefined if it does not know or must not tell. */
const here = () =>
  new Promise<GeolocationPosition | undefined>(done => {
    if (!navigator.geolocation) done(undefined)
    else navigator.geolocation.getCurrentPosition(done, () => done(undefined), { timeout: PATIENCE })
  })

/** What a visit says of an arrival now and here; without a position if the device gives none. */
export async function arrival() {
  const found = await here()
  const checkedInAt = new Date().toISOString()
  if (!found) return { checkedInAt }
  return {
    checkedInAt,
    latitude: found.coords.latitude.toFixed(6),
    longitude: found.coords.longitude.toFixed(6),
  }
}
