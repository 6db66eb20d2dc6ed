import { expect, test } from 'vitest'
import { startFixture } from './fixture-app.ts'

const OURS = '@throughline/node/register'

const TRACERS = [
  {
    name: 'dd-trace',
    module: 'dd-trace/init.js',
    mend: 'Remove dd-trace: ',
    off: { DD_TRACE_ENABLED: 'false' },
  },
  {
    name: 'New Relic',
    module: 'newrelic',
    mend: 'Remove New Relic: ',
    off: { NEW_RELIC_ENABLED: 'false' },
  },
]

/** Agents that find nobody to talk to and keep quiet about it. dd-trace takes the exporter `none` for a no to itself. */
const ENVIRONMENT = {
  OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9',
  DD_TRACE_STARTUP_LOGS: 'false',
  DD_INSTRUMENTATION_TELEMETRY_ENABLED: 'false',
  NEW_RELIC_APP_NAME: 'fixture',
  NEW_RELIC_LICENSE_KEY: '0'.repeat(40),
  NEW_RELIC_HOST: '127.0.0.1',
  NEW_RELIC_LOG_ENABLED: 'false',
}

test.for(TRACERS)(
  'where $name was first it is named with the mend, and the application serves',
  async ({ name, module, mend }) => {
    await using app = await startFixture('sentry-app.mjs', {
      home: 'fixture-neighbours',
      imports: [module, OURS],
      environment: ENVIRONMENT,
    })
    expect((await fetch(`${app.url}/modules`)).status).toBe(200)
    expect(app.output()).toContain(
      `throughline: --import ${OURS} was not started: ${name} already traces this process. ${mend}`,
    )
  },
)

test.for(TRACERS)(
  'where $name comes after us it is named at the first request',
  async ({ name, module, mend }) => {
    await using app = await startFixture('sentry-app.mjs', {
      home: 'fixture-neighbours',
      imports: [OURS, module],
      environment: ENVIRONMENT,
    })
    expect((await fetch(`${app.url}/modules`)).status).toBe(200)
    expect(app.output()).toContain(
      `throughline: ${name} was started after Throughline, and now both trace this process. ${mend}`,
    )
  },
)

test('agents that are there and switched off are none', async () => {
  await using app = await startFixture('sentry-app.mjs', {
    home: 'fixture-neighbours',
    imports: [...TRACERS.map(({ module }) => module), OURS],
    environment: Object.assign({}, ENVIRONMENT, ...TRACERS.map(({ off }) => off)) as Record<
      string,
      string
    >,
  })
  expect((await fetch(`${app.url}/modules`)).status).toBe(200)
  expect(app.output()).not.toContain('throughline: --import')
  expect(app.output()).not.toContain('both trace this process')
})
