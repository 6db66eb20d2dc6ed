import { execFile } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/**
 * Ends a process and all that it started, also what leads a process group of its own; after `graceMs` by force.
 *
 * Resolves when all are gone or were killed.
 */
export async function endTree(pid: number, graceMs = 3_000): Promise<void> {
  const tree = [pid, ...listBelow(pid, await listChildren())]
  for (const member of tree) signal(member, 'SIGTERM')
  const deadline = Date.now() + graceMs
  while (tree.some(isAlive) && Date.now() < deadline) await delay(20)
  for (const member of tree.filter(isAlive)) signal(member, 'SIGKILL')
}

/** The children of every process of the machine. */
async function listChildren(): Promise<Map<number, number[]>> {
  const { stdout } = await execute('ps', ['-A', '-o', 'ppid=,pid='])
  const pairs = stdout
    .trim()
    .split('\n')
    .map(line => line.trim().split(/\s+/).map(Number) as [number, number])
  return new Map(
    [...Map.groupBy(pairs, ([parent]) => parent)].map(([parent, found]) => [
      parent,
      found.map(([, child]) => child),
    ]),
  )
}

function listBelow(pid: number, children: ReadonlyMap<number, readonly number[]>): number[] {
  return (children.get(pid) ?? []).flatMap(child => [child, ...listBelow(child, children)])
}

function isAlive(pid: number): boolean {
  return signal(pid, 0)
}

/** Whether there was somebody to get the signal. */
function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, name)
    return true
  } catch {
    // Gone already, which is what a signal was for; or another user's, which we cannot end.
    return false
  }
}
