import type { ThroughlineError } from '@throughline/conventions'
import type { SpanRecord } from '@throughline/otlp'
import { checkSwitchedOff } from '../doctor/checks/switched-off.ts'
import type { Finding } from '../doctor/finding.ts'
import type { Setting } from '../doctor/settings.ts'
import type { App } from '../project/project.ts'
import { findLoadedPackages, findOurLines, lastLines } from './app-output.ts'
import type { SentRequest } from './send-request.ts'

/** Where the package.json of an application is, from the root. */
export const manifestOf = ({ path }: App): string =>
  path === '' ? 'package.json' : `${path}/package.json`

/** No script starts an application. */
export function explainNoScript(app: App): Finding {
  return {
    code: 'NO_START_SCRIPT',
    level: 'error',
    service: app.service,
    at: manifestOf(app),
    what: `no script of ${manifestOf(app)} starts ${app.service}`,
    why: 'it cannot be started to see what it sends',
    fix: 'add a script "dev" or "start" that starts it',
  }
}

const START_COSTS: Readonly<Record<string, string>> = {
  PACKAGE_MANAGER_MISSING: 'it cannot be started to see what it sends',
  APP_ENDED: 'it serves nothing, so there is nothing to trace',
  APP_NOT_LISTENING: 'no request can be sent to it',
}

/** An application did not come to listen. */
export function explainStart(app: App, { code, message, fix }: ThroughlineError): Finding {
  const why = START_COSTS[code] ?? 'it cannot be started'
  return {
    code,
    level: 'error',
    service: app.service,
    at: manifestOf(app),
    what: message,
    why,
    fix,
  }
}

/** An application that was sent requests, and of which no trace arrived. */
export interface SilentRun {
  readonly app: App
  /** What it finds set, what wins first. */
  readonly settings: readonly Setting[]
  readonly spans: readonly SpanRecord[]
  readonly requests: readonly SentRequest[]
  readonly output: string
  /** Command that has started it. */
  readonly command: string
}

/** Why no trace of an application has arrived: what is surest first, and never nothing. */
export function explainSilence(run: SilentRun): readonly Finding[] {
  const unanswered = explainUnanswered(run)
  const telemetry = explainTelemetry(run)
  return telemetry.length + unanswered.length > 0
    ? [...unanswered, ...telemetry]
    : [explainNothing(run)]
}

function explainUnanswered({ app, requests, command, output }: SilentRun): readonly Finding[] {
  if (requests.some(({ status }) => status !== undefined)) return []
  return requests.slice(0, 1).map(({ path, failure }) => ({
    code: 'REQUEST_NOT_ANSWERED',
    level: 'error',
    service: app.service,
    at: undefined,
    what: [`${command} listens, and does not answer GET ${path}: ${failure}`, lastLines(output)]
      .filter(part => part !== '')
      .join('\n'),
    why: 'a request that is not answered makes no trace',
    fix: `ask it by hand, and see what ${app.service} waits for`,
  }))
}

/** What is wrong with the telemetry of an application, as far as that can be seen. */
function explainTelemetry(run: SilentRun): readonly Finding[] {
  const { app, settings } = run
  if (!app.isInstalled) return [explainMissing(app)]
  const off = checkSwitchedOff(settings)
  if (off.length > 0) return off.map(complaint => ({ ...complaint, service: app.service }))
  const refused = explainRefusals(run)
  if (refused.length > 0) return refused
  return explainOtherService(run) ?? explainPreload(run)
}

const packageOf = ({ kind }: App): string =>
  kind === 'next' ? '@throughline/next' : '@throughline/node'

function explainMissing(app: App): Finding {
  return {
    code: 'PACKAGE_MISSING',
    level: 'error',
    service: app.service,
    at: manifestOf(app),
    what: `${packageOf(app)} is not among the dependencies of ${app.service}`,
    why: 'nothing in it makes spans',
    fix: 'run throughline init',
  }
}

/** What our packages say when they do not start, or lose what they have. */
const REFUSAL =
  / was not started: | does not load, so nothing is traced|^spans (?:are lost|have to wait): |failed to load; its library is not traced/

/** Reports that our packages could not do their work, in their own words. */
export function explainRefusals({
  app,
  output,
}: Pick<SilentRun, 'app' | 'output'>): readonly Finding[] {
  return findOurLines(output)
    .filter(line => REFUSAL.test(line))
    .map(line => {
      // What a message ends with is what to do, where it says that.
      const [, what = line, fix] = /^(.+? already traces this process)\. (.+)$/.exec(line) ?? []
      return {
        code: / already traces this process/.test(line) ? 'TRACED_ALREADY' : 'TELEMETRY_REFUSED',
        level: 'error',
        service: app.service,
        at: undefined,
        what,
        why: 'no span of ours is made or sent',
        fix: fix ?? `look the message up in docs/errors.md: ${line.split(':', 1)[0]}`,
      }
    })
}

function explainOtherService({ app, spans }: SilentRun): readonly Finding[] | undefined {
  const names = [
    ...new Set(spans.filter(({ kind }) => kind === 'server').map(({ service }) => service)),
  ]
  if (names.length === 0 || names.includes(app.service)) return undefined
  return [
    {
      code: 'SERVICE_NAME_DIFFERS',
      level: 'error',
      service: app.service,
      at: manifestOf(app),
      what: `spans came from ${names.map(name => `"${name}"`).join(', ')}, and none from "${app.service}"`,
      why: 'owners, dashboards and alerts are looked up by that name',
      fix: `set OTEL_SERVICE_NAME=${app.service} where it is started, or call it "${names[0]}" in ownership.yaml`,
    },
  ]
}

function explainPreload({ app, output, command, spans }: SilentRun): readonly Finding[] {
  if (spans.length > 0 || findOurLines(output).length > 0) return []
  if (app.kind === 'node' && findLoadedPackages(output).length > 0) return []
  return [
    {
      code: 'PRELOAD_MISSING',
      level: 'error',
      service: app.service,
      at: manifestOf(app),
      what: `${command} does not load ${packageOf(app)}`,
      why: 'it is installed and nothing starts it, so nothing is traced',
      fix:
        app.kind === 'next'
          ? "export { register, onRequestError } from '@throughline/next' in instrumentation.ts"
          : 'put --import @throughline/node/register into the command that starts it',
    },
  ]
}

/** Nothing explains it but what was answered. */
function explainNothing({ app, requests, command, spans }: SilentRun): Finding {
  const answers = requests.map(({ path, status, location }) =>
    location === undefined ? `GET ${path} ${status}` : `GET ${path} ${status} to ${location}`,
  )
  const came =
    spans.length === 0 ? 'no span came' : `${spans.length} spans came, none of them of this request`
  return {
    code: 'NO_TRACE',
    level: 'error',
    service: app.service,
    at: undefined,
    what: `${command} was sent a request, and ${came} (${answers.join(', ')})`,
    why: 'its requests are not traced',
    fix: 'start it with OTEL_LOG_LEVEL=debug, and read its lines that begin with throughline:',
  }
}
