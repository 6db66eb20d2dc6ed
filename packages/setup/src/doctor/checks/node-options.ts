import type { Check, Complaint } from '../check.ts'
import { placeOf } from '../places.ts'
import { preloadsIn } from '../preload-options.ts'
import type { Setting } from '../settings.ts'

/** Others that are loaded by NODE_OPTIONS, by what is loaded. */
const OTHERS: readonly (readonly [RegExp, string])[] = [
  [/\bdd-trace\b/, 'dd-trace'],
  [/\bnewrelic\b/, 'New Relic'],
  [/\belastic-apm-node\b|@elastic\/opentelemetry-node/, 'Elastic APM'],
  [
    /@opentelemetry\/auto-instrumentations-node|otel-auto-instrumentation/,
    'an OpenTelemetry of its own',
  ],
  [/@sentry\//, 'Sentry'],
  [
    /@splunk\/otel|\bappdynamics\b|@appsignal\/nodejs|@hyperdx\/node-opentelemetry/,
    'another agent',
  ],
]

/** NODE_OPTIONS_OF_OTHERS: another tracer that comes with an application; one of a script that is known already is left out. */
export const checkOwnNodeOptions: Check = ({ app, project, settings }) => {
  const manifest = placeOf(project, app.manifest.path)
  const isKnown = app.others.some(({ at, conflicts }) => conflicts && at === manifest)
  return checkNodeOptions(
    settings.filter(({ at }) => at !== undefined && !(isKnown && at.startsWith(`${manifest}:`))),
  )
}

/** NODE_OPTIONS_OF_OTHERS: another tracer that comes with these variables. */
export function checkNodeOptions(settings: readonly Setting[]): readonly Complaint[] {
  return settings
    .filter(({ name }) => name === 'NODE_OPTIONS')
    .flatMap(setting =>
      preloadsIn(setting.value).flatMap(({ target }) => complain(setting, target)),
    )
}

function complain({ at }: Setting, target: string): Complaint[] {
  const name = OTHERS.find(([pattern]) => pattern.test(target))?.[1]
  if (name === undefined) return []
  return [
    {
      code: 'NODE_OPTIONS_OF_OTHERS',
      level: 'error',
      at,
      what: `NODE_OPTIONS loads ${target}: ${name}`,
      why: 'it traces each process before Throughline does, and one tracer runs at a time',
      fix: `take ${target} out of NODE_OPTIONS`,
    },
  ]
}
