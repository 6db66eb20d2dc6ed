import { ROOT_CONTEXT, SeverityNumber, trace, type Logger } from '@opentelemetry/api'
import {
  ATTR_HTTP_REQUEST_METHOD,
  ATTR_HTTP_RESPONSE_STATUS_CODE,
  ATTR_HTTP_ROUTE,
  ATTR_TEAM,
  ATTR_THROUGHLINE_ACTOR,
  ATTR_THROUGHLINE_AUDIENCE,
  ATTR_THROUGHLINE_REQUEST_DURATION_MS,
  ATTR_THROUGHLINE_REQUEST_ID,
  ATTR_THROUGHLINE_TRACE_RESTARTED,
  HTTP_ROUTE_VALUE_UNMATCHED,
} from '@throughline/conventions'
import type { FinishedRequest } from '../requests/request.ts'
import type { ConsoleLevel } from './console-lines.ts'
import { levelOf } from './request-line.ts'

const SEVERITIES: Readonly<Record<ConsoleLevel, SeverityNumber>> = {
  debug: SeverityNumber.DEBUG,
  info: SeverityNumber.INFO,
  warn: SeverityNumber.WARN,
  error: SeverityNumber.ERROR,
}

/** Emits what the line of a request says as a record, by the names that its span has. */
export function emitRequest(logger: Logger, request: FinishedRequest, now: number): void {
  const { method, route, id, status, durationMs, actor, owner, restarted, span } = request
  logger.emit({
    timestamp: now,
    ...severityOf(levelOf(request)),
    body: 'request',
    attributes: {
      [ATTR_HTTP_REQUEST_METHOD]: method,
      [ATTR_HTTP_ROUTE]: route ?? HTTP_ROUTE_VALUE_UNMATCHED,
      [ATTR_THROUGHLINE_REQUEST_ID]: id,
      ...(status !== undefined && { [ATTR_HTTP_RESPONSE_STATUS_CODE]: status }),
      [ATTR_THROUGHLINE_REQUEST_DURATION_MS]: durationMs,
      [ATTR_THROUGHLINE_ACTOR]: actor,
      ...(owner.team !== undefined && { [ATTR_TEAM]: owner.team }),
      ...(owner.audience !== undefined && { [ATTR_THROUGHLINE_AUDIENCE]: owner.audience }),
      ...(restarted !== undefined && { [ATTR_THROUGHLINE_TRACE_RESTARTED]: restarted }),
    },
    context: trace.setSpan(ROOT_CONTEXT, span),
  })
}

/** Emits a message of `console` as a record of the active span. */
export function emitMessage(logger: Logger, level: ConsoleLevel, message: string): void {
  logger.emit({ ...severityOf(level), body: message })
}

function severityOf(level: ConsoleLevel): {
  severityNumber: SeverityNumber
  severityText: ConsoleLevel
} {
  return { severityNumber: SEVERITIES[level], severityText: level }
}
