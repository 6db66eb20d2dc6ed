import { spawnSync } from 'node:child_process'
import { availableParallelism } from 'node:os'

/** The core of the process that is measured. */
export const MEASURED_CORE = 0
/** The core of all else. */
const OTHERS_CORE = 1

/** Leaves the measured process a core of its own; children inherit ours. Whether the system can: Linux with taskset, two cores. */
export function pinThisProcess(): boolean {
  return availableParallelism() >= 2 && moveToCore(process.pid, OTHERS_CORE)
}

/** Gives a process the core of what is measured. */
export function pinMeasured(pid: number): boolean {
  return moveToCore(pid, MEASURED_CORE)
}

function moveToCore(pid: number, core: number): boolean {
  const args = ['--all-tasks', '--cpu-list', '--pid', String(core), String(pid)]
  return spawnSync('taskset', args).status === 0
}
