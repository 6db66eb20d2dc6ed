import { existsSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import type { App, NextApp, Project } from '../project/project.ts'

/** Endings that Next.js and Node know, the usual first. */
const ENDINGS = ['ts', 'mts', 'js', 'mjs', 'cjs'] as const

/** Path from the root, with `/`. */
export const fromRoot = (project: Pick<Project, 'root'>, path: string): string =>
  relative(project.root, path).split(sep).join('/')

/** Where the instrumentation file of a Next.js application is, or is to be. */
export function instrumentationOf({
  instrumentation,
  folder,
  sourceFolder,
  isTypeScript,
}: NextApp): string {
  return (
    instrumentation ?? join(folder, sourceFolder, `instrumentation.${isTypeScript ? 'ts' : 'js'}`)
  )
}

/** Where the configuration of a Next.js application is, or is to be. */
export function configOf({ config, folder, isTypeScript }: NextApp): string {
  return config ?? join(folder, `next.config.${isTypeScript ? 'ts' : 'mjs'}`)
}

/** Files in which Sentry may be set up. */
export function sentryFilesOf({ folder }: App): readonly string[] {
  return ['', 'src']
    .flatMap(inside =>
      ['sentry.server.config', 'instrumentation', 'instrument', 'sentry'].flatMap(name =>
        ENDINGS.map(ending => join(folder, inside, `${name}.${ending}`)),
      ),
    )
    .filter(path => existsSync(path))
}
