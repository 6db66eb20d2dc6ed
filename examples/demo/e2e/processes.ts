import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

/** One process of this machine that is no zombie. */
export interface Process {
  readonly pid: number
  readonly parent: number
  readonly group: number
  /** When it started, as the system writes it; tells two processes apart that had the same id. */
  readonly start: string
}

/** A process and all that descend from it, which have to be asked for while they live: orphans forget their parent. */
export function familyOf(pid: number): Process[] {
  const all = listProcesses()
  const family = all.filter(process => process.pid === pid)
  // Grows while it is gone through: the children of children follow.
  for (const { pid: parent } of family)
    family.push(...all.filter(process => process.parent === parent))
  return family
}

/** Those of a family that still live, and what has joined their groups since. */
export function survivorsOf(family: readonly Process[]): Process[] {
  const groups = new Set(family.map(({ group }) => group))
  return listProcesses().filter(
    process =>
      groups.has(process.group) ||
      family.some(({ pid, start }) => process.pid === pid && process.start === start),
  )
}

/**
 * Memory that processes take together, in bytes. What they share is counted once, where the system tells; elsewhere
 * once for each of them.
 */
export function measureMemory(processes: readonly Process[]): number {
  return processes.reduce((sum, { pid }) => sum + readKilobytes(pid) * 1024, 0)
}

function readKilobytes(pid: number): number {
  if (process.platform !== 'linux') return Number(ask(['-p', String(pid), '-o', 'rss=']))
  for (const [file, pattern] of [
    ['smaps_rollup', /^Pss:\s+(\d+) kB/m],
    ['status', /^VmRSS:\s+(\d+) kB/m],
  ] as const) {
    const [, kilobytes] = pattern.exec(readProc(pid, file) ?? '') ?? []
    if (kilobytes !== undefined) return Number(kilobytes)
  }
  // Gone since it was listed.
  return 0
}

function listProcesses(): Process[] {
  return process.platform === 'linux' ? listProc() : listPs()
}

function listProc(): Process[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .flatMap(name => {
      const stat = readProc(Number(name), 'stat')
      if (stat === undefined) return []
      // The name, in parentheses, may hold anything. The state is field 3 of proc_pid_stat(5), `starttime` field 22.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      const [state = 'Z', parent, group] = fields
      if (state === 'Z') return []
      return [
        {
          pid: Number(name),
          parent: Number(parent),
          group: Number(group),
          start: fields[19] ?? '',
        },
      ]
    })
}

function listPs(): Process[] {
  return ask(['-A', '-o', 'pid=,ppid=,pgid=,stat=,lstart='])
    .split('\n')
    .flatMap(line => {
      const [, pid, parent, group, state = 'Z', start = ''] =
        /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? []
      if (state.startsWith('Z')) return []
      return [{ pid: Number(pid), parent: Number(parent), group: Number(group), start }]
    })
}

function readProc(pid: number, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    // Gone, or not ours to read.
    return undefined
  }
}

const ask = (args: readonly string[]): string =>
  spawnSync('ps', args, { encoding: 'utf8' }).stdout ?? ''
