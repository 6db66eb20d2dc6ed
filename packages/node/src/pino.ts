import { redactLine } from './logs/line-redaction.ts'
import { readTraceFields, type TraceFields } from './logs/trace-fields.ts'
import { createProcessRedactor } from './redaction/process-redactor.ts'
import type { Redactor } from './redaction/redactor.ts'
import { runningLogs } from './telemetry-slot.ts'

export type { TraceFields } from './logs/trace-fields.ts'

/**
 * A pino `mixin` that adds the active span's ids to every line; adds nothing outside of a span.
 *
 * It reads the active span when a line is written and patches nothing, so it also works where pino is bundled.
 *
 * @example
 * import pino from 'pino'
 * import { traceMixin } from '@throughline/node/pino'
 * const logger = pino({ mixin: traceMixin })
 */
export const traceMixin: () => TraceFields = readTraceFields

/** What {@link pinoOptions} gives. */
export interface PinoOptions {
  readonly mixin: () => TraceFields
  readonly serializers: { readonly req: (request: object) => Record<string, string> }
  readonly hooks: {
    readonly logMethod: (this: unknown, args: unknown[], method: (...args: never[]) => void) => void
    readonly streamWrite: (line: string) => string
  }
}

/**
 * Options for pino: each line has the ids of the active span, and secrets and personal data are taken out of it before it
 * is written. Of a request that is logged as `req` only the method and the route are written, since its URL holds the query.
 *
 * For the `logger` of Fastify they do more: the lines that Fastify itself writes for each request are left out while
 * `THROUGHLINE_REQUEST_LOG` is on, so that a request has one line. Fastify's lines about errors stay.
 *
 * @example
 * import pino from 'pino'
 * import { pinoOptions } from '@throughline/node/pino'
 * const logger = pino({ ...pinoOptions(), level: 'debug' })
 */
export function pinoOptions(): PinoOptions {
  // Where no telemetry runs, lines have no less to hide.
  let own: Redactor | undefined
  const redact = (line: string): string =>
    redactLine(line, (own ??= createProcessRedactor(process.env)))
  return {
    mixin: traceMixin,
    serializers: { req: describeRequest },
    hooks: {
      logMethod(args, method) {
        if (isFastifysRequestLine(args) && runningLogs()?.writesRequests === true) return
        method.apply(this, args as never[])
      },
      streamWrite: line => (runningLogs()?.redact ?? redact)(line),
    },
  }
}

/**
 * Options for Fastify that make it log by {@link pinoOptions}.
 *
 * @example
 * import Fastify from 'fastify'
 * import { fastifyLogging } from '@throughline/node/pino'
 * const app = Fastify({ ...fastifyLogging(), trustProxy: true })
 */
export function fastifyLogging(): { readonly logger: PinoOptions } {
  return { logger: pinoOptions() }
}

function describeRequest(request: {
  readonly method?: string
  readonly routeOptions?: { readonly url?: string }
}): Record<string, string> {
  const { method, routeOptions } = request
  return {
    ...(method !== undefined && { method }),
    ...(routeOptions?.url !== undefined && { route: routeOptions.url }),
  }
}

/**
 * Whether Fastify says that a request came, was answered, or matched no route. It is told by its words, which Fastify has
 * no other way to switch off without its lines about errors; were they changed, there would be more lines.
 */
function isFastifysRequestLine([first, message]: readonly unknown[]): boolean {
  if (typeof first === 'string') return /^Route [A-Z]+:.* not found$/.test(first)
  if (typeof first !== 'object' || first === null) return false
  return (
    (message === 'incoming request' && 'req' in first) ||
    (message === 'request completed' && 'res' in first && 'responseTime' in first)
  )
}
