import { wrapNextConfig } from '../../edits/next-config.ts'
import { configOf, fromRoot } from '../../plan/app-files.ts'
import type { NextApp } from '../../project/project.ts'
import type { Check } from '../check.ts'
import { mendFile } from '../mend-file.ts'
import { readNextConfig } from '../next-config-reading.ts'
import { placeOf } from '../places.ts'

/** CONFIG_UNWRAPPED, EXTERNALS_OVERRIDDEN: whether the configuration of Next.js has what tracing needs. */
export const checkNextConfig: Check<NextApp> = ({ app, project }) => {
  if (!app.isInstalled) return []
  const path = configOf(app)
  const reading = readNextConfig(app.config)
  if (app.config !== undefined && reading === undefined) return []
  if (reading?.isWrapped !== true) {
    return [
      {
        code: 'CONFIG_UNWRAPPED',
        level: 'error',
        at: placeOf(project, app.config ?? app.folder) || undefined,
        what:
          reading === undefined
            ? `there is no ${fromRoot(project, path)}`
            : 'withThroughline() is not called in it',
        why: 'libraries that Next.js bundles are not traced, a standalone build carries no runtime, and browsers do not continue traces',
        fix: `export withThroughline(…) of '@throughline/next/config', around the configuration`,
        ...mendFile(project, path, text => wrapNextConfig(text, { path, modules: app.modules })),
      },
    ]
  }
  return reading.overridesOf('serverExternalPackages').map(({ line }) => ({
    code: 'EXTERNALS_OVERRIDDEN',
    level: 'error',
    at: placeOf(project, path, line),
    what: 'serverExternalPackages is set over what withThroughline() gave',
    why: 'libraries that are traced as Node loads them are bundled again, and are not traced',
    fix: 'move serverExternalPackages into the configuration that withThroughline() takes',
  }))
}
