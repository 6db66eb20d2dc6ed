import { statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { readText } from '../plan/read-text.ts'
import { findNamedEntry } from './entry-file.ts'
import { foldersUp } from './package-manager.ts'
import type { AppBase, NextApp, Remark } from './project.ts'
import { findSource } from './source-files.ts'
import { listStarts } from './start-scripts.ts'

/** Endings that Next.js looks for, in its order; the last it refuses, and asks for another. */
const CONFIG_ENDINGS = ['js', 'mjs', 'ts', 'mts', 'cjs']
const SOURCE_ENDINGS = ['tsx', 'ts', 'jsx', 'js']

/** A Next.js application, where a package is one: it has `next`, and pages. */
export function readNextApp(base: AppBase): NextApp | undefined {
  const { folder, manifest } = base
  const range = manifest.dependencies['next']
  if (range === undefined) return undefined
  // Next.js looks into src where the folder itself has neither.
  const sourceFolder = routersIn(folder).length > 0 ? '' : 'src'
  const routers = routersIn(join(folder, sourceFolder))
  if (routers.length === 0) return undefined
  return {
    ...base,
    kind: 'next',
    major: installedMajor(folder) ?? majorOf(range),
    routers,
    sourceFolder,
    config: findSource(folder, ['next.config'], CONFIG_ENDINGS),
    instrumentation: findSource(join(folder, sourceFolder), ['instrumentation'], SOURCE_ENDINGS),
  }
}

function routersIn(folder: string): NextApp['routers'] {
  return (['app', 'pages'] as const).filter(
    name => statSync(join(folder, name), { throwIfNoEntry: false })?.isDirectory() === true,
  )
}

/** Major version of the copy in `node_modules` here or above. */
function installedMajor(folder: string): number | undefined {
  const text = foldersUp(folder)
    .map(each => readText(join(each, 'node_modules/next/package.json')))
    .find(each => each !== undefined)
  return majorOf(/"version":\s*"([^"]+)"/.exec(text ?? '')?.[1] ?? '')
}

function majorOf(range: string): number | undefined {
  const digits = /\d+/.exec(range)?.[0]
  return digits === undefined ? undefined : Number(digits)
}

/** What to do about a server of its own that starts Next.js, since its code says how it listens. */
export function remarkOnServer(app: NextApp, at: string): Remark | undefined {
  const starts = listStarts(app.manifest.scripts).filter(
    ({ command }) => !command.includes('@throughline/'),
  )
  const [first] = starts
  const server = findNamedEntry(app, starts, undefined)
  if (first === undefined || server === undefined) return undefined
  if (!/(\bfrom\s+|\brequire\s*\(\s*)['"]next['"]/.test(readText(server) ?? '')) return undefined
  return {
    at,
    what: `the script "${first.name}" starts Next.js by ${basename(server)}, a server of its own`,
    fix: `write --import @throughline/next/preload behind ${first.runner.program} in it`,
  }
}
