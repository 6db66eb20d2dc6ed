/**
 * Whether a request comes from a page of its own origin, by what browsers say of it and no page can change.
 *
 * Over plain HTTP browsers leave `sec-fetch-site` out; then `origin` has to name the host that was asked. A request with
 * neither is none of a page.
 */
export function isSameOrigin(headers: Headers): boolean {
  const site = headers.get('sec-fetch-site')
  if (site !== null) return site === 'same-origin'
  const origin = URL.parse(headers.get('origin') ?? '')
  if (origin === null || !/^https?:$/.test(origin.protocol)) return false
  // A proxy that asks by another name says here which one it was asked by.
  return [headers.get('host'), headers.get('x-forwarded-host')].includes(origin.host)
}
