import type { Catalog, Parsed } from '@throughline/catalog'
import type { App, Project } from '../../project/project.ts'
import { readRun, runOnce, type SeenRun } from '../../run/first-trace.ts'
import { explainRefusals } from '../../run/run-findings.ts'
import { readRunSettings } from '../../run/run-settings.ts'
import type { Finding } from '../finding.ts'
import { findBundledDrivers } from './bundled-drivers.ts'
import { examineCollector } from './collector.ts'
import { examineDrivers } from './drivers.ts'
import { examineMetrics } from './metrics.ts'
import { findUnownedRoutes } from './unowned-routes.ts'
import { findWithheldHosts } from './withheld-hosts.ts'

/** What a running application is held against. */
export interface LiveOptions {
  readonly catalog: Parsed<Catalog> | undefined
  /** @default that of this process */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Paths that a GET is sent to. @default routes that stand in the sources, and `/` */
  readonly paths?: readonly string[]
  readonly signal?: AbortSignal
  /** Told what is done, a line each. */
  readonly say?: (line: string) => void
}

/**
 * What is wrong with an install, by what its application does: it is started and sent a request, and what comes of it is followed.
 *
 * Nothing of the application is left running. Rejects only where `signal` is aborted, with its reason.
 */
export async function examineLive(
  app: App,
  project: Project,
  options: LiveOptions,
): Promise<readonly Finding[]> {
  const { env = process.env, signal } = options
  const settings = readRunSettings(app, project, env)
  const ran = await runOnce(app, project, { ...options, env }, async seen => [
    ...examineTrace(seen),
    ...(await examineMetrics(seen, settings, signal)),
  ])
  return [
    ...(ran.kind === 'seen' ? ran.value : ran.reasons),
    ...(app.kind === 'next' ? findBundledDrivers(app) : []),
    ...(await examineCollector(app, settings, signal)),
  ]

  function examineTrace(seen: SeenRun): readonly Finding[] {
    const first = readRun(seen, settings, options.catalog)
    if (first.kind === 'none') return first.reasons
    return [
      ...explainRefusals({ app, output: seen.running.output() }),
      ...examineDrivers(app, seen.running.output(), settings),
      ...findWithheldHosts(app, first.reading),
      ...findUnownedRoutes(app, first.reading, options.catalog),
    ]
  }
}
