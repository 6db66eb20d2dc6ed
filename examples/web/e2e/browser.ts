import { readHiddenFields } from '../../demo/src/visitor.ts'
import { sealSession, type User } from '../lib/session.ts'

/** A request, and who makes it. */
export interface Visit extends Omit<RequestInit, 'headers'> {
  readonly as?: User
  readonly headers?: Readonly<Record<string, string>>
}

/** Asks the app as a browser would, with the session of a user. Follows no redirect. */
export function visit(url: string, { as, headers = {}, ...init }: Visit = {}): Promise<Response> {
  const session = as === undefined ? undefined : { cookie: `session=${sealSession(as)}` }
  return fetch(url, {
    redirect: 'manual',
    ...init,
    headers: { origin: new URL(url).origin, ...session, ...headers },
  })
}

/** A request that carries JSON. */
export function sending(body: unknown, method = 'POST'): Visit {
  return { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}

/** What the form of a page sends without JavaScript: by its hidden fields Next.js finds the server action. */
export const readForm = async (page: Response): Promise<FormData> =>
  readHiddenFields(await page.text())
