import { findFreePort } from '@throughline-example/database'
import { readMetricsPage } from '@throughline/checks/metrics-page'
import { METRIC_HTTP_SERVER_REQUEST_DURATION } from '@throughline/conventions'
import { startCollector } from '@throughline/testing'
import { expect, test } from 'vitest'
import { startFixture } from './fixture-app.ts'

const REQUESTS = 1_000

test.for([
  { ratio: 0, least: 0, most: 0 },
  // Of 1,000 with a chance of a tenth each, fewer or more than that come once in a billion runs.
  { ratio: 0.1, least: 42, most: 160 },
])(
  'at a ratio of $ratio every request is counted, sampled or not',
  async ({ ratio, least, most }) => {
    await using collector = await startCollector()
    const metricsPort = await findFreePort()
    await using app = await startFixture('many-routes-app.mjs', {
      environment: {
        ...collector.env,
        ROUTES: '2',
        OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
        OTEL_TRACES_SAMPLER_ARG: String(ratio),
        THROUGHLINE_REQUEST_LOG: 'off',
        THROUGHLINE_METRICS_PORT: String(metricsPort),
      },
    })
    for (let request = 0; request < REQUESTS; request += 1) {
      expect((await fetch(`${app.url}/customers/${request % 4}`)).status).toBe(
        request % 4 < 2 ? 200 : 404,
      )
    }
    const page = await readMetricsPage(`http://127.0.0.1:${metricsPort}/metrics`)
    const counted = page
      .filter(({ name }) => name === `${METRIC_HTTP_SERVER_REQUEST_DURATION.name}_count`)
      .map(({ labels, value }) => [
        `${labels['http_response_status_code']} ${labels['http_route']}`,
        value,
      ])
    expect(Object.fromEntries(counted)).toEqual({
      '200 /customers/0': REQUESTS / 4,
      '200 /customers/1': REQUESTS / 4,
      '404 unmatched': REQUESTS / 2,
    })
    app.kill('SIGTERM')
    await app.ended
    expect(collector.spans.length).toBeGreaterThanOrEqual(least)
    expect(collector.spans.length).toBeLessThanOrEqual(most)
  },
)
