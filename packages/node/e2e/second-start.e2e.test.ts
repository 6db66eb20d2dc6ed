import { expect, test } from 'vitest'
import { startFixture } from './fixture-app.ts'

test('a second start() refuses and names the first', async () => {
  await using app = await startFixture('start-app.mjs', {
    environment: { START: 'twice', OTEL_TRACES_EXPORTER: 'none' },
    imports: [],
    listens: false,
  })
  expect(await app.ended).toMatchObject({ code: 0 })
  const [refusal] = app
    .output()
    .split('\n')
    .filter(line => line.startsWith('{'))
  expect(JSON.parse(refusal ?? '')).toEqual({
    code: 'TELEMETRY_ALREADY_STARTED',
    message:
      'start() of @throughline/node was not started: start() of @throughline/node already traces this process',
    fix: 'Start Throughline once a process: either by --import or by start(), not both.',
  })
})

test('a set-up that was there first is named, and the application runs on untouched', async () => {
  await using app = await startFixture('signals-app.mjs', {
    environment: { OTEL_TRACES_EXPORTER: 'none' },
    imports: ['./sdk-first.mjs', '@throughline/node/register'],
  })
  expect((await fetch(app.url)).status).toBe(200)
  expect(app.output()).toContain(
    'throughline: --import @throughline/node/register was not started: another OpenTelemetry set-up (TracerProvider) already traces this process. Remove the other set-up',
  )
})
