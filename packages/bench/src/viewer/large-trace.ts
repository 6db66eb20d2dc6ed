import { randomBytes } from 'node:crypto'

const SPANS_PER_LEVEL = 9
const SPAN_NS = 1_000_000

/** Sends one trace of so many spans, as a tree with queries at its leaves; gives its id. */
export async function importLargeTrace(url: string, count: number): Promise<string> {
  const traceId = randomBytes(16).toString('hex')
  const ids = Array.from({ length: count }, () => randomBytes(8).toString('hex'))
  const startNs = BigInt(Date.now()) * 1_000_000n
  const spans = ids.map((spanId, index) => {
    const parent = index === 0 ? undefined : Math.floor((index - 1) / SPANS_PER_LEVEL)
    const isLeaf = index * SPANS_PER_LEVEL + 1 >= count
    return {
      traceId,
      spanId,
      ...(parent !== undefined && { parentSpanId: ids[parent] }),
      name: isLeaf ? 'SELECT app' : `step ${index}`,
      kind: index === 0 ? 2 : isLeaf ? 3 : 1,
      startTimeUnixNano: String(startNs + BigInt(index * SPAN_NS)),
      endTimeUnixNano: String(startNs + BigInt((isLeaf ? index + 1 : count) * SPAN_NS)),
      attributes: isLeaf
        ? [
            text('db.system.name', 'postgresql'),
            text('db.query.text', `SELECT ${index} FROM invoice`),
          ]
        : [text('code.function.name', `step${index}`)],
      status: index % 97 === 96 ? { code: 2, message: 'it failed' } : {},
    }
  })
  const body = JSON.stringify({
    resourceSpans: [
      {
        resource: { attributes: [text('service.name', 'large')] },
        scopeSpans: [{ scope: { name: 'bench' }, spans }],
      },
    ],
  })
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${url}/v1/traces`, { method: 'POST', headers, body })
  if (!response.ok)
    throw new Error(`the viewer answered ${response.status}: ${await response.text()}`)
  return traceId
}

const text = (key: string, stringValue: string): object => ({ key, value: { stringValue } })
