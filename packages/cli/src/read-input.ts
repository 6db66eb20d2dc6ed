import { readFileSync } from 'node:fs'
import { relative, resolve, sep } from 'node:path'
import { UsageError } from './usage-error.ts'

/** Reads a file that a command is given; `file` is its path from the working directory. Throws a UsageError where it cannot. */
export function readInput(
  path: string,
  cwd: string,
): { readonly file: string; readonly text: string } {
  const absolute = resolve(cwd, path)
  const file = relative(cwd, absolute).split(sep).join('/')
  try {
    return { file, text: readFileSync(absolute, 'utf8') }
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    const reason =
      code === 'ENOENT'
        ? 'is not there'
        : code === 'EISDIR'
          ? 'is a folder'
          : `cannot be read: ${code}`
    throw new UsageError(`${path} ${reason}`, 'name a file that can be read')
  }
}
