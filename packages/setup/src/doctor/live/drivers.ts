import {
  ENV_OTEL_NODE_DISABLED_INSTRUMENTATIONS,
  ENV_OTEL_NODE_ENABLED_INSTRUMENTATIONS,
} from '@throughline/conventions'
import type { App } from '../../project/project.ts'
import { findLoadedPackages } from '../../run/app-output.ts'
import { manifestOf } from '../../run/run-findings.ts'
import { findSetting } from '../../run/run-settings.ts'
import type { Finding } from '../finding.ts'
import { assignment, type Setting } from '../settings.ts'
import { TRACED_LIBRARIES } from '../traced-libraries.ts'

/** Instrumentations that are called otherwise than the package that they trace. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  '@aws-sdk/middleware-stack': 'aws-sdk',
  '@aws-sdk/smithy-client': 'aws-sdk',
  '@cucumber/cucumber': 'cucumber',
  '@grpc/grpc-js': 'grpc',
  '@hapi/hapi': 'hapi',
  '@nestjs/core': 'nestjs-core',
  '@redis/client': 'redis',
  '@smithy/core': 'aws-sdk',
  '@smithy/smithy-client': 'aws-sdk',
}

/** Drivers of databases that no instrumentation knows. */
const UNTRACEABLE: readonly string[] = [
  '@libsql/client',
  '@neondatabase/serverless',
  '@planetscale/database',
  'better-sqlite3',
  'mariadb',
  'postgres',
]

/**
 * Libraries of package.json that are not traced, by what the start of ours has loaded. Where it lists nothing, as where it is a part of
 * Next.js, only those are found that nothing traces anywhere.
 */
export function examineDrivers(
  app: App,
  output: string,
  settings: readonly Setting[],
): readonly Finding[] {
  const loaded = findLoadedPackages(output)
  const isTraced = (library: string): boolean =>
    loaded.length === 0 ||
    loaded.includes(`@opentelemetry/instrumentation-${instrumentationOf(library)}`)
  const has = (library: string): boolean => library in app.manifest.dependencies
  return [
    ...TRACED_LIBRARIES.filter(library => has(library) && !isTraced(library))
      // Express is built on router and names its routes itself.
      .filter(library => library !== 'router' || !has('express'))
      .map(library => explainUntraced(app, library, settings)),
    ...UNTRACEABLE.filter(has).map(library => explainUntraceable(app, library)),
  ]
}

const instrumentationOf = (library: string): string => OTHER_NAMES[library] ?? library

function explainUntraceable(app: App, library: string): Finding {
  return {
    code: 'DRIVER_NOT_TRACEABLE',
    level: 'warning',
    service: app.service,
    at: manifestOf(app),
    what: `no instrumentation traces ${library}`,
    why: 'its queries are no spans and are not measured: their time shows as that of the request',
    fix: 'put a span of your own around its queries, or use a driver that is traced',
  }
}

function explainUntraced(app: App, library: string, settings: readonly Setting[]): Finding {
  const name = instrumentationOf(library)
  const common = {
    code: 'LIBRARY_NOT_TRACED',
    level: 'error',
    service: app.service,
    what: `${library} is a dependency, and its instrumentation was not loaded`,
    why: 'what it does is no span and is not measured',
  } as const
  const only = findSetting(settings, ENV_OTEL_NODE_ENABLED_INSTRUMENTATIONS)
  if (only !== undefined && !namesIn(only).includes(name)) {
    return {
      ...common,
      at: only.at,
      fix: `add ${name} to ${assignment(only)}, which is the whole list`,
    }
  }
  const without = findSetting(settings, ENV_OTEL_NODE_DISABLED_INSTRUMENTATIONS)
  if (without !== undefined && namesIn(without).includes(name)) {
    return { ...common, at: without.at, fix: `take ${name} out of ${assignment(without)}` }
  }
  return {
    ...common,
    at: manifestOf(app),
    fix: `install the dependencies again, so that ${library} is found from the folder of ${app.service}`,
  }
}

const namesIn = ({ value }: Setting): readonly string[] => value.split(',').map(name => name.trim())
