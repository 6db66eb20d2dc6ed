import type { IncomingMessage } from 'node:http'
import { createTokenGuard } from './access-token.ts'
import { createHostTest, type HostNames } from './host-names.ts'
import type { Refusal } from './refusal.ts'
import { isPagePath, type Target } from './target.ts'

/** What guards a viewer. */
export interface GuardOptions extends HostNames {
  readonly token: string | undefined
}

/** Says why a request is not served; undefined where it may be. */
export type Guard = (request: IncomingMessage, target: Target) => Refusal | undefined

/**
 * Makes the guard of every request, OTLP included: it must be for this server by name, from none but its own page, and with the token
 * where there is one.
 */
export function createGuard({ token, ...names }: GuardOptions): Guard {
  const isOurs = createHostTest(names)
  const checkToken = token === undefined ? undefined : createTokenGuard(token, names.port)
  return (request, target) => {
    const { host } = request.headers
    if (!isOurs(host)) return foreignHost(host)
    return checkOrigin(request, target) ?? checkToken?.(request, target)
  }
}

function foreignHost(host: string | undefined): Refusal {
  return {
    status: 421,
    error: `This viewer is not known as ${host === undefined || host === '' ? 'nothing' : `"${host}"`}.`,
    fix: 'Ask for localhost and the port that it listens at, or name it in allowedHosts (--allow-host).',
  }
}

function checkOrigin(request: IncomingMessage, { path }: Target): Refusal | undefined {
  const { host, origin } = request.headers
  if (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`) {
    return foreignOrigin(`a page of ${origin}`)
  }
  const site = request.headers['sec-fetch-site']
  if (site === undefined || site === 'same-origin' || site === 'none') return undefined
  // A link on another page may lead here: its page gets to see nothing of what it opens.
  if (isPagePath(path) && isNavigation(request)) return undefined
  return foreignOrigin('a page of another origin')
}

function foreignOrigin(asker: string): Refusal {
  return {
    status: 403,
    error: `This was asked for by ${asker}, which gets nothing here.`,
    fix: "Send telemetry from a server, or from a browser through your application's own endpoint.",
  }
}

const isNavigation = ({ method, headers }: IncomingMessage): boolean =>
  (method === 'GET' || method === 'HEAD') &&
  headers['sec-fetch-mode'] === 'navigate' &&
  headers['sec-fetch-dest'] === 'document'
