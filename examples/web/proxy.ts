import { NextResponse, type NextRequest } from 'next/server'
import { openSession, SESSION_COOKIE } from '#lib/session.ts'

/** The pages of an account. Everything else, assets included, never comes here. */
export const config = { matcher: ['/invoices/:path*', '/settings', '/admin'] }

/** Sends whoever is not signed in to the sign-in page; the pages check again what they show to whom. */
export function proxy(request: NextRequest): NextResponse {
  if (openSession(request.cookies.get(SESSION_COOKIE)?.value) !== undefined)
    return NextResponse.next()
  const signIn = new URL('/sign-in', request.url)
  signIn.searchParams.set('next', request.nextUrl.pathname + request.nextUrl.search)
  return NextResponse.redirect(signIn, 303)
}
