import type { ReportRoute } from './report-route.ts'

// One slot a process: its route limits all that comes, whichever copy of this code is asked.
const slot = Symbol.for('throughline.next.reports.v1')

type Globals = typeof globalThis & Record<symbol, ReportRoute | undefined>

/** Makes `route` the one that takes the reports of this process's pages. */
export function takeReports(route: ReportRoute): void {
  ;(globalThis as Globals)[slot] = route
}

/** Takes the report in `request`; where telemetry does not run, it is answered and lost. */
export async function receiveReport(request: Request): Promise<Response> {
  const answer = await (globalThis as Globals)[slot]?.(request)
  return answer ?? new Response(null, { status: 204 })
}
