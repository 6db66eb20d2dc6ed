import type { PackageManager } from './app.ts'

type Command = readonly [string, ...string[]]

/** What installs what the manifests say, also where a lock file has to change for it. */
export function installCommand(packageManager: PackageManager): Command {
  if (packageManager === 'yarn-berry') return ['yarn', 'install', '--no-immutable']
  if (packageManager === 'pnpm') return ['pnpm', 'install', '--no-frozen-lockfile']
  return [packageManager, 'install']
}

/** What runs a script of the package.json in the working folder. */
export function scriptCommand(packageManager: PackageManager, script: string): Command {
  return [packageManager === 'yarn-berry' ? 'yarn' : packageManager, 'run', script]
}
