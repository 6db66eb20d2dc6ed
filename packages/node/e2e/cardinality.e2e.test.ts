import { randomBytes, randomInt } from 'node:crypto'
import { once } from 'node:events'
import { METHODS } from 'node:http'
import { connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { findFreePort } from '@throughline-example/database'
import { readMetricsPage, type Sample } from '@throughline/checks/metrics-page'
import {
  METRIC_HTTP_SERVER_REQUEST_DURATION,
  METRIC_THROUGHLINE_SERIES_OVERFLOW,
} from '@throughline/conventions'
import { expect, test } from 'vitest'
import { startFixture } from './fixture-app.ts'

const PARSED_REQUESTS = 98_000
const REFUSED_REQUESTS = 2_000
const REFUSED_AT_ONCE = 20
const CONNECTIONS = 4
const BATCH = 500

/** The methods that OpenTelemetry's conventions know, but CONNECT: nobody here takes one. */
const KNOWN_METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'QUERY', 'TRACE']

/** What Node's parser knows: those and a few of WebDAV and the like. */
const PARSED_METHODS = METHODS.filter(method => method !== 'CONNECT')

const pick = <T>(values: readonly T[]): T => values[randomInt(values.length)] as T

function randomPath(): string {
  const name = randomBytes(8).toString('hex')
  return pick([`/${name}`, `/items/${name}/edit`, `/?${name}=1`, `/a%20${name}/../b`, `//${name}`])
}

/** A method that nobody has heard of, which Node's parser refuses. */
function inventMethod(): string {
  const name = [...randomBytes(8)].map(byte => String.fromCodePoint(65 + (byte % 26))).join('')
  return METHODS.includes(name) ? inventMethod() : name
}

const renderRequest = (method: string): string =>
  `${method} ${randomPath()} HTTP/1.1\r\nhost: app\r\ncontent-length: 0\r\n\r\n`

async function open(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  await once(socket, 'connect')
  return socket
}

/** Sends requests over one connection, many before the first is answered; gives how many were answered. */
async function sendAtOnce(url: string, count: number): Promise<number> {
  const socket = await open(url)
  let answered = 0
  while (answered < count) {
    socket.write(Array.from({ length: BATCH }, () => renderRequest(pick(PARSED_METHODS))).join(''))
    answered += await countAnswers(socket, BATCH)
  }
  socket.destroy()
  return answered
}

/** Resolves once there are `wanted` answers; rejects when the connection is closed before. */
function countAnswers(socket: Socket, wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    let received = ''
    const onData = (chunk: Buffer): void => {
      received += chunk.toString('latin1')
      const { length } = [...received.matchAll(/HTTP\/1\.1 \d{3} /g)]
      if (length < wanted) return
      socket.off('data', onData).off('close', onClose)
      resolve(length)
    }
    const onClose = (): void =>
      reject(new Error(`the connection was closed after:\n${received.slice(-500)}`))
    socket.on('data', onData).on('close', onClose)
  })
}

/** Sends a request by a connection of its own; gives all that is answered until the server closes it. */
async function sendAlone(url: string, method: string): Promise<string> {
  const socket = await open(url)
  socket.write(renderRequest(method))
  return text(socket)
}

/** All series of an application's metrics; a histogram's by their counts. */
async function readSeries(metricsPort: number): Promise<Sample[]> {
  const page = await readMetricsPage(`http://127.0.0.1:${metricsPort}/metrics`)
  return page.filter(({ name }) => !/_(bucket|sum)$/.test(name))
}

const REQUESTS = `${METRIC_HTTP_SERVER_REQUEST_DURATION.name}_count`
const countSeries = (series: readonly Sample[]): number[] =>
  [...Map.groupBy(series, ({ name }) => name).values()].map(({ length }) => length)
const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0)

test('100,000 requests of strangers, by any method to any path, add one series a known method', async () => {
  const metricsPort = await findFreePort()
  await using app = await startFixture('fastify-app.mjs', {
    environment: { OTEL_TRACES_EXPORTER: 'none', THROUGHLINE_METRICS_PORT: String(metricsPort) },
  })
  const answered = await Promise.all(
    Array.from({ length: CONNECTIONS }, () => sendAtOnce(app.url, PARSED_REQUESTS / CONNECTIONS)),
  )
  expect(sum(answered)).toBe(PARSED_REQUESTS)
  for (let sent = 0; sent < REFUSED_REQUESTS; sent += REFUSED_AT_ONCE) {
    const answers = await Promise.all(
      Array.from({ length: REFUSED_AT_ONCE }, () => sendAlone(app.url, inventMethod())),
    )
    for (const answer of answers) expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/)
  }

  const series = await readSeries(metricsPort)
  const requests = series.filter(({ name }) => name === REQUESTS)
  const labelled = (label: string): Set<string | undefined> =>
    new Set(requests.map(({ labels }) => labels[label]))
  expect(labelled('http_route')).toEqual(new Set(['unmatched']))
  const methods = [...KNOWN_METHODS, '_OTHER']
  expect(labelled('http_request_method')).toEqual(new Set(methods))
  expect(requests).toHaveLength(methods.length)
  // Those that the parser refused are nobody's requests.
  expect(sum(requests.map(({ value }) => value))).toBe(PARSED_REQUESTS)
  expect(Math.max(...countSeries(series))).toBeLessThan(100)
  expect(series.filter(({ name }) => name === METRIC_THROUGHLINE_SERIES_OVERFLOW.name)).toEqual([])
})

test('routes of an application beyond the cap are counted together, and it is counted how often', async () => {
  const [routes, cap] = [200, 50]
  const metricsPort = await findFreePort()
  await using app = await startFixture('many-routes-app.mjs', {
    environment: {
      OTEL_TRACES_EXPORTER: 'none',
      ROUTES: String(routes),
      THROUGHLINE_METRICS_PORT: String(metricsPort),
      THROUGHLINE_METRICS_MAX_SERIES: String(cap),
    },
  })
  for (let customer = 0; customer < routes; customer += 1) {
    const answer = await fetch(`${app.url}/customers/${customer}`)
    expect(await answer.json()).toEqual({ customer })
  }
  const series = await readSeries(metricsPort)
  const requests = series.filter(({ name }) => name === REQUESTS)
  expect(requests.slice(0, -1)).toEqual(
    Array.from({ length: cap - 1 }, (_, customer) => ({
      name: REQUESTS,
      labels: expect.objectContaining({ http_route: `/customers/${customer}` }) as object,
      value: 1,
    })),
  )
  const beyond = routes - (cap - 1)
  expect(requests.at(-1)).toEqual({
    name: REQUESTS,
    labels: Object.fromEntries(
      METRIC_HTTP_SERVER_REQUEST_DURATION.labels.map(({ name }) => [name, 'overflow']),
    ),
    value: beyond,
  })
  expect(series).toContainEqual({
    name: METRIC_THROUGHLINE_SERIES_OVERFLOW.name,
    labels: { metric: METRIC_HTTP_SERVER_REQUEST_DURATION.name },
    value: beyond,
  })
  expect(Math.max(...countSeries(series))).toBe(cap)
})
