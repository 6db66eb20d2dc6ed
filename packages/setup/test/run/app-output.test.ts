import { expect, test } from 'vitest'
import {
  findLoadedPackages,
  findMovedMetrics,
  findOurLines,
  findPrintedAddresses,
  lastLines,
  saysCrashed,
} from '../../src/run/app-output.ts'

test.for([
  ['   - Local:         http://localhost:3000', 'http', 3000],
  ['   - Local:         https://localhost:3000', 'https', 3000],
  ['Server listening at http://[::1]:4000', 'http', 4000],
  ['\u001B[32mready\u001B[0m on http://\u001B[1m0.0.0.0:8080\u001B[0m/', 'http', 8080],
  ['Example app listening on port 3001', 'http', 3001],
  ['Nest application started, PORT=5000', 'http', 5000],
  ['{"level":30,"msg":"up","port":6000}', 'http', 6000],
] as const)('%s', ([output, scheme, port]) => {
  expect(findPrintedAddresses(output)).toEqual([{ scheme, port }])
})

test.for([
  'connected to postgres://localhost:5432/app',
  'see http://nextjs.org:443/docs',
  'report 12 of 3000',
])('%s is no address that it listens at', output => {
  expect(findPrintedAddresses(output)).toEqual([])
})

const OUTPUT = [
  '> orders@1.0.0 dev',
  'throughline: loads @opentelemetry/api',
  'throughline: loads @opentelemetry/instrumentation-pg',
  'throughline: port 9464 is taken; the metrics of orders are at http://127.0.0.1:9465/metrics',
  'throughline: loads @opentelemetry/api',
  'listening',
].join('\n')

test('what our packages say is told from the rest, each line once', () => {
  expect(findOurLines(OUTPUT)).toHaveLength(3)
  expect(findLoadedPackages(OUTPUT)).toEqual([
    '@opentelemetry/api',
    '@opentelemetry/instrumentation-pg',
  ])
  expect(findMovedMetrics(OUTPUT)).toEqual([
    { service: 'orders', url: 'http://127.0.0.1:9465/metrics' },
  ])
})

test('the last lines leave out empty ones and lists of packages', () => {
  expect(lastLines(`${OUTPUT}\n\n  at main\n`, 3)).toBe(
    [
      '  throughline: port 9464 is taken; the metrics of orders are at http://127.0.0.1:9465/metrics',
      '  listening',
      '    at main',
    ].join('\n'),
  )
})

test.for([
  ["Failed running 'server.mjs'. Waiting for file changes before restarting...", true],
  ['[nodemon] app crashed - waiting for file changes before starting...', true],
  ['[nodemon] watching path(s): *.*', false],
  ['waiting for the database', false],
] as const)('%s', ([output, crashed]) => {
  expect(saysCrashed(output)).toBe(crashed)
})
