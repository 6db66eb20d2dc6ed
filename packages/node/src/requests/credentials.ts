import type { IncomingHttpHeaders } from 'node:http'
import type { CredentialSettings } from '../environment.ts'
import type { Credential } from './request.ts'

/** Names under which the libraries of this field keep sessions in cookies, browsers' prefixes (`__Host-`) left out. */
const SESSION_COOKIES = [
  'session',
  'sessionid',
  'session_id',
  'session-id',
  'session_token',
  'session-token',
  '__session',
  'appSession',
  'auth_session',
  'auth_token',
  'auth-token',
  'access_token',
  'token',
  'jwt',
  'sid',
  'connect.sid',
  'koa.sess',
  'next-auth.session-token',
  'authjs.session-token',
  'better-auth.session_token',
  'wos-session',
  'sb-*-auth-token',
]
const API_KEY_HEADERS = ['x-api-key', 'api-key', 'apikey']

/** Schemes of `authorization` that only programs send. */
const KEY_SCHEME = /^(?:api-?key|key|aws4-|hawk|hmac|signature)/i

/** Tells what kind of credentials the headers of a request hold, by their names: of a value it only counts that there is one. */
export type ReadCredential = (headers: IncomingHttpHeaders) => Credential

/**
 * Makes a {@link ReadCredential}.
 *
 * A cookie of a session's name makes a session, a header of a key's name an API key. `authorization` may be either's:
 * bearer tokens are what scripts of a page send and what partners send, and so is `Basic`; unless its scheme is one of
 * keys, or it is named among `apiKeyHeaders`. A session and a key together are either's, too: one of them is what counts,
 * and the route knows which.
 */
export function createCredentialReader({
  sessionCookies = SESSION_COOKIES,
  apiKeyHeaders = API_KEY_HEADERS,
}: CredentialSettings): ReadCredential {
  const keys = apiKeyHeaders.map(name => name.toLowerCase())
  const authorizesEither = !keys.includes('authorization')
  const hasSessionIn = findCookie(sessionCookies)
  return headers => {
    const { authorization = '', cookie = '' } = headers
    const byScheme = KEY_SCHEME.test(authorization)
    if (authorization !== '' && authorizesEither && !byScheme) return 'either'
    const hasKey = byScheme || keys.some(key => isGiven(headers[key]))
    const hasSession = cookie !== '' && hasSessionIn(cookie)
    if (hasKey) return hasSession ? 'either' : 'api-key'
    return hasSession ? 'session' : 'none'
  }
}

/** Finds one of `names`, in which `*` stands for anything, with a value. Long sessions are split in cookies with a number at the end. */
function findCookie(names: readonly string[]): (cookies: string) => boolean {
  const patterns = names.map(name =>
    name.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^=;]*'),
  )
  const cookie = new RegExp(
    ` *(?:__(?:host|secure)-)?(?:${patterns.join('|')})(?:\\.\\d+)?="?[^;" ]`,
    'iy',
  )
  return cookies => {
    // From one to the next: what lies between is long, and none of our business.
    let from = 0
    do {
      cookie.lastIndex = from
      if (cookie.test(cookies)) return true
      from = cookies.indexOf(';', from) + 1
    } while (from > 0)
    return false
  }
}

const isGiven = (value: string | string[] | undefined): boolean =>
  value !== undefined && value.length > 0
