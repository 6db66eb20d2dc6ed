import { execFile } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/** Between two looks at who is left. */
const POLL_MS = 50
/** How long what was killed may take to be gone. */
const KILLED_MS = 5_000

/** What one process is to others. */
export interface ProcessRow {
  readonly pid: number
  readonly parent: number
  readonly group: number
  /** Has ended, and its parent has not asked yet. */
  readonly isZombie: boolean
}

/**
 * The processes that a leader of a group has started, itself among them: its group, which stays together when parents end, and all
 * below it, which may have left the group.
 */
export async function listMembers(leader: number): Promise<readonly number[]> {
  const { stdout } = await execute('ps', ['-A', '-o', 'pid=,ppid=,pgid=,stat='])
  return membersOf(leader, parseProcesses(stdout))
}

/** Reads what `ps -o pid=,ppid=,pgid=,stat=` prints. */
export function parseProcesses(text: string): readonly ProcessRow[] {
  return text
    .split('\n')
    .map(line => line.trim().split(/\s+/))
    .filter(fields => fields.length >= 4)
    .map(([pid, parent, group, state = '']) => ({
      pid: Number(pid),
      parent: Number(parent),
      group: Number(group),
      isZombie: state.startsWith('Z'),
    }))
}

export function membersOf(leader: number, rows: readonly ProcessRow[]): readonly number[] {
  const children = Map.groupBy(rows, ({ parent }) => parent)
  const found = new Set<number>()
  const follow = (pid: number): void => {
    if (found.has(pid)) return
    found.add(pid)
    for (const child of children.get(pid) ?? []) follow(child.pid)
  }
  for (const { pid, group } of rows) if (group === leader || pid === leader) follow(pid)
  return rows.filter(({ pid, isZombie }) => found.has(pid) && !isZombie).map(({ pid }) => pid)
}

/** Ends a group and all that it has started; after `graceMs` by force. Resolves when none of them is left. */
export async function endGroup(leader: number, graceMs: number): Promise<void> {
  const known = new Set<number>()
  const left = async (): Promise<readonly number[]> => {
    const { stdout } = await execute('ps', ['-A', '-o', 'pid=,ppid=,pgid=,stat='])
    const rows = parseProcesses(stdout)
    for (const pid of membersOf(leader, rows)) known.add(pid)
    return rows.filter(({ pid, isZombie }) => known.has(pid) && !isZombie).map(({ pid }) => pid)
  }
  for (const pid of await left()) signal(pid, 'SIGTERM')
  const forced = Date.now() + graceMs
  const deadline = forced + KILLED_MS
  for (;;) {
    const members = await left()
    if (members.length === 0 || Date.now() > deadline) return
    if (Date.now() > forced) for (const pid of members) signal(pid, 'SIGKILL')
    await delay(POLL_MS)
  }
}

/** Kills a group at once, as far as that can be done without waiting. */
export function killGroup(leader: number): void {
  signal(-leader, 'SIGKILL')
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // Gone already, which is what the signal was for.
  }
}
