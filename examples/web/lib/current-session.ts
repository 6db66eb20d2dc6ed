import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import {
  openSession,
  sealSession,
  SESSION_COOKIE,
  SESSION_SECONDS,
  type Session,
  type User,
} from './session.ts'

/** The session of the request that is being answered. */
export async function readSession(): Promise<Session | undefined> {
  const jar = await cookies()
  return openSession(jar.get(SESSION_COOKIE)?.value)
}

/** The session of the request; without one the visitor is sent to sign in. */
export async function requireSession(): Promise<Session> {
  return (await readSession()) ?? redirect('/sign-in')
}

/** Signs a user in. */
export async function startSession(user: User): Promise<void> {
  const jar = await cookies()
  const protocol = (await headers()).get('x-forwarded-proto')
  jar.set(SESSION_COOKIE, sealSession(user), {
    httpOnly: true,
    sameSite: 'lax',
    secure: protocol === 'https',
    path: '/',
    maxAge: SESSION_SECONDS,
  })
}

/** Signs the visitor out. */
export async function endSession(): Promise<void> {
  const jar = await cookies()
  jar.delete(SESSION_COOKIE)
}
