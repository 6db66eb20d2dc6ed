import type { FastifyInstance } from 'fastify'
import { ApiError } from './errors.ts'

const WINDOW_MS = 60_000

interface Window {
  readonly endsAt: number
  used: number
}

/**
 * Holds each key to its requests a minute, in windows that begin with a key's first request.
 *
 * Counts in this process: behind several, each of them grants the whole limit. There are as many windows as keys.
 */
export function limitUsage(app: FastifyInstance): void {
  const windows = new Map<string, Window>()
  app.addHook('onRequest', async ({ apiKey: { id, requestsPerMinute } }, reply) => {
    const now = Date.now()
    const current = windows.get(id)
    const window =
      current === undefined || current.endsAt <= now
        ? { endsAt: now + WINDOW_MS, used: 0 }
        : current
    windows.set(id, window)
    window.used += 1
    const resetSeconds = Math.ceil((window.endsAt - now) / 1000)
    reply.headers({
      'ratelimit-limit': requestsPerMinute,
      'ratelimit-remaining': Math.max(0, requestsPerMinute - window.used),
      'ratelimit-reset': resetSeconds,
    })
    if (window.used <= requestsPerMinute) return
    reply.header('retry-after', resetSeconds)
    throw new ApiError('rate_limited', `This key may send ${requestsPerMinute} requests a minute.`)
  })
}
