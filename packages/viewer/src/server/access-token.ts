import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { ENV_OTEL_EXPORTER_OTLP_HEADERS, ThroughlineError } from '@throughline/conventions'
import { isLoopback } from './host-names.ts'
import { isPagePath, type Target } from './target.ts'
import type { Refusal } from './refusal.ts'

const RANDOM_BYTES = 24
/** What a header, a cookie and an address can all carry, and nobody guesses. */
const USABLE = /^[!-~]{16,512}$/

/**
 * The token of a viewer at `host`: the given one, else a random one where others than this machine reach it.
 *
 * Throws where the given one keeps nobody out, or cannot be sent.
 */
export function chooseToken(given: string | undefined, host: string): string | undefined {
  if (given === undefined) {
    return isLoopback(host.toLowerCase())
      ? undefined
      : randomBytes(RANDOM_BYTES).toString('base64url')
  }
  if (USABLE.test(given)) return given
  throw new ThroughlineError(`the token, which has ${given.length} characters, cannot be used`, {
    code: 'TOKEN_UNUSABLE',
    fix: 'Give 16 to 512 letters, digits and signs of ASCII without a space, or none: then a random one is made.',
  })
}

/**
 * Makes what asks each request for the token: in `authorization`, in a cookie, or once in `?token=` of a page, which answers with the
 * cookie and the address without it.
 */
export function createTokenGuard(
  token: string,
  port: number,
): (request: IncomingMessage, target: Target) => Refusal | undefined {
  // Cookies are shared by all ports of a host.
  const cookie = `throughline-viewer-${port}`
  const wanted = digest(token)
  const isToken = (shown: string | undefined): boolean =>
    shown !== undefined && timingSafeEqual(digest(shown), wanted)
  return (request, target) => {
    if (isToken(bearerOf(request)) || isToken(cookieOf(request, cookie))) return undefined
    const inAddress = target.query.get('token')
    if (inAddress !== null && isPagePath(target.path) && isToken(inAddress)) {
      return signIn(
        target,
        `${cookie}=${encodeURIComponent(token)}; Path=/; HttpOnly; SameSite=Strict`,
      )
    }
    return {
      status: 401,
      error: 'This viewer can be reached by others, and asks for its token.',
      fix: `Open the address that it printed when it started, which ends in ?token=…; exporters show the token by ${ENV_OTEL_EXPORTER_OTLP_HEADERS}=authorization=Bearer%20TOKEN.`,
      headers: {
        'www-authenticate': 'Bearer realm="throughline viewer"',
        // A link on another site brings no cookie; the same address asked for from here does.
        ...(isFromOtherSite(request) && { refresh: '0' }),
      },
    }
  }
}

function signIn({ path, query }: Target, cookie: string): Refusal {
  const rest = new URLSearchParams(query)
  rest.delete('token')
  return {
    status: 303,
    error: 'The token is right.',
    fix: 'Go on at the address without it.',
    headers: {
      location: rest.size === 0 ? path : `${path}?${rest.toString()}`,
      'set-cookie': cookie,
    },
  }
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

const bearerOf = ({ headers }: IncomingMessage): string | undefined =>
  /^bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1]

function cookieOf({ headers }: IncomingMessage, name: string): string | undefined {
  const pairs = (headers.cookie ?? '').split(';').map(pair => pair.trim())
  const value = pairs.find(pair => pair.startsWith(`${name}=`))?.slice(name.length + 1)
  try {
    return value === undefined ? undefined : decodeURIComponent(value)
  } catch {
    // Not what was set here, so it is no token.
    return undefined
  }
}

const isFromOtherSite = ({ headers }: IncomingMessage): boolean =>
  ['cross-site', 'same-site'].includes(String(headers['sec-fetch-site']))
