import { endSession } from '#lib/current-session.ts'

/** Signs the visitor out. */
export async function POST(): Promise<Response> {
  await endSession()
  return new Response(null, { status: 303, headers: { location: '/' } })
}
