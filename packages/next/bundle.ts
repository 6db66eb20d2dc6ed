import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'esbuild'
import { LIBRARIES } from '../node/src/instrumentations/library-list.ts'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** Replaces the loading of instrumentations by name, which a bundler cannot follow, by a table that it can. */
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
  entryPoints: [here('../node/src/exit-sender.ts')],
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
