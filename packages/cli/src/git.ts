import { execFile } from 'node:child_process'
import { basename, dirname } from 'node:path'
import { promisify } from 'node:util'
import { UsageError } from './usage-error.ts'

/** Largest file that is read from git. */
const MAX_BYTES = 16 * 1024 * 1024

/**
 * The text of a file as it is at a commit, branch or tag; nothing when it is not there.
 *
 * Throws a UsageError where there is no git, no repository, or no such commit.
 */
export async function readAtRef(path: string, ref: string): Promise<string | undefined> {
  const folder = dirname(path)
  await git(
    folder,
    ['rev-parse', '--git-dir'],
    'it is in no git repository',
    `run git init, or go where ${path} is tracked`,
  )
  await git(
    folder,
    ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`],
    `git knows no commit "${ref}"`,
    'name a branch, tag or commit; fetch it first where the checkout is shallow',
  )
  const name = `${ref}:./${basename(path)}`
  const isThere = await git(folder, [
    'ls-tree',
    '--name-only',
    '--end-of-options',
    ref,
    '--',
    basename(path),
  ])
  return isThere === '' ? undefined : git(folder, ['show', '--end-of-options', name])
}

async function git(
  cwd: string,
  args: readonly string[],
  message = `git ${args[0]} failed`,
  fix = 'run it by hand to see why',
): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)('git', args, { cwd, maxBuffer: MAX_BYTES })
    return stdout
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new UsageError('git is not installed, or not on PATH', 'install git')
    }
    throw new UsageError(message, fix)
  }
}
