import { mkdirSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import type { PackageManager } from './app.ts'
import { mustRun } from './command.ts'
import { startRegistry } from './registry.ts'

/** A folder outside of every workspace, a registry with our packages, and the package managers that use it. */
export interface Workbench extends AsyncDisposable {
  readonly folder: string
  readonly signal: AbortSignal
  /** Environment of a shell in which the package manager is at hand, and nothing is of this process. */
  readonly environmentFor: (packageManager: PackageManager) => NodeJS.ProcessEnv
}

/** Options of {@link setUpWorkbench}. */
export interface WorkbenchOptions {
  readonly packageManagers: readonly PackageManager[]
  readonly signal: AbortSignal
  /** Leaves the folder where it is. */
  readonly keeps: boolean
}

/** Package that brings each package manager; npm is there already. */
const PACKAGES: Readonly<Record<Exclude<PackageManager, 'npm'>, string>> = {
  pnpm: 'pnpm@12',
  yarn: 'yarn@1',
  'yarn-berry': '@yarnpkg/cli-dist@4',
}

/** Variables that this process has from npm, from a test runner or from telemetry, and an application must not have. */
const FOREIGN =
  /^(?:npm_|pnpm_|INIT_CWD$|NODE_(?:ENV|OPTIONS|PATH)$|OTEL_|THROUGHLINE_|VITEST|TEST$|CI$|FORCE_COLOR$|PORT$)/i

/** Makes a workbench. Rejects when the registry or a package manager cannot be had. */
export async function setUpWorkbench({
  packageManagers,
  signal,
  keeps,
}: WorkbenchOptions): Promise<Workbench> {
  await using stack = new AsyncDisposableStack()
  const folder = await mkdtemp(join(tmpdir(), 'throughline-installs-'))
  stack.defer(() =>
    keeps ? undefined : rm(folder, { recursive: true, force: true, maxRetries: 3 }),
  )
  const registry = stack.use(await startRegistry())
  const environmentFor = (packageManager: PackageManager): NodeJS.ProcessEnv => ({
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !FOREIGN.test(name))),
    ...configurePackageManagers(folder, registry.url),
    PATH: [programsOf(folder, packageManager), dirname(process.execPath), ...ownPath()].join(
      delimiter,
    ),
    NEXT_TELEMETRY_DISABLED: '1',
  })
  for (const name of new Set(packageManagers)) {
    if (name === 'npm') continue
    const tools = join(folder, 'tools', name)
    mkdirSync(tools, { recursive: true })
    writeFileSync(join(tools, 'package.json'), '{}')
    await mustRun(['npm', 'install', PACKAGES[name]], {
      cwd: tools,
      env: environmentFor('npm'),
      signal,
    })
  }
  const owned = stack.move()
  return {
    folder,
    signal,
    environmentFor,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

const programsOf = (folder: string, name: PackageManager): string =>
  join(folder, 'tools', name, 'node_modules/.bin')

/** Where programs are looked for, without those of the workspace that this runs in. */
function ownPath(): string[] {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return folders.filter(path => !/node_modules[/\\]\.bin|node-gyp-bin/.test(path))
}

/** One registry for all of them, and caches that go with the folder. */
function configurePackageManagers(folder: string, registry: string): Record<string, string> {
  return {
    npm_config_registry: registry,
    npm_config_cache: join(folder, 'cache/npm'),
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    npm_config_update_notifier: 'false',
    pnpm_config_registry: registry,
    pnpm_config_store_dir: join(folder, 'cache/pnpm'),
    pnpm_config_cache_dir: join(folder, 'cache/pnpm-metadata'),
    YARN_REGISTRY: registry,
    YARN_CACHE_FOLDER: join(folder, 'cache/yarn'),
    YARN_NPM_REGISTRY_SERVER: registry,
    YARN_UNSAFE_HTTP_WHITELIST: '127.0.0.1',
    YARN_ENABLE_GLOBAL_CACHE: 'false',
    YARN_ENABLE_TELEMETRY: 'false',
  }
}
