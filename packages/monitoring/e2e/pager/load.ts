import { setTimeout as delay } from 'node:timers/promises'

/** Requests of one kind that are sent again and again. */
export interface Traffic {
  readonly name: string
  /** From the start of one request to that of the next, if that has been answered. */
  readonly everyMs: number
  /** `count` is that of the requests before it. */
  readonly send: (count: number) => Promise<Response>
  /** Statuses that it may be answered with. */
  readonly statuses: readonly number[]
}

/** Traffic that goes on until it is stopped or disposed of. */
export interface Load extends AsyncDisposable {
  /** What was answered otherwise than it may be, or not at all. */
  readonly problems: readonly string[]
  /** Resolves when the last request is answered. */
  stop(): Promise<void>
}

/** Begins to send each kind of traffic, one request of a kind at a time. */
export function startLoad(kinds: readonly Traffic[]): Load {
  const stopped = new AbortController()
  const problems: string[] = []
  const sendAll = async ({ name, everyMs, send, statuses }: Traffic): Promise<void> => {
    for (let count = 0; !stopped.signal.aborted; count += 1) {
      // Aborted, it resolves at once.
      const pause = delay(everyMs, undefined, { signal: stopped.signal }).catch(() => undefined)
      try {
        const answer = await send(count)
        await answer.arrayBuffer()
        if (!statuses.includes(answer.status)) problems.push(`${name}: ${answer.status}`)
      } catch (error) {
        problems.push(`${name}: ${String(error)}`)
      }
      await pause
    }
  }
  const finished = Promise.all(kinds.map(sendAll))
  const stop = async (): Promise<void> => {
    stopped.abort()
    await finished
  }
  return { problems, stop, [Symbol.asyncDispose]: stop }
}
