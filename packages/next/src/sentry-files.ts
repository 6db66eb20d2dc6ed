import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, parse, relative } from 'node:path'

/** What the runtime loads, whichever of the two the application depends on. */
const LOADED = '@sentry/node'

type TraceFiles = (
  entries: readonly string[],
  options: { readonly base: string },
) => Promise<{ readonly fileList: ReadonlySet<string> }>

/**
 * Files of the Sentry that the application in `folder` depends on, as paths from there: it is loaded as the runtime is, past
 * the bundler, which therefore does not see it. Takes Next.js's own tracer of files some seconds. Empty without Sentry.
 */
export async function sentryFiles(folder: string): Promise<string[]> {
  const require = createRequire(join(folder, 'package.json'))
  const name = ['@sentry/nextjs', LOADED].find(known => dependsOn(folder, known))
  if (name === undefined) return []
  try {
    const manifest = require.resolve(`${name}/package.json`)
    const { nodeFileTrace: traceFiles } = require('next/dist/compiled/@vercel/nft') as {
      nodeFileTrace: TraceFiles
    }
    const base = parse(folder).root
    const { fileList } = await traceFiles([createRequire(manifest).resolve(LOADED)], {
      base,
    })
    return [manifest, ...[...fileList].map(file => join(base, file))].map(file =>
      relative(folder, file),
    )
  } catch {
    // Not installed, or a Next.js without that tracer: the start says that there is no Sentry.
    return []
  }
}

function dependsOn(folder: string, name: string): boolean {
  try {
    const { dependencies = {} } = JSON.parse(
      readFileSync(join(folder, 'package.json'), 'utf8'),
    ) as { readonly dependencies?: Readonly<Record<string, string>> }
    return name in dependencies
  } catch {
    // Without a package.json nothing is depended on.
    return false
  }
}
