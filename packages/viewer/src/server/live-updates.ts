import type { IncomingMessage, ServerResponse } from 'node:http'
import type { LiveEvent } from '../api/meta.ts'
import { sendRefusal } from './refusal.ts'

/** Tells open pages what is stored, as server-sent events. */
export interface LiveUpdates {
  /** Answers a request with events until either side ends it. */
  join(request: IncomingMessage, response: ServerResponse): void
  /** Something was stored: whoever listens is told soon. */
  changed(): void
  /** Ends all of them. */
  stop(): void
}

/** Options of {@link createLiveUpdates}. */
export interface LiveUpdatesOptions {
  readonly stored: () => LiveEvent
  /** Time between two events at least. @default 500 */
  readonly intervalMs?: number
  /** Time between two comments that keep a connection open. @default 15000 */
  readonly heartbeatMs?: number
  /** Pages that may listen at once. @default 50 */
  readonly maxListeners?: number
}

export function createLiveUpdates({
  stored,
  intervalMs = 500,
  heartbeatMs = 15_000,
  maxListeners = 50,
}: LiveUpdatesOptions): LiveUpdates {
  const listeners = new Set<ServerResponse>()
  let due: NodeJS.Timeout | undefined
  let lastSent = -Infinity

  const send = (text: string): void => {
    for (const listener of listeners) {
      // Who does not read gets the next one, which says all.
      if (!listener.writableNeedDrain) listener.write(text)
    }
  }
  const tell = (): void => {
    due = undefined
    lastSent = performance.now()
    if (listeners.size > 0) send(eventOf(stored()))
  }
  const heartbeat = setInterval(() => send(':\n\n'), heartbeatMs).unref()

  return {
    join(request, response) {
      if (listeners.size >= maxListeners) {
        return sendRefusal(request, response, {
          status: 503,
          error: `${maxListeners} pages listen already`,
          fix: 'Close one of them.',
        })
      }
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
      if (request.method === 'HEAD') return void response.end()
      response.once('close', () => listeners.delete(response))
      listeners.add(response)
      response.write(eventOf(stored()))
    },
    changed() {
      if (listeners.size === 0 || due !== undefined) return
      const waitMs = Math.max(0, lastSent + intervalMs - performance.now())
      due = setTimeout(tell, waitMs).unref()
    },
    stop() {
      clearInterval(heartbeat)
      clearTimeout(due)
      for (const listener of listeners) listener.end()
      listeners.clear()
    },
  }
}

const eventOf = (event: LiveEvent): string => `data: ${JSON.stringify(event)}\n\n`
