import { join } from 'node:path'
import { shareWithSentry } from '../../edits/sentry-options.ts'
import { readText } from '../../plan/read-text.ts'
import type { OtherTelemetry, Project } from '../../project/project.ts'
import type { Check, Complaint } from '../check.ts'
import { mendFile } from '../mend-file.ts'

const NAMES: Readonly<Record<Exclude<OtherTelemetry['name'], 'sentry'>, string>> = {
  'vercel-otel': '@vercel/otel',
  'opentelemetry-sdk': 'an OpenTelemetry SDK of its own',
  'dd-trace': 'dd-trace',
  newrelic: 'New Relic',
  'elastic-apm': 'Elastic APM',
}

/** SENTRY_SETS_UP_TRACING, OTHER_TRACER: what traces the process besides us. */
export const checkOtherTracers: Check = ({ app, project }) =>
  app.others
    .filter(({ conflicts }) => conflicts)
    .flatMap(({ name, at, fix }) => {
      if (name === 'sentry') return checkSentry(project, at)
      return {
        code: 'OTHER_TRACER',
        level: 'error',
        at,
        what: `${NAMES[name]} traces this process as well`,
        why: 'one tracer runs at a time: where it is first Throughline is not started, and where it is second both trace',
        fix: fix ?? `remove ${NAMES[name]}`,
      }
    })

/** `@sentry/nextjs` traces unless it is told not to, `@sentry/node` only where it is told to. */
function checkSentry(project: Project, at: string): Complaint[] {
  const path = join(project.root, at)
  const text = readText(path) ?? ''
  const isAskedTo = /\benableOpenTelemetrySetup\s*:\s*true\b/.test(text)
  if (!isAskedTo && !text.includes('@sentry/nextjs')) return []
  return [
    {
      code: 'SENTRY_SETS_UP_TRACING',
      level: 'error',
      at,
      what: isAskedTo
        ? 'Sentry.init is called with enableOpenTelemetrySetup: true'
        : 'Sentry.init of @sentry/nextjs is called without enableOpenTelemetrySetup: false',
      why: 'Sentry registers a tracer of its own; where it is first, Throughline is not started',
      fix: 'pass enableOpenTelemetrySetup: false to Sentry.init',
      ...mendFile(project, path, source => shareWithSentry(source ?? '', { path })),
    },
  ]
}
