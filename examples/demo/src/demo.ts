import { setTimeout as delay } from 'node:timers/promises'
import { readCatalog } from '@throughline/catalog'
import { renderTree, type TraceLog, type TraceTree } from '@throughline/testing'
import type { Viewer } from '@throughline/viewer'
import { join } from 'node:path'
import { placeServices, urlOf } from './addresses.ts'
import { runScenario, type Outcome } from './outcome.ts'
import type { RunRecord } from './run-record.ts'
import { SCENARIOS, type Drivers } from './scenarios.ts'
import { EXAMPLES, startStack, type Stack } from './stack.ts'
import type { Talk } from './talk.ts'
import { startDemoViewer } from './viewer.ts'
import { signIn } from './visitor.ts'
import { buildWeb } from './web-build.ts'

/** What the demo runs with. */
export interface DemoContext {
  readonly record: RunRecord
  readonly talk: Talk
  readonly signal: AbortSignal
}

/** The demo, up and running, with what became of its promises. */
export interface RunningDemo extends AsyncDisposable {
  readonly stack: Stack
  readonly viewer: Viewer
  /** What the services have sent. */
  readonly received: TraceLog
  readonly outcomes: readonly Outcome[]
}

/** Builds and starts everything and drives each scenario once; on failure stops what was started and rejects. */
export async function startDemo({ record, talk, signal }: DemoContext): Promise<RunningDemo> {
  await using undo = new AsyncDisposableStack()
  await buildWeb({
    webFolder: join(EXAMPLES, 'web'),
    inputs: [join(EXAMPLES, '../packages/next/dist')],
    say: line => talk.say(line),
    signal,
  })
  const placement = await placeServices(talk, record.folder, join(EXAMPLES, 'ownership.yaml'))
  const { viewer, received, telemetry } = undo.use(await startDemoViewer(placement, talk))
  const stack = undo.use(await startStack({ telemetry, record, talk, signal, placement }))
  const outcomes = await Promise.race([driveAll(stack, received, talk, signal), stack.failed])
  const running = undo.move()
  return {
    stack,
    viewer,
    received,
    outcomes,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

async function driveAll(
  { ports: { services }, catalog: path }: Stack,
  received: TraceLog,
  talk: Talk,
  signal: AbortSignal,
): Promise<Outcome[]> {
  const catalog = readCatalog(path, { expiry: 'ignore' })
  const isTeam = (name: string): boolean => catalog.ok && catalog.value.teams.has(name)
  const drivers: Drivers = {
    ada: await signIn(urlOf(services.web), 'ada@acme.example', 'demo-password'),
    partner: (route, { headers, ...init } = {}) =>
      fetch(urlOf(services['partner-api']) + route, {
        ...init,
        headers: { ...(headers as Record<string, string>), 'x-api-key': 'demo-partner-key' },
      }),
    forget: async root => {
      await received.waitForTrace({ root })
      received.clear()
    },
  }
  await settle(received, signal)
  const outcomes: Outcome[] = []
  for (const scenario of SCENARIOS) {
    signal.throwIfAborted()
    const outcome = await runScenario(scenario, drivers, { received, isTeam })
    outcomes.push(outcome)
    tell(outcome, talk)
  }
  return outcomes
}

/** Waits until what was started has nothing more to tell of its start. */
async function settle({ spans }: TraceLog, signal: AbortSignal): Promise<void> {
  for (let seen = -1; seen !== spans.length;) {
    seen = spans.length
    await delay(400, undefined, { signal })
  }
}

function tell({ name, title, problems, trace }: Outcome, talk: Talk): void {
  talk.line('')
  if (problems.length === 0) talk.done(`${name}: ${title}`)
  else talk.fail(`${name}: ${title}`)
  for (const problem of problems) talk.fail(`  ${problem}`)
  if (trace !== undefined) tellTrace(trace, talk)
}

/** Prints a trace as a tree. */
export function tellTrace(trace: TraceTree, talk: Talk): void {
  talk.line(renderTree(trace, { color: talk.colors, width: talk.columns }))
}
