import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build, type Plugin } from 'esbuild'
import { LIBRARIES } from '../node/src/instrumentations/library-list.ts'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** Replaces the loading of packages by name, which a bundler cannot follow, by what it can. */
const instrumentationTable: Plugin = {
  name: 'instrumentation-table',
  setup(bundler) {
    bundler.onLoad({ filter: /instrumentations[\\/]load-instrumentation\.ts$/ }, () => ({
      loader: 'js',
      contents: [
        'const table = {',
        ...LIBRARIES.map(
          ({ name }) => `'${name}': () => require('@opentelemetry/instrumentation-${name}'),`,
        ),
        '}',
        'export function loadInstrumentation(name, exportName) {',
        // In a bundle there is no loading that could be listed from outside.
        "  if (process.env.THROUGHLINE_DEBUG === '1')",
        '    process.stderr.write(`throughline: loads @opentelemetry/instrumentation-${name}\\n`)',
        '  return table[name]()[exportName]',
        '}',
      ].join('\n'),
    }))
    bundler.onLoad({ filter: /logs[\\/]load-log-sdk\.ts$/ }, () => ({
      loader: 'js',
      contents: "export const loadLogSdk = () => require('@opentelemetry/sdk-logs')",
    }))
    // Packages have a CommonJS and an ES build; taking the latter everywhere keeps each in the bundle once.
    bundler.onResolve({ filter: /^@opentelemetry\// }, ({ path, kind, resolveDir }) =>
      kind === 'require-call'
        ? bundler.resolve(path, { kind: 'import-statement', resolveDir })
        : undefined,
    )
  },
}

// One file that needs nothing beside it: Next.js's bundlers, standalone builds and --import all take it as it is.
await build({
  entryPoints: [here('src/runtime.ts')],
  outfile: here('dist/runtime.cjs'),
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node22',
  conditions: ['@throughline/source'],
  define: { 'import.meta.url': 'importMetaUrl' },
  banner: { js: "const importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
  plugins: [instrumentationTable],
  legalComments: 'linked',
  logLevel: 'warning',
})
// The runtime starts it as a thread, from beside itself.
await build({
  entryPoints: [here('../node/src/delivery/exit-sender.ts')],
  outfile: here('dist/exit-sender.cjs'),
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node22',
  legalComments: 'linked',
  logLevel: 'warning',
})
await build({
  entryPoints: [here('src/preload.ts')],
  outfile: here('dist/preload.cjs'),
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node22',
  plugins: [
    {
      name: 'runtime-beside',
      setup: bundler =>
        bundler.onResolve({ filter: /runtime\.ts$/ }, () => ({
          path: './runtime.cjs',
          external: true,
        })),
    },
  ],
  logLevel: 'warning',
})

/** What a page may be made to load, in bytes after gzip; `web-vitals` comes later, in a file of its own. */
const CLIENT_BUDGET = 4096

// In place of what the compiler made of it: one file is what a page loads, and what is measured.
const client = here('dist/client.js')
await build({
  entryPoints: [here('src/client.ts')],
  outfile: client,
  bundle: true,
  minify: true,
  platform: 'browser',
  format: 'esm',
  target: 'es2022',
  conditions: ['@throughline/source'],
  external: ['web-vitals'],
  logLevel: 'warning',
})
const size = gzipSync(readFileSync(client), { level: 9 }).length
const words = `dist/client.js is ${size} of ${CLIENT_BUDGET} bytes after gzip`
if (size > CLIENT_BUDGET)
  throw new Error(`${words}: it is over the budget of @throughline/next/client`)
process.stdout.write(`${words}\n`)
