import { connect } from 'node:net'
import { mapConcurrently } from '@throughline/checks/map-concurrently'

const TIMEOUT_MS = 15_000

/** What became of requests: answers by their status, and connections that were closed without one. */
export type Outcomes = Map<string, number>

/** Sends each request on a connection of its own, some at a time; gives what became of them. */
export async function sendAll(
  port: number,
  requests: readonly Buffer[],
  atOnce: number,
): Promise<Outcomes> {
  const outcomes: Outcomes = new Map()
  await mapConcurrently(requests, atOnce, async request => {
    const outcome = await sendOne(port, request)
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
  })
  return outcomes
}

function sendOne(port: number, request: Buffer): Promise<string> {
  return new Promise(resolve => {
    let answer = ''
    const socket = connect(port, '127.0.0.1')
    const finish = (outcome: string): void => {
      socket.destroy()
      resolve(outcome)
    }
    socket.setTimeout(TIMEOUT_MS, () => finish('no answer'))
    socket.on('error', error =>
      finish(
        (error as NodeJS.ErrnoException).code === 'ECONNREFUSED' ? 'refused' : statusOf(answer),
      ),
    )
    socket.on('data', chunk => {
      if (answer.length < 100) answer += chunk.toString('latin1')
    })
    socket.on('close', () => finish(statusOf(answer)))
    // A body that is shorter than it said would be waited for.
    socket.end(request)
  })
}

const statusOf = (answer: string): string => /^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 'closed'
