import type { Redactor } from '../redaction/redactor.ts'
import type { SentryEvent, SentryException, SentryFrame } from './sentry-parts.ts'

/** Fields of an event that hold nothing of the application's. */
const WRITTEN_BY_SENTRY = new Set([
  'debug_meta',
  'dist',
  'environment',
  'event_id',
  'level',
  'modules',
  'platform',
  'release',
  'sdk',
  'sdkProcessingMetadata',
  'server_name',
  'timestamp',
  'type',
])

/** Breadcrumbs that Sentry leaves by itself: addresses that were called, and what was written to the console. */
const BREADCRUMBS_OF_SENTRY = /^(child_process|console|fetch|http)$/

/**
 * Takes out of `event` what must not leave the process: what came with a request but for its method and path, addresses of
 * callers, values of variables, and the secrets in all that is left.
 */
export function redactEvent(event: SentryEvent, redactor: Redactor): void {
  const { request, user, breadcrumbs, exception, contexts = {} } = event
  if (request !== undefined) event.request = keepTarget(request)
  if (user !== undefined) delete user['ip_address']
  if (breadcrumbs !== undefined) {
    event.breadcrumbs = breadcrumbs.filter(
      ({ category = '' }) => !BREADCRUMBS_OF_SENTRY.test(category),
    )
  }
  const { trace, ...others } = contexts
  event.contexts = { ...redactor.attributes(others), ...(trace && { trace }) }
  for (const thrown of exception?.values ?? []) redactException(thrown, redactor)
  for (const [key, value] of Object.entries(event)) {
    if (key === 'contexts' || key === 'exception' || WRITTEN_BY_SENTRY.has(key)) continue
    Reflect.set(event, key, redactor.attribute('text', value))
  }
}

/** Of a request its method and path: the rest came from the caller. */
function keepTarget({
  method,
  url,
}: NonNullable<SentryEvent['request']>): NonNullable<SentryEvent['request']> {
  return {
    ...(method === undefined ? {} : { method }),
    ...(url === undefined ? {} : { url: url.split(/[?#]/, 1)[0] ?? '' }),
  }
}

function redactException(thrown: SentryException, redactor: Redactor): void {
  thrown.value = redactor.attribute('exception.message', thrown.value)
  if (thrown.mechanism?.data !== undefined)
    thrown.mechanism.data = redactor.attributes(thrown.mechanism.data)
  for (const frame of thrown.stacktrace?.frames ?? []) redactFrame(frame, redactor)
}

/** A line of code may hold a secret that its author wrote there. */
function redactFrame(frame: SentryFrame, redactor: Redactor): void {
  delete frame.vars
  for (const lines of ['pre_context', 'context_line', 'post_context'] as const)
    if (frame[lines] !== undefined) frame[lines] = redactor.attribute('text', frame[lines])
}
