import { describePattern, followPath, type TraceLog, type TraceTree } from '@throughline/testing'
import type { Drivers, Scenario } from './scenarios.ts'

const TIMEOUT_MS = 20_000

/** What became of a promise. */
export interface Outcome {
  readonly name: string
  readonly title: string
  /** What is wrong, each as a sentence; empty when the promise was kept. */
  readonly problems: readonly string[]
  /** The trace that arrived. */
  readonly trace: TraceTree | undefined
}

/** What a promise is judged by. */
export interface Judges {
  readonly received: TraceLog
  readonly isTeam: (name: string) => boolean
}

/** Drives a scenario and judges the trace that it leaves. Never rejects: what goes wrong is a problem of the outcome. */
export async function runScenario(
  scenario: Scenario,
  drivers: Drivers,
  judges: Judges,
): Promise<Outcome> {
  const { received } = judges
  const { name, title, root, paths } = scenario
  received.clear()
  const problems: string[] = []
  let trace: TraceTree | undefined
  try {
    const response = await scenario.drive(drivers)
    await response.text()
    if (response.status !== scenario.status)
      problems.push(`answered ${response.status}, not ${scenario.status}`)
    trace = await received.waitForTrace({
      root,
      until: tree => isWhole(tree, scenario),
      timeoutMs: TIMEOUT_MS,
    })
  } catch (error) {
    problems.push((error as Error).message)
    trace = received.traces().find(({ roots }) => roots.some(span => span.name === root))
  }
  if (trace !== undefined)
    problems.push(...judge(trace, paths, judges), ...judgeException(trace, scenario))
  return { name, title, problems, trace }
}

function isWhole(tree: TraceTree, { paths }: Scenario): boolean {
  return tree.orphans.length === 0 && paths.every(path => followPath(tree, path) === path.length)
}

function judge(trace: TraceTree, paths: Scenario['paths'], { received, isTeam }: Judges): string[] {
  const others = received.traces().filter(({ traceId }) => traceId !== trace.traceId)
  return [
    ...others.map(
      ({ traceId, spans }) =>
        `another trace arrived: ${traceId}, ${spans[0]?.service} ${spans[0]?.name}`,
    ),
    ...(trace.roots.length === 1 ? [] : [`the trace has ${trace.roots.length} roots`]),
    ...trace.orphans.map(
      span => `${span.service} "${span.name}" has lost its parent ${span.parentSpanId}`,
    ),
    ...paths
      .filter(path => followPath(trace, path) < path.length)
      .map(path => `there is no path ${path.map(describePattern).join(' > ')}`),
    ...trace.spans
      .filter(
        ({ kind, team }) =>
          (kind === 'server' || kind === 'consumer') && !(team !== undefined && isTeam(team)),
      )
      .map(
        span =>
          `${span.service} "${span.name}" names no team of the catalog, but ${span.team ?? 'none'}`,
      ),
  ]
}

function judgeException(trace: TraceTree, { exception }: Scenario): string[] {
  if (exception === undefined) return []
  const messages = trace.spans.flatMap(({ events }) =>
    events.map(({ attributes }) => attributes['exception.message']),
  )
  const failed = trace.roots[0]?.status === 'error'
  return [
    ...(messages.some(message => typeof message === 'string' && message.includes(exception))
      ? []
      : [`no span tells "${exception}"`]),
    ...(failed ? [] : ['the root span does not say that the request failed']),
  ]
}
