import { readTrace, SIGNATURE_VALID_MS, type PageTrace } from './page-trace.ts'
import { MAX_ITEMS, type BrowserReport, type ReportItem } from './report.ts'

/** How long items are gathered. */
const GATHER_MS = 5_000
/** In characters, of which each may take three bytes: a beacon holds 64 KiB. */
const MAX_LENGTH = 16_000

/** Where what happens in a page waits to be sent. */
export interface Outbox {
  /** Takes an item; when there are too many for one report, it is lost. */
  add(item: ReportItem): void
  /** Sends what there is, now. */
  flush(): void
  /** Sends what there is, and what is added until the page is gone. */
  leave(): void
}

/** What an {@link Outbox} is made of. */
export interface OutboxOptions {
  readonly url: string
  /** Path of the page as it was loaded. */
  readonly path: string
  readonly trace: () => PageTrace
  /** Takes the trace that the server gives to a page that has none. */
  readonly adopt: (given: PageTrace, instead: PageTrace) => void
  readonly fetch: typeof window.fetch
}

/** Makes an {@link Outbox} that sends by beacon, a few seconds after something happened or as the page is left. */
export function createOutbox({ url, path, trace, adopt, fetch }: OutboxOptions): Outbox {
  let items: ReportItem[] = []
  let length = 0
  let timer: number | undefined
  let leaving = false

  const flush = (): void => {
    clearTimeout(timer)
    timer = undefined
    if (items.length === 0) return
    const { traceId, spanId, flags, signature } = trace()
    const report: BrowserReport = {
      v: 1,
      sent: Date.now(),
      now: performance.now(),
      path,
      trace: `00-${traceId}-${spanId}-${flags}`,
      ...(signature && { signature }),
      items,
    }
    items = []
    length = 0
    send(JSON.stringify(report)).catch(() => {
      // Whatever keeps a report from being sent costs that report.
    })
  }

  const send = async (report: string): Promise<void> => {
    const body = new Blob([report], { type: 'application/json' })
    const asked = trace()
    const at = performance.now()
    // Only the answer to a fetch can be read.
    if ((asked.signature ?? leaving) && navigator.sendBeacon?.(url, body)) return
    const { headers } = await fetch(url, { method: 'POST', body, keepalive: true })
    const given = readTrace(name => headers.get(name))
    if (!given || asked.signature) return
    const { traceId, flags, signature } = given
    const validUntil = at + SIGNATURE_VALID_MS
    adopt({ traceId, flags, signature, spanId: asked.spanId, validUntil }, asked)
  }

  return {
    add(item) {
      const { length: more } = JSON.stringify(item)
      if (items.length >= MAX_ITEMS || length + more > MAX_LENGTH) return
      items.push(item)
      length += more
      if (leaving) queueMicrotask(flush)
      else timer ??= window.setTimeout(flush, GATHER_MS)
    },
    flush,
    leave() {
      leaving = true
      flush()
      // Where the page stays, hidden, it gathers again.
      setTimeout(() => (leaving = false))
    },
  }
}
