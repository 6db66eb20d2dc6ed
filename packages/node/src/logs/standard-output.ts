import { constants, fstatSync, openSync } from 'node:fs'

const STDOUT = 1

/**
 * Opens stdout for lines that must never wait for its reader: a write to a full pipe or socket fails with `EAGAIN`.
 *
 * Whether writes wait belongs to an opened pipe, and is shared with the children that inherit it: each of them makes it
 * wait again. So a pipe is opened a second time. Where that cannot be, the one that is there is used, which Node makes
 * not wait as it makes its stream. A file or a terminal takes lines as it does from `console`.
 */
export function openStandardOutput(): number {
  const kind = fstatSync(STDOUT)
  if (kind.isFIFO()) {
    try {
      return openSync(`/proc/self/fd/${STDOUT}`, constants.O_WRONLY | constants.O_NONBLOCK)
    } catch {
      // This system has no such path, or the pipe is another user's: the shared one has to do.
    }
  }
  if (kind.isFIFO() || kind.isSocket()) void process.stdout
  return STDOUT
}
