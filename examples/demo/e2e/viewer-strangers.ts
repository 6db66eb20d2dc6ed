import { randomBytes } from 'node:crypto'
import { ATTR_THROUGHLINE_PROPAGATION } from '@throughline/conventions'

/** A call that somebody makes who is traced, but has nothing of ours. */
export interface StrangersCall {
  readonly traceId: string
  readonly spanId: string
  /** What it sends along. */
  readonly traceparent: string
}

export function makeCall(): StrangersCall {
  const [traceId, spanId] = [randomBytes(16).toString('hex'), randomBytes(8).toString('hex')]
  return { traceId, spanId, traceparent: `00-${traceId}-${spanId}-01` }
}

/** Sends the span of a call to `url` to the viewer, as OTLP in JSON; rejects when it is not taken whole. */
export async function sendCall(
  viewer: string,
  { traceId, spanId }: StrangersCall,
  { service, url, withheld = false }: { service: string; url: string; withheld?: boolean },
): Promise<void> {
  const { hostname, port, protocol } = new URL(url)
  const endMs = Date.now()
  const span = {
    traceId,
    spanId,
    name: 'GET',
    kind: 3,
    startTimeUnixNano: `${endMs - 300}000000`,
    endTimeUnixNano: `${endMs}000000`,
    attributes: [
      text('http.request.method', 'GET'),
      text('url.full', url),
      text('server.address', hostname),
      whole('server.port', Number(port || (protocol === 'https:' ? 443 : 80))),
      whole('http.response.status_code', 200),
      ...(withheld ? [text(ATTR_THROUGHLINE_PROPAGATION, 'withheld')] : []),
    ],
  }
  const answer = await fetch(`${viewer}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      resourceSpans: [
        {
          resource: { attributes: [text('service.name', service)] },
          scopeSpans: [{ spans: [span] }],
        },
      ],
    }),
  })
  const said = await answer.text()
  if (!answer.ok || said.includes('rejected'))
    throw new Error(`the viewer answered ${answer.status}: ${said}`)
}

const text = (key: string, stringValue: string): object => ({ key, value: { stringValue } })
const whole = (key: string, value: number): object => ({ key, value: { intValue: String(value) } })
