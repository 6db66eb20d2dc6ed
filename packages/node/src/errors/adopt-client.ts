import { context } from '@opentelemetry/api'
import { suppressTracing } from '@opentelemetry/core'
import type { Reporter } from '../diagnostics.ts'
import type { Redactor } from '../redaction/redactor.ts'
import { redactEvent } from './event-redaction.ts'
import type { SentryClient, SentryEnvelope, SentryEvent, SentryOptions } from './sentry-parts.ts'

/** What becomes of that which a client sends. */
export interface AdoptOptions {
  /** Called where an event happens. */
  readonly describe: (event: SentryEvent) => void
  readonly redactor: Redactor
  readonly reporter: Reporter
}

/** Items of an envelope that are about spans. */
const ABOUT_SPANS = new Set(['profile', 'profile_chunk', 'span', 'transaction'])

/**
 * Makes a client of Sentry hold errors beside OpenTelemetry, whoever started it and with whatever options: it sends no spans,
 * adds no headers to calls, and what it sends is redacted, and not traced itself. What is overruled is said, with the mend.
 */
export function adoptClient(
  client: SentryClient,
  { describe, redactor, reporter }: AdoptOptions,
): void {
  overrule(client.getOptions(), reporter)
  guardTransport(client)
  client.on('preprocessEvent', describe)
  client.on('beforeSendEvent', event => redactEvent(event, redactor))
  client.on('beforeCaptureLog', log => {
    log.message = redactor.text(String(log.message))
    if (log.attributes !== undefined) log.attributes = redactor.attributes(log.attributes)
  })
}

function overrule(options: SentryOptions, reporter: Reporter): void {
  if (options.enableOpenTelemetrySetup === true) {
    reporter.report(
      'sentry-opentelemetry',
      'Sentry tried to trace this process, too, and was kept from it. Pass `enableOpenTelemetrySetup: false` to Sentry.init; the default of @sentry/nextjs is true.',
    )
  }
  if (options.tracesSampleRate !== undefined || options.tracesSampler !== undefined) {
    reporter.report(
      'sentry-spans',
      'Sentry sends no spans beside Throughline, so tracesSampleRate and tracesSampler are ignored. Remove them from Sentry.init, and SENTRY_TRACES_SAMPLE_RATE from the environment.',
    )
  }
  options.tracesSampleRate = undefined
  options.tracesSampler = undefined
  options.tracePropagationTargets = []
  options.propagateTraceparent = false
}

/** Keeps spans from being sent, and OpenTelemetry from tracing what is: Sentry's own way to say so it does not know. */
function guardTransport(client: SentryClient): void {
  const transport = client.getTransport()
  if (transport === undefined) return
  const send = transport.send.bind(transport)
  transport.send = ([header, items]: SentryEnvelope) => {
    const kept = items.filter(([{ type }]) => !ABOUT_SPANS.has(type))
    if (kept.length === 0) return Promise.resolve({})
    return context.with(suppressTracing(context.active()), () => send([header, kept]))
  }
}
