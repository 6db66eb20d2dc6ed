import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { ThroughlineError } from '@throughline/conventions'
import type { PackageManager, Project } from '../project/project.ts'

/** Arguments that install what the manifests say, also where a lock file has to change for it. */
const ARGUMENTS: Readonly<Record<PackageManager['name'], readonly string[]>> = {
  npm: ['install', '--no-audit', '--no-fund'],
  pnpm: ['install', '--no-frozen-lockfile'],
  yarn: ['install'],
  bun: ['install'],
}

/** How a person would say it. */
export const installCommand = ({ name }: PackageManager): string => `${name} install`

/** Lines of its output that are shown where it fails. */
const LAST_LINES = 20

/** Runs the package manager in the root. Rejects with a ThroughlineError that has the end of what it printed. */
export async function installPackages(
  { root, packageManager }: Project,
  signal?: AbortSignal,
): Promise<void> {
  const { name } = packageManager
  const child = spawn(name, ARGUMENTS[name], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    // Yarn holds a lock file for final where CI is set.
    env: { ...process.env, YARN_ENABLE_IMMUTABLE_INSTALLS: 'false' },
    ...(signal !== undefined && { signal }),
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  }
  const [code] = (await once(child, 'close').catch((error: unknown) => [
    String(error),
  ])) as unknown[]
  if (code === 0) return
  if (signal?.aborted === true) {
    throw new ThroughlineError(`${installCommand(packageManager)} was interrupted`, {
      code: 'INTERRUPTED',
      fix: 'run this again',
    })
  }
  const last = output.trimEnd().split('\n').slice(-LAST_LINES)
  const why = typeof code === 'number' ? `ended with ${code}` : String(code)
  throw new ThroughlineError([`${installCommand(packageManager)} ${why}`, ...last].join('\n  '), {
    code: 'INSTALL_FAILED',
    fix: `run ${installCommand(packageManager)} by itself, mend what it says, then run this again`,
  })
}
