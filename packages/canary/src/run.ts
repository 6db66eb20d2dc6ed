import { join } from 'node:path'
import { startChromium } from '@throughline/checks/chromium'
import { mapConcurrently } from '@throughline/checks/map-concurrently'
import { placeServices, urlOf } from '../../../examples/demo/src/addresses.ts'
import { cleanUpKilledRuns, createRunRecord, RUNS } from '../../../examples/demo/src/run-record.ts'
import { EXAMPLES, startStack } from '../../../examples/demo/src/stack.ts'
import type { Talk } from '../../../examples/demo/src/talk.ts'
import { buildWeb } from '../../../examples/demo/src/web-build.ts'
import { startCareless } from './careless-services.ts'
import { listApiPlaces } from './places/api-places.ts'
import type { Targets } from './places/drivers.ts'
import { listRequestPlaces } from './places/request-places.ts'
import { listWebPlaces } from './places/web-places.ts'
import { createPlanter, type Place, type Plant } from './plant.ts'
import { search, type Capture, type Finding } from './search.ts'
import { startWitness } from './witness.ts'

/** What a run planted, where it looked, and what it found. */
export interface CanaryReport {
  readonly plants: readonly Plant[]
  /** Bytes that were searched, by where they came from. */
  readonly searched: ReadonlyMap<string, number>
  readonly findings: readonly Finding[]
  /** Places of which nothing at all has left: their silence proves nothing. */
  readonly silent: readonly string[]
}

/** What a run needs. */
export interface CanaryOptions {
  readonly talk: Talk
  readonly signal: AbortSignal
  /** Rules of redaction to switch off: a run without one has to find something. */
  readonly without: readonly string[]
}

/** How many secrets are planted at once. */
const AT_ONCE = 6

/** Runs the examples and two careless applications, plants secrets, and searches all that left any of them. */
export async function runCanary({ talk, signal, without }: CanaryOptions): Promise<CanaryReport> {
  const outputs = new Map<string, string>()
  const onOutput = (service: string, text: string): void =>
    void outputs.set(service, (outputs.get(service) ?? '') + text)
  const metrics: Capture[] = []
  await using witness = await startWitness()
  const plants: Plant[] = []
  let places: readonly Place[] = []
  {
    await using apps = await startApps({ talk, signal, without }, witness.env, onOutput)
    places = listPlaces(apps.targets)
    talk.say(`planting secrets in ${places.length} places`)
    await plantAll(places, plants, signal)
    for (const url of apps.metricsUrls)
      metrics.push({ source: 'pages of metrics', text: await (await fetch(url)).text() })
    talk.say('stopping what was started, so that everything is sent')
  }
  const captures = [
    ...witness.captures,
    ...metrics,
    ...[...outputs].map(([service, text]) => ({ source: `output of ${service}`, text })),
  ]
  return {
    plants,
    searched: countBytes(captures),
    findings: search(plants, captures),
    silent: listSilent(places, captures),
  }
}

interface RunningApps extends AsyncDisposable {
  readonly targets: Targets
  readonly metricsUrls: readonly string[]
}

async function startApps(
  { talk, signal, without }: CanaryOptions,
  telemetry: Readonly<Record<string, string>>,
  onOutput: (service: string, text: string) => void,
): Promise<RunningApps> {
  await using undo = new AsyncDisposableStack()
  const say = (line: string): void => talk.say(line)
  const common = { ...telemetry, THROUGHLINE_REDACT_ALLOW: without.join(',') }
  const inputs = [join(EXAMPLES, '../packages/next/dist')]
  await buildWeb({ webFolder: join(EXAMPLES, 'web'), inputs, say, signal })
  cleanUpKilledRuns(RUNS)
  const record = createRunRecord(RUNS)
  undo.defer(() => record.remove())
  const catalog = join(EXAMPLES, 'ownership.yaml')
  const placement = await placeServices(talk, record.folder, catalog)
  const stack = undo.use(
    await startStack({ telemetry: common, record, talk, signal, placement, onOutput }),
  )
  stack.failed.catch(() => undefined)
  const { services, metrics } = stack.ports
  const careless = undo.use(
    await startCareless({
      environment: {
        ...common,
        DATABASE_URL: stack.databaseUrl,
        PAYMENTS_URL: urlOf(services.payments),
      },
      onOutput,
      say,
      signal,
    }),
  )
  const browser = undo.adopt(await startChromium(), launched => launched.close())
  const running = undo.move()
  return {
    targets: {
      carelessApi: careless.apiUrl,
      carelessWeb: careless.webUrl,
      web: urlOf(services.web),
      partnerApi: urlOf(services['partner-api']),
      browser,
    },
    metricsUrls: [
      ...Object.values(metrics).map(port => `${urlOf(port)}/metrics`),
      ...careless.metricsUrls,
    ],
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

const listPlaces = (targets: Targets): Place[] => [
  ...listRequestPlaces(targets),
  ...listApiPlaces(targets),
  ...listWebPlaces(targets),
]

async function plantAll(
  places: readonly Place[],
  plants: Plant[],
  signal: AbortSignal,
): Promise<void> {
  const makePlant = createPlanter()
  const planted = places.flatMap(place =>
    place.kinds.map(kind => ({ place, plant: makePlant(place, kind) })),
  )
  plants.push(...planted.map(({ plant }) => plant))
  await mapConcurrently(planted, AT_ONCE, ({ place, plant }) => {
    signal.throwIfAborted()
    return place.plant(plant.secret)
  })
}

function countBytes(captures: readonly Capture[]): Map<string, number> {
  const bytes = new Map<string, number>()
  for (const { source, text } of captures)
    bytes.set(source, (bytes.get(source) ?? 0) + Buffer.byteLength(text))
  return bytes
}

function listSilent(places: readonly Place[], captures: readonly Capture[]): string[] {
  return places
    .filter(
      ({ marker }) => marker !== undefined && !captures.some(({ text }) => text.includes(marker)),
    )
    .map(({ name, marker }) => `${name} ("${marker}" was not found)`)
}
