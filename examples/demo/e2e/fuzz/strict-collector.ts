import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { decodeTraces, type SpanRecord } from '@throughline/otlp'

/** A collector that names everything that is not as OTLP has it. */
export interface StrictCollector extends AsyncDisposable {
  readonly env: Readonly<Record<string, string>>
  /** Spans that came. */
  count(): number
  readonly complaints: readonly string[]
}

const MAX_COMPLAINTS = 20

/** Starts it on the loopback address. */
export async function startStrictCollector(): Promise<StrictCollector> {
  const complaints: string[] = []
  let spans = 0
  const complain = (words: string): void => {
    if (complaints.length < MAX_COMPLAINTS) complaints.push(words)
  }
  const server = createServer((request, response) => {
    void buffer(request).then(body => {
      try {
        const { records, rejected, reason } = decodeTraces(body, 'protobuf')
        if (rejected > 0) complain(`${rejected} spans are not valid: ${reason}`)
        for (const record of records) checkSpan(record, complain)
        spans += records.length
      } catch (error) {
        complain(`a body does not parse: ${(error as Error).message}`)
      }
      response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
      OTEL_BSP_SCHEDULE_DELAY: '200',
    },
    count: () => spans,
    complaints,
    async [Symbol.asyncDispose]() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

function checkSpan(
  { name, startUnixNano, endUnixNano, attributes }: SpanRecord,
  complain: (words: string) => void,
): void {
  if (name === '') complain('a span has no name')
  if (endUnixNano < startUnixNano) complain(`${name} ends before it starts`)
  const status = attributes['http.response.status_code']
  if (status !== undefined && !(Number(status) >= 100 && Number(status) < 600))
    complain(`${name} has the status ${JSON.stringify(status)}`)
}
