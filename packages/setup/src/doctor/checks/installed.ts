import { readText } from '../../plan/read-text.ts'
import { installCommand } from '../../plan/install-packages.ts'
import type { Check, Complaint, Subject } from '../check.ts'
import { parseManifest } from '../parse-manifest.ts'
import { placeInManifest, placeOf } from '../places.ts'
import { startsOf } from '../start-scripts.ts'

const OURS = /@throughline\/(next|node)\b/g

/** NOT_INSTALLED, PACKAGE_MISSING, PACKAGE_NOT_INSTALLED: whether the package that traces is there. */
export const checkInstalled: Check = subject => {
  const { app, project, packages } = subject
  const { dependencies } = app.manifest
  const uses = usesOf(subject)
  if (!app.isInstalled && uses.size === 0) {
    return [
      {
        code: 'NOT_INSTALLED',
        level: 'warning',
        at: placeOf(project, app.manifest.path),
        what: 'no package of Throughline is in package.json, and nothing starts one',
        why: 'it makes no spans and no metrics, and traces of its callers end there',
        fix: `run throughline init ${app.path}`.trimEnd(),
      },
    ]
  }
  const missing = [...uses]
    .filter(([name]) => !(name in dependencies))
    .map(([name, at]): Complaint => ({
      code: 'PACKAGE_MISSING',
      level: 'error',
      at,
      what: `${name} is used here and is not in package.json`,
      why: 'whether it is found depends on what else is installed, and where it is not, nothing is traced',
      fix: describeAddition(subject, name),
    }))
  const absent = Object.keys(dependencies)
    .filter(name => /^@throughline\/(next|node)$/.test(name))
    .filter(name => project.packageManager.hasNodeModules && packages.find(name) === undefined)
    .map((name): Complaint => ({
      code: 'PACKAGE_NOT_INSTALLED',
      level: 'error',
      at: placeInManifest(project, app, [listOf(app.manifest.text, name), name]),
      what: `${name} is in package.json and in no node_modules that this application sees`,
      why: 'it cannot be loaded, so nothing is traced',
      fix: `run ${installCommand(project.packageManager)}`,
    }))
  return [...missing, ...absent]
}

const listOf = (manifest: string, name: string): string =>
  name in (parseManifest(manifest).dependencies ?? {}) ? 'dependencies' : 'devDependencies'

const ADD = { npm: 'npm install', pnpm: 'pnpm add', yarn: 'yarn add', bun: 'bun add' } as const

function describeAddition({ app: { path }, project }: Subject, name: string): string {
  const command = `run ${ADD[project.packageManager.name]} ${name}`
  return path === '' ? command : `${command} in ${path}`
}

/** The packages of ours that files and scripts name, each with where. */
function usesOf({ app, project }: Subject): ReadonlyMap<string, string> {
  const files = app.kind === 'next' ? [app.instrumentation, app.config] : [app.entry]
  const texts = [
    ...files
      .filter(path => path !== undefined)
      .map(path => [readText(path) ?? '', placeOf(project, path)] as const),
    ...startsOf(app).map(
      ({ name, command }) => [command, placeInManifest(project, app, ['scripts', name])] as const,
    ),
  ]
  const found = texts.flatMap(([text, at]) =>
    [...text.matchAll(OURS)].map(([name]) => [name, at] as const),
  )
  // What a Next.js application does with the package for Node has a finding of its own.
  return new Map(
    found.filter(([name]) => app.kind === 'node' || name === '@throughline/next').toReversed(),
  )
}
