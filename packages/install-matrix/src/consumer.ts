import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { readManifest } from '../../checks/src/workspace.ts'
import { toJson, writeFiles } from './app-files.ts'
import type { PackageManager } from './app.ts'
import { type CommandOptions, runCommand } from './command.ts'
import { installCommand } from './package-commands.ts'
import type { Workbench } from './workbench.ts'

/** The packages that are part of an application that runs in production. */
export const RUNTIME_PACKAGES = ['@throughline/node', '@throughline/next'] as const

/** An application that is nothing but dependencies. */
export interface Consumer {
  /** Where and with what to run a command in it. */
  readonly shell: CommandOptions
  /** What the package manager printed. */
  readonly output: string
}

/** Options of {@link installConsumer}. */
export interface ConsumerOptions {
  readonly packageManager: PackageManager
  /** Names and ranges; those of our packages are added by {@link ours}. */
  readonly dependencies: Readonly<Record<string, string>>
  /** More words of the install command. */
  readonly flags?: readonly string[]
}

/** Our packages, as a user asks for them. */
export function ours(names: readonly string[]): Record<string, string> {
  const { version } = readManifest('packages/node')
  return Object.fromEntries(names.map(name => [name, `^${version}`]))
}

/** Installs dependencies into an empty application. Rejects with what was printed when that fails. */
export async function installConsumer(
  bench: Workbench,
  name: string,
  { packageManager, dependencies, flags = [] }: ConsumerOptions,
): Promise<Consumer> {
  const cwd = join(bench.folder, 'consumers', name)
  await mkdir(cwd, { recursive: true })
  writeFiles(cwd, {
    'package.json': toJson({ name, version: '1.0.0', private: true, dependencies }),
    ...(packageManager === 'yarn-berry' && {
      '.yarnrc.yml': 'nodeLinker: node-modules\n',
      'yarn.lock': '',
    }),
  })
  const shell = { cwd, env: bench.environmentFor(packageManager), signal: bench.signal }
  const { code, output } = await runCommand([...installCommand(packageManager), ...flags], shell)
  if (code !== 0) throw new Error(`${packageManager} ended with ${code}:\n${output}`)
  return { shell, output }
}
