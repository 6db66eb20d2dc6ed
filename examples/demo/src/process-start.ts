import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * When a process started, as the system writes it; undefined when there is none. Ids of processes are used again: the
 * same id with the same start is the same process.
 */
export function readProcessStart(pid: number): string | undefined {
  return process.platform === 'linux' ? readProc(pid) : askPs(pid)
}

function readProc(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name, in parentheses, may hold anything. `starttime` is field 22 of proc_pid_stat(5); the name is field 2.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  } catch {
    // Gone, which is the answer.
    return undefined
  }
}

function askPs(pid: number): string | undefined {
  const { stdout } = spawnSync('ps', ['-p', String(pid), '-o', 'lstart='], { encoding: 'utf8' })
  return stdout?.trim() || undefined
}
