import { join } from 'node:path'
import { expect, test } from 'vitest'
import { UsageError } from '../src/usage-error.ts'
import { readViewerOptions } from '../src/viewer-options.ts'

const read = (options: Readonly<Record<string, string>>): ReturnType<typeof readViewerOptions> =>
  readViewerOptions({ args: [], options, terminal: { cwd: '/shop' } as never })

test('what was not given is left to the viewer, but for how much is kept', () => {
  expect(read({})).toEqual({ maxSpans: 500_000, maxBytes: 536_870_912, links: {} })
})

test('each option sets what the viewer calls so', () => {
  expect(
    read({
      port: '0',
      host: '0.0.0.0',
      file: 'kept.db',
      'max-spans': '1000',
      'max-mb': '64',
      token: 'sixteen-letters!',
      'allow-host': 'viewer.example.com, box:4318',
      metrics: 'http://127.0.0.1:9464/metrics,http://127.0.0.1:9465/metrics',
      grafana: 'https://grafana.example.com/explore?trace={traceId}',
      sentry: 'https://sentry.example.com/trace/{traceId}/',
    }),
  ).toEqual({
    port: 0,
    host: '0.0.0.0',
    file: join('/shop', 'kept.db'),
    maxSpans: 1000,
    maxBytes: 67_108_864,
    token: 'sixteen-letters!',
    allowedHosts: ['viewer.example.com', 'box:4318'],
    metricsPages: ['http://127.0.0.1:9464/metrics', 'http://127.0.0.1:9465/metrics'],
    links: {
      grafana: 'https://grafana.example.com/explore?trace={traceId}',
      sentry: 'https://sentry.example.com/trace/{traceId}/',
    },
  })
})

/** What is wrong with these options: each message with its fix. */
function problemsOf(options: Readonly<Record<string, string>>): readonly string[] {
  try {
    read(options)
    return []
  } catch (error) {
    const errors: readonly unknown[] = error instanceof AggregateError ? error.errors : [error]
    return errors.map(each =>
      each instanceof UsageError ? `${each.message}: ${each.fix}` : 'none of ours',
    )
  }
}

test.for([
  [{ port: '65535' }, []],
  [{ port: '65536' }, ['--port cannot be "65536": write a whole number from 0 to 65535']],
  [{ port: '43 18' }, ['--port cannot be "43 18": write a whole number from 0 to 65535']],
  [{ 'max-spans': '1' }, []],
  [{ token: 'sixteen-letters!' }, []],
  [
    { token: 'fifteen-letters' },
    [
      '--token has 15 characters, and can be guessed: give 16 or more; without one, a random one is made where others reach the viewer',
    ],
  ],
  [{ 'max-spans': '0' }, ['--max-spans cannot be "0": write a whole number from 1']],
  [{ 'max-mb': '512MB' }, ['--max-mb cannot be "512MB": write a whole number from 1']],
  [
    { grafana: 'https://grafana.example.com' },
    [
      '--grafana names no trace: "https://grafana.example.com": write {traceId} where its id belongs',
    ],
  ],
  [
    { metrics: 'http://a/metrics,b:9464/metrics', jaeger: 'jaeger/{traceId}' },
    [
      '--jaeger is no address: "jaeger/{traceId}": write it with http:// or https://, as in http://127.0.0.1:4318',
      '--metrics is no address: "b:9464/metrics": write it with http:// or https://, as in http://127.0.0.1:4318',
    ],
  ],
] as const)('%j has its mistakes told together', ([options, problems]) => {
  expect(problemsOf(options)).toEqual(problems)
})
