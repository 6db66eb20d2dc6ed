import { Worker } from 'node:worker_threads'

// Sources are run as they are, under the condition that this process has; the build does not rewrite addresses.
const isSource = import.meta.url.endsWith('.ts')
/** Of what this process was started with, a thread of ours wants nothing: no preload, no script. */
const EXEC_ARGV = isSource ? process.execArgv : []

/**
 * Megabytes for what was just made. Node gives a thread more where spans come fast, nearly all of which are garbage a moment later: a
 * viewer took 440 MB with Node's own limit, and 260 MB with this one, at the same speed.
 */
const YOUNG_GENERATION_MB = 24

/** Address of a module of this package: `./reading/reading-thread` from here, as a source or as it was built. */
export const moduleUrl = (path: string): URL =>
  new URL(`${path}.${isSource ? 'ts' : 'js'}`, import.meta.url)

/** Runs a module in a thread of its own, within bounds of memory. */
export function startThread(entry: URL, workerData: unknown): Worker {
  return new Worker(entry, {
    workerData,
    execArgv: EXEC_ARGV,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
  })
}
