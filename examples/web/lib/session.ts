import { createHmac, timingSafeEqual } from 'node:crypto'
import { recordAuthFailure } from '@throughline/next'

export const SESSION_COOKIE = 'session'
export const SESSION_SECONDS: number = 7 * 24 * 60 * 60

const DEVELOPMENT_SECRET = 'for development only'

export type Role = 'member' | 'admin'

/** Who is signed in. */
export interface User {
  readonly userId: number
  readonly role: Role
  readonly customerId: number
}

/** What the cookie carries. It can be read by whoever holds it, and changed by nobody else. */
export interface Session extends User {
  /** When it ends, in seconds since 1970. */
  readonly exp: number
}

/** The value of the cookie for a session that begins now. */
export function sealSession({ userId, role, customerId }: User): string {
  const exp = Math.floor(Date.now() / 1000) + SESSION_SECONDS
  const payload = Buffer.from(JSON.stringify({ userId, role, customerId, exp })).toString(
    'base64url',
  )
  return `${payload}.${sign(payload).toString('base64url')}`
}

/**
 * The session that a cookie carries; undefined when it is not ours, or over. That is counted, so that somebody who tries
 * one after the other is seen; whoever brings no cookie has tried nothing.
 */
export function openSession(value: string | undefined): Session | undefined {
  if (value === undefined || value === '') return undefined
  const [payload = '', signature = ''] = value.split('.')
  const given = Buffer.from(signature, 'base64url')
  const wanted = sign(payload)
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
    recordAuthFailure('invalid_credentials')
    return undefined
  }
  const session = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Session
  if (session.exp > Date.now() / 1000) return session
  recordAuthFailure('expired_credentials')
  return undefined
}

function sign(payload: string): Buffer {
  return createHmac('sha256', process.env['SESSION_SECRET'] ?? DEVELOPMENT_SECRET)
    .update(payload)
    .digest()
}
