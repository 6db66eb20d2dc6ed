import type { App, NextApp, NodeApp, Project } from '../project/project.ts'
import type { Check, Complaint, ExamineContext, Subject } from './check.ts'
import { checkApiCopies } from './checks/api-copies.ts'
import { checkBundledServer } from './checks/bundled-server.ts'
import { checkDockerStart } from './checks/docker-start.ts'
import { checkEndpoints } from './checks/endpoint.ts'
import { checkInstalled } from './checks/installed.ts'
import { checkInstrumentationExports } from './checks/instrumentation-exports.ts'
import { checkInstrumentationPlace } from './checks/instrumentation-place.ts'
import { checkKnownVersions } from './checks/known-versions.ts'
import { checkNextConfig } from './checks/next-config.ts'
import { checkOwnNodeOptions } from './checks/node-options.ts'
import { checkNodeVersion } from './checks/node-version.ts'
import { checkOtelGenerations } from './checks/otel-generations.ts'
import { checkOtherTracers } from './checks/other-tracers.ts'
import { checkPreload } from './checks/preload.ts'
import { checkPreloadForm } from './checks/preload-form.ts'
import { checkServiceName } from './checks/service-name.ts'
import { checkStandaloneCatalog } from './checks/standalone-catalog.ts'
import { checkSwitchedOff } from './checks/switched-off.ts'
import { checkTranspiledDrivers } from './checks/transpiled-drivers.ts'
import { checkVersions } from './checks/versions.ts'
import type { Finding } from './finding.ts'
import { openInstalledPackages } from './installed-packages.ts'
import { isOfFile, readSettings, settingsOf } from './settings.ts'

/** What every application is checked for, in two parts: what stops all of it, and what spoils some. */
const FIRST: readonly Check[] = [
  checkNodeVersion,
  checkInstalled,
  ({ settings }) => checkSwitchedOff(settings.filter(isOfFile), settings),
  checkOtherTracers,
  checkOwnNodeOptions,
  checkPreloadForm,
]
const LAST: readonly Check[] = [
  checkDockerStart,
  checkKnownVersions,
  checkOtelGenerations,
  checkApiCopies,
  checkVersions,
  ({ settings }) => checkEndpoints(settings.filter(isOfFile)),
  checkServiceName,
]
const OF_NEXT: readonly Check<NextApp>[] = [
  checkInstrumentationPlace,
  checkInstrumentationExports,
  checkNextConfig,
  checkTranspiledDrivers,
  checkStandaloneCatalog,
]
const OF_NODE: readonly Check<NodeApp>[] = [checkPreload, checkBundledServer]

/**
 * What is wrong with the install of one application, as its files and those of its packages say: what stops all of it first.
 * Reads only; what cannot be read is for others to say.
 */
export function examineFiles(app: App, project: Project, context: ExamineContext): Finding[] {
  const subject: Subject = {
    app,
    project,
    context,
    packages: openInstalledPackages(app.folder),
    settings: [...readSettings(app, project), ...settingsOf(context.env)],
  }
  const found = [
    ...run(FIRST, subject),
    ...(app.kind === 'next'
      ? run(OF_NEXT, { ...subject, app })
      : run(OF_NODE, { ...subject, app })),
    ...run(LAST, subject),
  ]
  const uninstalled = found.filter(({ code }) => code === 'NOT_INSTALLED')
  return errorsFirst(uninstalled.length > 0 ? uninstalled : found).map(complaint => ({
    ...complaint,
    service: app.service,
  }))
}

const run = <Checked extends App>(
  checks: readonly Check<Checked>[],
  subject: Subject<Checked>,
): Complaint[] => checks.flatMap(check => check(subject))

/** Errors before warnings, each in the order that they were found. */
const errorsFirst = (complaints: readonly Complaint[]): Complaint[] => [
  ...complaints.filter(({ level }) => level === 'error'),
  ...complaints.filter(({ level }) => level === 'warning'),
]
