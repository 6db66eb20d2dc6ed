import { setTimeout as delay } from 'node:timers/promises'
import type { App } from '../../project/project.ts'
import type { Finding } from '../finding.ts'
import type { Setting } from '../settings.ts'
import { type CollectorAnswer, type CollectorFault, judgeAnswer } from './collector-answer.ts'
import { type CollectorAddress, readCollectorAddress } from './collector-address.ts'
import { createProbeSpan } from './probe-span.ts'

const TIMEOUT_MS = 10_000
/** How long a viewer may take to show what it has taken. */
const SHOWN_MS = 3_000
const POLL_MS = 100
/** How our viewer calls itself. */
const VIEWER = 'throughline-viewer'

/** Sends a span to where an application sends its own, and reads it back where our viewer is there. */
export async function examineCollector(
  app: App,
  settings: readonly Setting[],
  signal?: AbortSignal,
): Promise<readonly Finding[]> {
  const address = readCollectorAddress(settings)
  const { traceId, body } = createProbeSpan()
  const answer = await post(address, 'application/json', body, signal)
  const fault =
    answer.kind === 'answered' && answer.status === 415
      ? // It takes no JSON, as the application does not send it; nothing at all is a valid request of no spans.
        judgeAnswer(address, await post(address, 'application/x-protobuf', '', signal))
      : (judgeAnswer(address, answer) ?? (await readBack(address, traceId, signal)))
  if (fault === undefined) return []
  return [
    {
      ...fault,
      service: app.service,
      at: address.setBy?.at,
      why: 'its spans do not arrive: they wait, are tried again, and are lost after half a minute',
    },
  ]
}

async function post(
  { url, headers }: CollectorAddress,
  type: string,
  body: string,
  signal: AbortSignal | undefined,
): Promise<CollectorAnswer> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': type },
      body,
      redirect: 'manual',
      signal: bounded(signal),
    })
    const text = await response.text()
    return {
      kind: 'answered',
      status: response.status,
      type: response.headers.get('content-type') ?? '',
      text,
    }
  } catch (error) {
    signal?.throwIfAborted()
    return describeFailure(error as Error)
  }
}

const bounded = (signal: AbortSignal | undefined): AbortSignal => {
  const timeout = AbortSignal.timeout(TIMEOUT_MS)
  return signal === undefined ? timeout : AbortSignal.any([signal, timeout])
}

function describeFailure({ name, message, cause }: Error): CollectorAnswer {
  if (name === 'TimeoutError') return { kind: 'failed', code: 'TIMEOUT', message }
  // Several addresses of one name fail each with an error of their own.
  const [first] = cause instanceof AggregateError ? (cause.errors as unknown[]) : [cause]
  if (!(first instanceof Error)) return { kind: 'failed', code: 'UNKNOWN', message }
  return {
    kind: 'failed',
    code: (first as NodeJS.ErrnoException).code ?? first.name,
    message: first.message,
  }
}

/** Whether our viewer shows the span that it has taken; other collectors are taken at their word. */
async function readBack(
  { url, headers }: CollectorAddress,
  traceId: string,
  signal: AbortSignal | undefined,
): Promise<CollectorFault | undefined> {
  const ask = async (path: string): Promise<Response | undefined> => {
    try {
      const response = await fetch(new URL(path, url), { headers, signal: bounded(signal) })
      await response.body?.cancel()
      return response
    } catch {
      // It takes spans, and answers no questions.
      signal?.throwIfAborted()
      return undefined
    }
  }
  if ((await ask('/api/meta'))?.headers.get('server') !== VIEWER) return undefined
  const deadline = Date.now() + SHOWN_MS
  while (Date.now() < deadline) {
    if ((await ask(`/api/traces/${traceId}`))?.status === 200) return undefined
    await delay(POLL_MS)
  }
  return {
    code: 'COLLECTOR_LOSES',
    level: 'error',
    what: `the viewer at ${new URL(url).host} took a span, and does not show it`,
    fix: 'stop the viewer and start it again',
  }
}
