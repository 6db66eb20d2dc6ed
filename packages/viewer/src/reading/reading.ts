import type { Worker } from 'node:worker_threads'
import type { ApiError } from '../api/meta.ts'
import { moduleUrl, startThread } from '../thread.ts'
import { jsonAnswer, type ReadAnswer, type ReadingOptions, type ReadRequest } from './protocol.ts'

/** Reads the store in a thread of its own. */
export interface Reading {
  /**
   * Never rejects: what goes wrong is an answer, too. One request is worked on at a time; the thread that ends while it works on one is
   * started again once for it. `signal` takes a request back that is not worked on yet.
   */
  ask(request: ReadRequest, signal?: AbortSignal): Promise<ReadAnswer>
  stop(): Promise<void>
}

/** Options of {@link startReading} beside what the thread is told. */
export interface ReadingLimits {
  /** Longest that a request waits, from when it is asked. @default 30000 */
  readonly timeoutMs?: number
  /** Module that the thread runs. */
  readonly entry?: URL
  /** Is told when the thread ends by itself. */
  readonly onNotice?: (line: string) => void
}

interface Job {
  readonly request: ReadRequest
  readonly settle: (answer: ReadAnswer) => void
  /** Times that the thread ended while it worked on this. */
  deaths: number
}

const ENTRY = moduleUrl('./reading/reading-thread')

const MAX_DEATHS = 2

/** Starts the reading thread. */
export function startReading(
  options: ReadingOptions,
  { timeoutMs = 30_000, entry = ENTRY, onNotice }: ReadingLimits = {},
): Reading {
  const waiting: Job[] = []
  let current: Job | undefined
  let worker: Worker | undefined
  let isStopped = false

  const start = (): Worker => {
    const started = startThread(entry, options)
    let reason = 'it ended'
    started.on('message', (answer: ReadAnswer) => {
      // One that was given up has no answer to wait for any more.
      if (started !== worker) return
      const done = current
      current = undefined
      done?.settle(answer)
      next()
    })
    started.on('error', error => {
      reason = error instanceof Error ? error.message : String(error)
    })
    started.on('exit', () => {
      if (started === worker) onDeath(reason)
    })
    return started
  }
  const onDeath = (reason: string): void => {
    worker = undefined
    if (isStopped) return
    onNotice?.(`reading the store ended: ${reason}`)
    const job = current
    current = undefined
    if (job === undefined) return
    job.deaths += 1
    if (job.deaths < MAX_DEATHS) waiting.unshift(job)
    else job.settle(failure(500, `reading the store ended twice over this: ${reason}`, DEATH_FIX))
    next()
  }
  const next = (): void => {
    if (current !== undefined || isStopped) return
    current = waiting.shift()
    if (current === undefined) return
    worker ??= start()
    worker.postMessage(current.request, [])
  }
  /** Lets go of a request, and of the thread where it is at work on it. */
  const giveUp = (job: Job): void => {
    const place = waiting.indexOf(job)
    if (place !== -1) waiting.splice(place, 1)
    if (job !== current) return
    current = undefined
    void worker?.terminate()
    worker = undefined
    next()
  }

  worker = start()
  return {
    ask(request, signal) {
      if (isStopped) return Promise.resolve(failure(503, 'the viewer stops', 'Start it again.'))
      return new Promise(resolve => {
        const settle = (answer: ReadAnswer): void => {
          clearTimeout(timer)
          signal?.removeEventListener('abort', onAbort)
          resolve(answer)
        }
        const job: Job = { request, settle, deaths: 0 }
        const timer = setTimeout(() => {
          giveUp(job)
          settle(failure(503, `reading took longer than ${timeoutMs / 1000} s`, TIMEOUT_FIX))
        }, timeoutMs)
        const onAbort = (): void => {
          if (job === current) return
          giveUp(job)
          settle(failure(503, 'nobody waits for this any more', 'Ask again.'))
        }
        signal?.addEventListener('abort', onAbort)
        waiting.push(job)
        next()
      })
    },
    async stop() {
      isStopped = true
      for (const job of [current, ...waiting.splice(0)]) {
        job?.settle(failure(503, 'the viewer stops', 'Start it again.'))
      }
      current = undefined
      await worker?.terminate()
    },
  }
}

const DEATH_FIX = 'Start the viewer again; what is said above belongs into a report of the fault.'
const TIMEOUT_FIX = 'Search for less, or for a shorter time.'

function failure(status: number, error: string, fix: string): ReadAnswer {
  return jsonAnswer(status, { error, fix } satisfies ApiError)
}
