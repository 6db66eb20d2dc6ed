import { AsyncResource } from 'node:async_hooks'
import { pauseAfter } from './backoff.ts'
import type { Delivery, DeliveryListener } from './delivery.ts'
import type { BatchSettings } from '../environment.ts'

/** OpenTelemetry's defaults of `OTEL_BSP_*`. */
const DEFAULTS: Required<BatchSettings> = {
  scheduledDelayMillis: 5_000,
  exportTimeoutMillis: 30_000,
  maxQueueSize: 2_048,
  maxExportBatchSize: 512,
}

/** How a {@link BatchQueue} sends. */
export interface BatchQueueOptions<T> extends DeliveryListener {
  readonly batch: BatchSettings
  /** Sends once. Never rejects. */
  readonly deliver: (items: readonly T[]) => Promise<Delivery>
}

/** What waits for the collector. */
export interface BatchQueue<T> {
  add(item: T): void
  /** Sends all that waits, at once. Resolves when nothing waits any more, and when an attempt failed. */
  flush(): Promise<void>
  /** Gives all that no collector has confirmed, and takes nothing from now on. */
  takeAll(): readonly T[]
}

/**
 * Collects items and sends them in batches, one at a time.
 *
 * It never holds more than `maxQueueSize` items and the one batch that is under way: what is over that is dropped and
 * told. A batch whose attempt fails is tried again after a pause, until an attempt fails later than
 * `exportTimeoutMillis` after the first; then it is dropped. No timer of it keeps the process alive.
 */
export function createBatchQueue<T>({
  batch: settings,
  deliver,
  onDropped,
  onDelayed,
  onRemark,
}: BatchQueueOptions<T>): BatchQueue<T> {
  const limits = { ...DEFAULTS, ...settings }
  const batchSize = Math.min(limits.maxExportBatchSize, limits.maxQueueSize)
  const queued: T[] = []
  let batch: { readonly items: readonly T[]; readonly giveUpAt: number } | undefined
  let sending: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined
  let failures = 0
  let pauseMs = 0
  let flushes = 0
  let closed = false

  // Sending begins while some request runs, and must not hold on to what that request keeps in its async context.
  const outside = new AsyncResource('throughline.batch-queue')
  const send = (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    sending ??= outside.runInAsyncScope(sendAll).finally(() => {
      sending = undefined
      sendLater()
    })
    return sending
  }

  /** Sends batches until too little is left for one more, or one fails. */
  async function sendAll(): Promise<void> {
    do {
      batch ??= {
        items: queued.splice(0, batchSize),
        giveUpAt: performance.now() + limits.exportTimeoutMillis,
      }
      const delivery = await deliver(batch.items)
      if (closed || !settle(batch, delivery)) return
    } while (queued.length >= (flushes > 0 ? 1 : batchSize))
  }

  /** Whether the next batch may follow at once. */
  function settle({ items, giveUpAt }: NonNullable<typeof batch>, delivery: Delivery): boolean {
    if (delivery.outcome === 'failed') {
      const { reason, detail, retryAfterMs } = delivery
      failures += 1
      pauseMs = pauseAfter(failures, retryAfterMs)
      if (performance.now() >= giveUpAt) {
        batch = undefined
        onDropped(items.length, reason, detail)
      } else if (failures > 1) onDelayed(reason, detail)
      return false
    }
    batch = undefined
    failures = 0
    if (delivery.outcome === 'refused') onDropped(items.length, delivery.reason, delivery.detail)
    else if (delivery.rejected > 0) onDropped(delivery.rejected, 'rejected', delivery.remark ?? '')
    else if (delivery.remark !== undefined) onRemark(delivery.remark)
    return true
  }

  function sendLater(): void {
    if (closed || sending !== undefined || timer !== undefined) return
    if (batch === undefined && queued.length === 0) return
    const delayMs = failures > 0 ? pauseMs : limits.scheduledDelayMillis
    timer = setTimeout(() => void send(), delayMs).unref()
  }

  return {
    add(item) {
      if (closed) return
      if (queued.length >= limits.maxQueueSize) {
        onDropped(1, 'queue_full', '')
        return
      }
      queued.push(item)
      if (sending !== undefined) return
      if (queued.length >= batchSize && failures === 0) void send()
      else if (timer === undefined) sendLater()
    },
    async flush() {
      flushes += 1
      await sending
      if (!closed && (batch !== undefined || queued.length > 0)) await send()
      flushes -= 1
    },
    takeAll() {
      closed = true
      clearTimeout(timer)
      const all = [...(batch?.items ?? []), ...queued]
      batch = undefined
      queued.length = 0
      return all
    },
  }
}
