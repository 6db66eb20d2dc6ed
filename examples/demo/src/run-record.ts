import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { signalGroup } from './service-process.ts'

/** What one run of the demo has started, on disk so that a later run can clean up after one that was killed. */
export interface RunRecord {
  /** Folder of this run's own files; removed with the record. */
  readonly folder: string
  /** Notes a process group that must not outlive the run. */
  add(pid: number): void
  remove(): void
}

/** Starts the record of this run under `parent`. */
export function createRunRecord(parent: string): RunRecord {
  const folder = join(parent, `run-${process.pid}`)
  const pids: number[] = []
  const write = (): void => writeFileSync(join(folder, 'processes.json'), JSON.stringify(pids))
  mkdirSync(folder, { recursive: true })
  write()
  return {
    folder,
    add(pid) {
      pids.push(pid)
      write()
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** Ends what runs that were killed have left under `parent`; gives how many there were. */
export function cleanUpKilledRuns(parent: string): number {
  mkdirSync(parent, { recursive: true })
  const killed = readdirSync(parent).filter(name => {
    const [, pid] = /^run-(\d+)$/.exec(name) ?? []
    return pid !== undefined && !isAlive(Number(pid))
  })
  for (const name of killed) {
    for (const pid of readPids(join(parent, name, 'processes.json'))) {
      if (isOurs(pid)) signalGroup(pid, 'SIGKILL')
    }
    rmSync(join(parent, name), { recursive: true, force: true })
  }
  return killed.length
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it lives, as somebody else's.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Whether a process is still the one that was noted: ids are used again, and a stranger must not be killed. */
function isOurs(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-p', String(pid), '-o', 'args='], { encoding: 'utf8' })
  return stdout?.startsWith(process.execPath) ?? false
}

function readPids(file: string): number[] {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as number[]
  } catch {
    // Killed before it was written: it had started nothing.
    return []
  }
}
