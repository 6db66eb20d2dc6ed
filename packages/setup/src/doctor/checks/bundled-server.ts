import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { readText } from '../../plan/read-text.ts'
import type { NodeApp } from '../../project/project.ts'
import type { Check } from '../check.ts'
import { placeInManifest, placeOf } from '../places.ts'
import { TRACED_LIBRARIES } from '../traced-libraries.ts'

/** A tool that can put an application and what it depends on into one file. */
interface Bundler {
  readonly name: string
  readonly runs: RegExp
  /** Whether a command, or a file of configuration, takes dependencies in. */
  readonly takesIn: (text: string) => boolean
  /** Whether it does so unless a file of configuration says otherwise; else only where its command does. */
  readonly config: RegExp | undefined
  readonly fix: string
}

const has =
  (...patterns: readonly RegExp[]) =>
  (text: string): boolean =>
    patterns.every(pattern => pattern.test(text))

const BUNDLERS: readonly Bundler[] = [
  {
    name: 'esbuild',
    runs: /\besbuild\b|\bbuild\.[cm]?[jt]s\b/,
    takesIn: text =>
      has(/--bundle\b|\bbundle:\s*true/, /--platform=node|platform:\s*['"]node/)(text) &&
      !has(/--packages=external|packages:\s*['"]external/)(text),
    config: /^(esbuild|build)(\.config)?\.[cm]?[jt]s$/,
    fix: 'add --packages=external to esbuild',
  },
  {
    name: 'tsup',
    runs: /\btsup\b/,
    takesIn: has(/--no-?external|noExternal/i),
    config: /^tsup\.config\.[cm]?[jt]s$/,
    fix: 'remove noExternal from tsup',
  },
  {
    name: 'ncc',
    runs: /\bncc\s+build\b/,
    takesIn: () => true,
    config: undefined,
    fix: 'build with tsc, or name them with ncc build --external',
  },
  {
    name: 'rollup',
    runs: /\brollup\b/,
    takesIn: text => has(/plugin-node-resolve/)(text) && !has(/\bexternal\b/)(text),
    config: /^rollup\.config\.[cm]?[jt]s$/,
    fix: 'name them in external of the configuration of rollup',
  },
  {
    name: 'vite',
    runs: /\bvite\s+build\b/,
    takesIn: has(/noExternal:\s*true/),
    config: /^vite\.config\.[cm]?[jt]s$/,
    fix: 'remove ssr.noExternal from the configuration of vite',
  },
  {
    name: 'webpack',
    runs: /\bwebpack\b/,
    takesIn: text => has(/target:\s*['"]node/)(text) && !has(/externals/)(text),
    config: /^webpack\.config\.[cm]?[jt]s$/,
    fix: 'name them in externals of the configuration of webpack',
  },
]

/** BUNDLED_SERVER: a build that takes in libraries which are traced as Node loads them. */
export const checkBundledServer: Check<NodeApp> = ({ app, project }) => {
  const traced = Object.keys(app.manifest.dependencies).filter(name =>
    TRACED_LIBRARIES.includes(name),
  )
  const files = existsSync(app.folder) ? readdirSync(app.folder) : []
  return Object.entries(app.manifest.scripts).flatMap(([script, command]) =>
    BUNDLERS.filter(({ runs }) => runs.test(command)).flatMap(({ name, takesIn, config, fix }) => {
      const file = config && files.find(candidate => config.test(candidate))
      const said = file === undefined ? '' : (readText(join(app.folder, file)) ?? '')
      const isByFile = !takesIn(command) && takesIn(said)
      if (!takesIn(command) && !isByFile) return []
      const lost = traced.filter(library => !isExternal(library, isByFile ? said : command))
      if (lost.length === 0) return []
      return [
        {
          code: 'BUNDLED_SERVER',
          level: 'error' as const,
          at: isByFile
            ? placeOf(project, join(app.folder, file ?? ''))
            : placeInManifest(project, app, ['scripts', script]),
          what: `${name} takes ${lost.join(', ')} into the bundle`,
          why: 'a library that was bundled into the application is not traced',
          fix,
        },
      ]
    }),
  )
}

/** Whether a library is named as one to leave out: `--external:pg`, `-e pg`, `external: ['pg']`. */
const isExternal = (library: string, text: string): boolean =>
  new RegExp(`(--external[:= ]|-e |['"])${library.replaceAll(/[.\\/]/g, '\\$&')}(?![\\w-])`).test(
    text,
  )
