import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'

const DEFAULT_TIMEOUT_MS = 15_000

/** What is read of an event of Sentry. */
export interface SentrySinkEvent {
  readonly exception?: {
    readonly values: readonly {
      readonly type: string
      readonly value: string
      readonly mechanism?: { readonly type: string; readonly handled?: boolean }
    }[]
  }
  readonly message?: string
  readonly transaction?: string
  readonly level?: string
  readonly tags?: Readonly<Record<string, string>>
  readonly user?: Readonly<Record<string, unknown>>
  readonly contexts: { readonly trace: { readonly trace_id: string; readonly span_id: string } }
}

/** A Sentry that keeps what it gets. */
export interface SentrySink extends AsyncDisposable {
  readonly dsn: string
  readonly events: readonly SentrySinkEvent[]
  /** Types of all items that arrived, events and others, in order. */
  readonly types: readonly string[]
  /** All that arrived, as it came but for its compression. */
  text(): string
  /** Resolves to the events that say `message`, once there are `count`; rejects with what did arrive after `timeoutMs`. */
  waitFor(message: string, count?: number, timeoutMs?: number): Promise<readonly SentrySinkEvent[]>
  clear(): void
}

/** What an event says: the message of its last exception, or its own. */
export const messageOf = ({ exception, message = '' }: SentrySinkEvent): string =>
  exception?.values.at(-1)?.value ?? message

/** Starts a {@link SentrySink} on a free port of the loopback address. */
export async function startSentrySink(): Promise<SentrySink> {
  const events: SentrySinkEvent[] = []
  const types: string[] = []
  let text = ''
  const listeners = new Set<() => void>()
  const take = async (request: IncomingMessage): Promise<void> => {
    const body = await buffer(request)
    const envelope = request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body
    text += envelope.toString()
    for (const { type, payload } of readItems(envelope)) {
      types.push(type)
      if (type === 'event') events.push(JSON.parse(payload) as SentrySinkEvent)
    }
    for (const listener of listeners) listener()
  }
  const server = createServer((request, response) => {
    take(request).then(
      () => response.end('{}'),
      error => response.writeHead(400).end(String(error)),
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    dsn: `http://public@127.0.0.1:${(server.address() as AddressInfo).port}/1`,
    events,
    types,
    text: () => text,
    waitFor: (message, count = 1, timeoutMs = DEFAULT_TIMEOUT_MS) =>
      new Promise((resolve, reject) => {
        const finish = (): void => {
          clearTimeout(deadline)
          listeners.delete(check)
        }
        const deadline = setTimeout(() => {
          finish()
          const seen = events.map(messageOf).join('; ') || 'none'
          reject(new Error(`no ${count} × "${message}" within ${timeoutMs} ms; events: ${seen}`))
        }, timeoutMs)
        const check = (): void => {
          const found = events.filter(event => messageOf(event).includes(message))
          if (found.length < count) return
          finish()
          resolve(found)
        }
        listeners.add(check)
        check()
      }),
    clear() {
      events.length = 0
      types.length = 0
      text = ''
    },
    async [Symbol.asyncDispose]() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

interface Item {
  readonly type: string
  readonly payload: string
}

/** The items of an envelope: a line of its own, then for each item a line about it and its payload. */
function readItems(envelope: Buffer): Item[] {
  const items: Item[] = []
  let at = envelope.indexOf('\n') + 1
  while (at > 0 && at < envelope.length) {
    const headerEnd = envelope.indexOf('\n', at)
    const header = JSON.parse(envelope.toString('utf8', at, headerEnd)) as {
      readonly type: string
      readonly length?: number
    }
    const start = headerEnd + 1
    const lineEnd = envelope.indexOf('\n', start)
    const end =
      header.length === undefined
        ? lineEnd === -1
          ? envelope.length
          : lineEnd
        : start + header.length
    items.push({ type: header.type, payload: envelope.toString('utf8', start, end) })
    at = end + 1
  }
  return items
}
