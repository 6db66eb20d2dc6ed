import { findFreePort } from '@throughline-example/database'
import {
  startMisbehavingCollector,
  type MisbehavingCollector,
} from '@throughline/checks/misbehaving-collector'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { holdToFailureContract } from './failure-contract.ts'
import { startFixture } from './fixture-app.ts'

describe('Fastify', () => {
  let metricsPort = 0
  holdToFailureContract({
    async start(environment) {
      metricsPort = await findFreePort()
      return startFixture('many-routes-app.mjs', {
        environment: { ...environment, ROUTES: '1', THROUGHLINE_METRICS_PORT: String(metricsPort) },
      })
    },
    metricsUrl: () => `http://127.0.0.1:${metricsPort}/metrics`,
    path: '/customers/0',
    answer: '{"customer":0}',
    requests: 1_500,
  })
})

describe('a collector that cannot be reached at all', () => {
  let collector: MisbehavingCollector
  beforeAll(async () => void (collector = await startMisbehavingCollector()))
  afterAll(() => collector[Symbol.asyncDispose]())

  test.for([
    {
      what: 'its address is none',
      endpoint: () => 'collector:4318',
      said: 'OTEL_EXPORTER_OTLP_ENDPOINT="collector:4318" is not an http:// or https:// address',
    },
    {
      what: 'nobody knows its name',
      endpoint: () => 'http://collector.invalid:4318',
      said: /spans have to wait: they could not be sent \(getaddrinfo \w+ collector\.invalid\)/,
    },
    {
      what: 'it does not speak TLS',
      endpoint: () => collector.url.replace('http:', 'https:'),
      said: /spans have to wait: they could not be sent \(.*SSL.*\)/,
    },
  ])(
    'when $what, the application serves and ends as ever, and it is said once',
    async ({ endpoint, said }) => {
      await using app = await startFixture('many-routes-app.mjs', {
        environment: {
          ROUTES: '1',
          THROUGHLINE_REQUEST_LOG: 'off',
          OTEL_BSP_SCHEDULE_DELAY: '10',
          OTEL_EXPORTER_OTLP_ENDPOINT: endpoint(),
        },
      })
      const ask = async (): Promise<unknown> => (await fetch(`${app.url}/customers/0`)).json()
      expect(await ask()).toEqual({ customer: 0 })
      await expect
        .poll(app.output, { timeout: 10_000 })
        .toEqual(
          typeof said === 'string' ? expect.stringContaining(said) : expect.stringMatching(said),
        )
      for (let request = 0; request < 20; request += 1) {
        expect(await ask()).toEqual({ customer: 0 })
      }
      const from = performance.now()
      app.kill('SIGTERM')
      expect(await app.ended).toEqual({ code: null, signal: 'SIGTERM' })
      // One second is the promise; the rest is for a busy machine to notice that the process is gone.
      expect(performance.now() - from).toBeLessThan(2_500)
      const lines = app.output().split('\n')
      expect(
        lines.filter(line => (typeof said === 'string' ? line.includes(said) : said.test(line))),
      ).toHaveLength(1)
    },
  )
})
