import { loadRuntime } from './load-runtime.ts'

/**
 * Takes what the pages of this application report: export it from `app/api/telemetry/route.ts`.
 *
 * Answers 204, and refuses what does not come from a page of the same origin (403), too much (429), what is too large
 * (413: over 64 KiB), what is no JSON (415) and what has another shape (400). Where telemetry does not run, as in the
 * edge runtime, reports are answered and lost.
 *
 * @example
 * // app/api/telemetry/route.ts
 * export { POST } from '@throughline/next/telemetry'
 */
export async function POST(request: Request): Promise<Response> {
  const answer = await loadRuntime()?.receiveReport(request)
  return answer ?? new Response(null, { status: 204 })
}
