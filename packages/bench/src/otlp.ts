import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { gunzipSync, gzipSync } from 'node:zlib'
import { decodeTraces, type Encoding } from '@throughline/otlp'
import { spreadOf, type Spread } from './spread.ts'

/** Thousands of spans that one core decodes in a second, by encoding. */
export type OtlpSpeed = Readonly<Record<string, Spread>>

const REQUESTS = 3_000
const SAMPLES = 9
const SAMPLE_MS = 500

const CASES: readonly { name: string; encoding: Encoding; gzip: boolean }[] = [
  { name: 'protobuf', encoding: 'protobuf', gzip: false },
  { name: 'protobuf, gzip', encoding: 'protobuf', gzip: true },
  { name: 'JSON', encoding: 'json', gzip: false },
  { name: 'JSON, gzip', encoding: 'json', gzip: true },
]

/** Measures how fast export requests are decoded: real ones, as our own runtime sends them for HTTP requests. */
export async function measureOtlp(): Promise<OtlpSpeed> {
  const bodies = {
    protobuf: await recordBodies('http/protobuf'),
    json: await recordBodies('http/json'),
  }
  return Object.fromEntries(
    CASES.map(({ name, encoding, gzip }) => {
      const sent = bodies[encoding].map(body => (gzip ? gzipSync(body) : body))
      const decode = (body: Buffer): number =>
        decodeTraces(gzip ? gunzipSync(body) : body, encoding).records.length
      return [name, measureDecoding(sent, decode)]
    }),
  )
}

function measureDecoding(bodies: readonly Buffer[], decode: (body: Buffer) => number): Spread {
  const sample = (): number => {
    const before = process.cpuUsage()
    const until = performance.now() + SAMPLE_MS
    let spans = 0
    while (performance.now() < until) for (const body of bodies) spans += decode(body)
    const { user, system } = process.cpuUsage(before)
    return (spans / (user + system)) * 1000
  }
  sample()
  return spreadOf(Array.from({ length: SAMPLES }, sample))
}

/** The bodies that a traced process sends, in the order of their arrival. */
async function recordBodies(protocol: string): Promise<Buffer[]> {
  const bodies: Buffer[] = []
  const server = createServer((request, response) => {
    void buffer(request).then(body => {
      bodies.push(body)
      response.writeHead(200, { 'content-type': request.headers['content-type'] ?? '' }).end()
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const child = spawn(
    process.execPath,
    [
      '--import',
      '@throughline/node/register',
      fileURLToPath(new URL('apps/self-caller.mjs', import.meta.url)),
      String(REQUESTS),
    ],
    {
      cwd: import.meta.dirname,
      env: {
        PATH: process.env['PATH'],
        OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
        OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
        THROUGHLINE_METRICS_PORT: 'off',
      },
      stdio: ['ignore', 'ignore', 'ignore'],
    },
  )
  const [code] = (await once(child, 'close')) as [number | null]
  server.close()
  if (code !== 0 || bodies.length === 0) {
    throw new Error(`the traced process ended with ${code} after ${bodies.length} exports`)
  }
  return bodies
}
