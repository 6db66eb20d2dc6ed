import { unescape } from 'node:querystring'
import { ThroughlineError } from '@throughline/conventions'
import { isJsonObject, type JsonObject } from './json.ts'
import { oneLine } from './one-line.ts'

/** Something that answers JSON over HTTP. */
export interface Place {
  /** What it is: `the viewer`. */
  readonly what: string
  /** Its address; a name and password in it are sent as such. */
  readonly url: URL
  readonly token: string | undefined
  /** What to do when nothing listens there: one sentence. */
  readonly start: string
  /** How long an answer is waited for. */
  readonly timeoutMs: number
}

/** What was answered: JSON, or that there is nothing, which a web page in its place says too. */
export type Answer =
  | { readonly state: 'found'; readonly body: unknown }
  | { readonly state: 'missing' }
  | { readonly state: 'page' }

/** Address of a place without name and password, for people to read. */
export function addressOf({ url }: Place): string {
  const { protocol, host, pathname } = url
  return `${protocol}//${host}${pathname.replace(/\/+$/, '')}`
}

/** Asks for JSON at a path below the place. Throws a ThroughlineError where it cannot be had, with what to do. */
export async function ask(place: Place, path: string): Promise<Answer> {
  const address = `${addressOf(place)}${path}`
  let response: Response
  let text: string
  try {
    response = await fetch(address, {
      headers: { accept: 'application/json', ...authorization(place) },
      signal: AbortSignal.timeout(place.timeoutMs),
    })
    text = await response.text()
  } catch (error) {
    throw explainFailure(place, error)
  }
  const { status } = response
  if (status === 404) return { state: 'missing' }
  if (status === 401 || status === 403) throw explainRefusal(place, status)
  if (!response.ok) {
    throw explainStatus(place, `${address} answered ${status}`, text)
  }
  if (isPage(text)) return { state: 'page' }
  try {
    return { state: 'found', body: JSON.parse(text) }
  } catch (error) {
    throw failure(
      `${address} answered something that is not JSON${quote(text)}`,
      `name the address of ${place.what} with --url`,
      error,
    )
  }
}

/** Where an address answers with a page for people, it is not that of the API. */
export function explainPage(place: Place): ThroughlineError {
  return failure(
    `${addressOf(place)} answers with a web page, not with traces`,
    `name the address at which ${place.what} itself answers with --url, not that of a page or a login before it`,
  )
}

function authorization({ url, token }: Place): Readonly<Record<string, string>> {
  if (token !== undefined) return { authorization: `Bearer ${token}` }
  if (url.username === '') return {}
  const pair = `${unescape(url.username)}:${unescape(url.password)}`
  return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` }
}

/** What the answer itself says, where it says it as the viewer does. */
function explainStatus(place: Place, message: string, text: string): ThroughlineError {
  const { error, fix } = parseObject(text)
  if (typeof error === 'string' && typeof fix === 'string')
    return failure(`${message}: ${oneLine(error)}`, oneLine(fix))
  return failure(`${message}${quote(text)}`, `look at what ${place.what} logs, and ask again`)
}

function parseObject(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text)
    return isJsonObject(value) ? value : {}
  } catch {
    // Words for people: they are quoted.
    return {}
  }
}

function explainRefusal(place: Place, status: number): ThroughlineError {
  const isKnown = place.token !== undefined || place.url.username !== ''
  return failure(
    `${place.what} at ${addressOf(place)} answered ${status}: ${isKnown ? 'it does not accept the token' : 'it wants a token'}`,
    isKnown ? 'give the one that it was started with by --token' : 'give it by --token',
  )
}

function explainFailure(place: Place, error: unknown): ThroughlineError {
  const address = addressOf(place)
  const { host, hostname } = place.url
  if (error instanceof Error && error.name === 'TimeoutError') {
    return failure(
      `${address} did not answer within ${place.timeoutMs / 1000} s`,
      `see whether ${place.what} is busy, or name another address with --url`,
      error,
    )
  }
  const code = codeOf(error)
  if (code === 'ECONNREFUSED') {
    return failure(`nothing listens at ${address}`, place.start, error)
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return failure(`there is no host ${hostname}`, 'name one that there is with --url', error)
  }
  if (code === 'ERR_SSL_WRONG_VERSION_NUMBER' || code === 'EPROTO') {
    return failure(`${host} does not speak TLS`, 'write --url with http://, not https://', error)
  }
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return failure(
      `the certificate at ${host} is that of another host`,
      'name the host with --url as its certificate does',
      error,
    )
  }
  if (CERTIFICATE.test(code)) {
    return failure(
      `the certificate of ${host} is not trusted (${code})`,
      'name a file with the certificate of who issued it in NODE_EXTRA_CA_CERTS',
      error,
    )
  }
  return failure(
    `${address} could not be asked (${code})`,
    'name the address with --url, with http:// or https:// as it speaks',
    error,
  )
}

const CERTIFICATE = /CERT|SIGNATURE/

/** Code of the innermost cause that has one: that of the connection. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { code, cause } = error as NodeJS.ErrnoException
  return cause instanceof Error ? codeOf(cause) : (code ?? error.message)
}

const isPage = (text: string): boolean => text.trimStart().startsWith('<')

/** Longest part of an answer that is quoted. */
const MAX_QUOTED = 200

function quote(text: string): string {
  const line = isPage(text) ? '' : oneLine(text).slice(0, MAX_QUOTED)
  return line === '' ? '' : `: ${line}`
}

function failure(message: string, fix: string, cause?: unknown): ThroughlineError {
  return new ThroughlineError(message, { code: 'TRACE_SOURCE', fix, cause })
}
