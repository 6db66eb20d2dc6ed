import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { diag } from '@opentelemetry/api'

/**
 * Calls `listener` for every message on a diagnostics channel; returns what stops it.
 *
 * A listener runs inside the publisher's work, so a throw is reported and dropped here: losing a route name is
 * acceptable, failing a request is not.
 */
export function observe(channel: string, listener: (message: unknown) => void): () => void {
  const safely = (message: unknown): void => {
    try {
      listener(message)
    } catch (error) {
      diag.error(`listener on "${channel}" threw`, error)
    }
  }
  subscribe(channel, safely)
  return () => void unsubscribe(channel, safely)
}
