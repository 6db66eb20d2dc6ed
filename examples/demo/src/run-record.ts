import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readProcessStart } from './process-start.ts'
import { signalGroup } from './service-process.ts'

/** Where runs of the demo, and of what starts its services, keep their records. */
export const RUNS: string = join(import.meta.dirname, '..', '..', '..', '.throughline', 'demo')

/** What one run of the demo has started, on disk so that a later run can clean up after one that was killed. */
export interface RunRecord {
  /** Folder of this run's own files; removed with the record. */
  readonly folder: string
  /** Notes a process group that must not outlive the run. */
  add(pid: number): void
  remove(): void
}

interface Noted {
  readonly pid: number
  readonly start: string | undefined
}

const RUNNER = 'runner.json'
const SERVICES = 'services.json'

/** Starts the record of this run under `parent`. */
export function createRunRecord(parent: string): RunRecord {
  const folder = join(parent, `run-${process.pid}`)
  const services: Noted[] = []
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, RUNNER), JSON.stringify([note(process.pid)]))
  return {
    folder,
    add(pid) {
      services.push(note(pid))
      writeFileSync(join(folder, SERVICES), JSON.stringify(services))
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** Ends what runs that were killed have left under `parent`; gives how many there were. */
export function cleanUpKilledRuns(parent: string): number {
  mkdirSync(parent, { recursive: true })
  const killed = readdirSync(parent)
    .filter(name => name.startsWith('run-'))
    .map(name => join(parent, name))
    .filter(folder => !read(join(folder, RUNNER)).some(isAlive))
  for (const folder of killed) {
    for (const service of read(join(folder, SERVICES)).filter(isAlive))
      signalGroup(service.pid, 'SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
  return killed.length
}

const note = (pid: number): Noted => ({ pid, start: readProcessStart(pid) })
const isAlive = ({ pid, start }: Noted): boolean =>
  start !== undefined && readProcessStart(pid) === start

function read(file: string): Noted[] {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Noted[]
  } catch {
    // Killed before it was written: it had started nothing.
    return []
  }
}
