import { createResolver, type Catalog, type Parsed } from '@throughline/catalog'
import { ThroughlineError } from '@throughline/conventions'
import type { SpanRecord } from '@throughline/otlp'
import { pathOf, readTrace, type Surroundings, type TraceReading } from '@throughline/trace'
import type { Finding } from '../doctor/finding.ts'
import type { Setting } from '../doctor/settings.ts'
import type { App, Project } from '../project/project.ts'
import { chooseScript } from './choose-script.ts'
import { guessPaths } from './request-paths.ts'
import { explainNoScript, explainSilence, explainStart } from './run-findings.ts'
import { readRunSettings } from './run-settings.ts'
import { sendRequest, type SentRequest } from './send-request.ts'
import { startApp, type RunningApp } from './start-app.ts'
import { openInbox, type TraceInbox } from './trace-inbox.ts'

/** Options of {@link showFirstTrace}. */
export interface FirstTraceOptions {
  /** Script of package.json that starts it. @default the one that a developer would use: `dev`, else `start` */
  readonly script?: string | undefined
  /** Paths that a GET is sent to, until one is answered well. @default routes that stand in the sources, and `/` */
  readonly paths?: readonly string[] | undefined
  /** @default that of this process */
  readonly env?: NodeJS.ProcessEnv | undefined
  /** Names owners and services where the spans do not. */
  readonly catalog?: Parsed<Catalog> | undefined
  readonly signal?: AbortSignal | undefined
  /** Told what is done, a line each. */
  readonly say?: ((line: string) => void) | undefined
}

/** The trace of one request, or why there is none. */
export type FirstTrace =
  | { readonly kind: 'trace'; readonly request: SentRequest; readonly reading: TraceReading }
  | { readonly kind: 'none'; readonly reasons: readonly Finding[] }

/** What was seen while an application ran. */
export interface SeenRun {
  readonly app: App
  readonly running: RunningApp
  readonly inbox: TraceInbox
  /** Requests that were sent, in order. */
  readonly requests: readonly SentRequest[]
  /** The request that is shown, and its server span. */
  readonly shown: { readonly request: SentRequest; readonly span: SpanRecord } | undefined
}

/**
 * Starts an application, sends it a request, and gives the trace that this made, or why it made none.
 *
 * Nothing of the application is left running. Rejects only where `signal` is aborted, with its reason.
 */
export async function showFirstTrace(
  app: App,
  project: Project,
  options: FirstTraceOptions = {},
): Promise<FirstTrace> {
  const ran = await runOnce(app, project, options, seen => {
    const settings = readRunSettings(app, project, options.env ?? process.env)
    return Promise.resolve(readRun(seen, settings, options.catalog))
  })
  return ran.kind === 'seen' ? ran.value : { kind: 'none', reasons: ran.reasons }
}

/** The trace that a run has shown, or why it has shown none. */
export function readRun(
  { app, running, inbox, requests, shown }: SeenRun,
  settings: readonly Setting[],
  catalog: Parsed<Catalog> | undefined,
): FirstTrace {
  if (shown !== undefined) {
    const reading = readShown(inbox, shown.span, catalog)
    return { kind: 'trace', request: shown.request, reading }
  }
  const { command } = running
  const { spans } = inbox
  const output = running.output()
  const reasons = explainSilence({ app, settings, spans, requests, output, command })
  return { kind: 'none', reasons }
}

/** Reads the trace of a span, with its logs. */
function readShown(
  { spans, logs }: TraceInbox,
  { traceId }: SpanRecord,
  catalog: Parsed<Catalog> | undefined,
): TraceReading {
  const surroundings: Surroundings =
    catalog?.ok === true
      ? { ownership: { catalog: catalog.value, resolver: createResolver(catalog.value) } }
      : {}
  const isOfTrace = (record: { readonly traceId: string | undefined }): boolean =>
    record.traceId === traceId
  return readTrace(spans.filter(isOfTrace), logs.filter(isOfTrace), surroundings)
}

/** What {@link runOnce} gives. */
export type Ran<T> =
  | { readonly kind: 'seen'; readonly value: T }
  | { readonly kind: 'not-run'; readonly reasons: readonly Finding[] }

/** How long a trace may take to arrive once its request is answered. */
const TRACE_MS = 5_000

/** Runs an application, sends requests until one is answered well, and lets `look` see it before it is ended. */
export async function runOnce<T>(
  app: App,
  project: Project,
  options: FirstTraceOptions,
  look: (seen: SeenRun) => Promise<T>,
): Promise<Ran<T>> {
  const { env, signal, say = () => undefined } = options
  const script = options.script ?? chooseScript(app)
  if (script === undefined) return { kind: 'not-run', reasons: [explainNoScript(app)] }
  await using inbox = await openInbox()
  try {
    say(`${project.packageManager.name} run ${script}`)
    await using running = await startApp(app, project, {
      script,
      endpoint: inbox.endpoint,
      env,
      signal,
    })
    say(`listens at ${running.url}`)
    const seen = await sendRequests(app, running, inbox, options)
    return { kind: 'seen', value: await look(seen) }
  } catch (error) {
    signal?.throwIfAborted()
    if (ThroughlineError.is(error)) return { kind: 'not-run', reasons: [explainStart(app, error)] }
    throw error
  }
}

async function sendRequests(
  app: App,
  running: RunningApp,
  inbox: TraceInbox,
  { paths = guessPaths(app), signal, say = () => undefined }: FirstTraceOptions,
): Promise<SeenRun> {
  const requests: SentRequest[] = []
  const left = [...paths]
  for (const path of left) {
    const request = await sendRequest(running.url, path, signal)
    requests.push(request)
    say(`GET ${path} ${request.status ?? request.failure}`)
    if (isGood(request)) break
    const next = ownPath(request.location, running.url)
    if (next !== undefined && !left.includes(next)) left.push(next)
  }
  const best = requests.find(isGood) ?? requests[0]
  const span =
    best &&
    (await inbox.waitFor(
      ({ service, startMs, attributes }) =>
        service === app.service &&
        startMs >= best.sentAtMs - 1 &&
        pathOf(attributes) === pathOfUrl(best.path),
      TRACE_MS,
      signal,
    ))
  return {
    app,
    running,
    inbox,
    requests,
    shown: best !== undefined && span !== undefined ? { request: best, span } : undefined,
  }
}

/** The path of an address that leads to the same application. */
function ownPath(location: string | undefined, url: string): string | undefined {
  if (location === undefined) return undefined
  const target = URL.parse(location, url)
  return target?.origin === new URL(url).origin ? `${target.pathname}${target.search}` : undefined
}

const isGood = ({ status }: SentRequest): boolean => status !== undefined && status < 300

const pathOfUrl = (path: string): string => new URL(path, 'http://localhost').pathname
