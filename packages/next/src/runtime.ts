import type { IncomingMessage } from 'node:http'
import {
  browserIntake,
  runsApplication,
  startOrSay,
  startRuntime,
  telemetryStarter,
} from '@throughline/node/runtime'
import { ATTR_THROUGHLINE_NEXT_KIND } from '@throughline/conventions'
import { createActionNames } from './action-names.ts'
import { currentMode } from './mode.ts'
import { createNextTracer, NEXT_SCOPE } from './next-tracer.ts'
import { rendersForAll } from './page-renders.ts'
import { servesApplication } from './process-role.ts'
import { createReportRoute } from './reports/report-route.ts'
import { takeReports } from './reports/report-slot.ts'
import { isControlFlow, traceServerActions } from './server-actions.ts'
import { createServerRequests } from './server-requests.ts'

export { receiveReport } from './reports/report-slot.ts'
export { recordRequestError } from './request-errors.ts'

/** Who may have started: the preload comes first, and then register() has nothing left to do. */
const PRELOAD = '--import @throughline/next/preload'
const REGISTER = 'register() of @throughline/next'

/**
 * Starts telemetry for the Next.js application in the working directory, unless that has been done.
 *
 * Never throws: to a register() that throws Next.js answers by 500 to every request. What goes wrong is said on stderr.
 */
export function startRegistered(): void {
  const starter = telemetryStarter()
  if (starter !== PRELOAD && starter !== REGISTER) startOrSay(() => startNext(REGISTER))
}

/** Starts telemetry for `--import @throughline/next/preload`. What goes wrong is said on stderr; the application runs anyway. */
export function startPreloaded(): void {
  if (runsApplication(process.argv[1]) && servesApplication(process.argv))
    startOrSay(() => startNext(PRELOAD))
}

function startNext(startedBy: string): void {
  const folder = process.cwd()
  const requests = createServerRequests()
  let served = false
  const onRequest = (): void => {
    if (served) return
    served = true
    traceServerActions(folder, createActionNames(folder))
  }
  startRuntime({
    startedBy,
    folder,
    tracerFor: (scope, tracer) =>
      scope === NEXT_SCOPE ? createNextTracer(tracer, { requests, onRequest }) : tracer,
    ignoreIncomingPath: path => path.startsWith('/_next/') || path.startsWith('/__nextjs'),
    describeRequest,
    ignoreError: isControlFlow,
    // Next.js collects what it writes into the head of a page in a list, and nothing else in one.
    isPageCarrier: carrier => Array.isArray(carrier) && !rendersForAll(),
    adoptsRequests: true,
    // Next.js says which mode it runs in after the preload.
    environment: { ...process.env, NODE_ENV: currentMode() },
  })
  const intake = browserIntake()
  if (intake !== undefined) takeReports(createReportRoute(intake))
  // The fetch instrumentation makes the span of a fetch; read by Next.js at each call.
  process.env['NEXT_OTEL_FETCH_DISABLED'] ??= '1'
}

/** Tells a prefetch, which nobody waits for, from a visit. */
function describeRequest({ headers }: IncomingMessage): Record<string, string> {
  const prefetches =
    headers['next-router-prefetch'] !== undefined ||
    headers['sec-purpose']?.includes('prefetch') === true
  return prefetches ? { [ATTR_THROUGHLINE_NEXT_KIND]: 'prefetch' } : {}
}
