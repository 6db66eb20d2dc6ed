import { AsyncLocalStorage } from 'node:async_hooks'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createBatchQueue, type BatchQueue } from '../src/delivery/batch-queue.ts'
import type { Delivery, DropReason } from '../src/delivery/delivery.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const TAKEN: Delivery = { outcome: 'taken', rejected: 0, remark: undefined }
const REFUSED: Delivery = {
  outcome: 'failed',
  reason: 'refused',
  detail: 'ECONNREFUSED',
  retryAfterMs: undefined,
}

/** A queue whose collector answers when it is told to, and all that it told. */
function openQueue(settings: Parameters<typeof createBatchQueue>[0]['batch'] = {}): {
  readonly queue: BatchQueue<number>
  readonly sent: (readonly number[])[]
  readonly dropped: Partial<Record<DropReason, number>>
  readonly delayed: DropReason[]
  readonly remarks: string[]
  answer(delivery: Delivery): Promise<void>
} {
  const sent: (readonly number[])[] = []
  const dropped: Partial<Record<DropReason, number>> = {}
  const delayed: DropReason[] = []
  const remarks: string[] = []
  let reply: (delivery: Delivery) => void = () => undefined
  const queue = createBatchQueue<number>({
    batch: { maxQueueSize: 10, maxExportBatchSize: 4, ...settings },
    deliver(items) {
      sent.push(items)
      return new Promise(resolve => (reply = resolve))
    },
    onDropped: (count, reason) => void (dropped[reason] = (dropped[reason] ?? 0) + count),
    onDelayed: reason => void delayed.push(reason),
    onRemark: remark => void remarks.push(remark),
  })
  const answer = async (delivery: Delivery): Promise<void> => {
    reply(delivery)
    await vi.advanceTimersByTimeAsync(0)
  }
  return { queue, sent, dropped, delayed, remarks, answer }
}

const fill = (queue: BatchQueue<number>, count: number, from = 0): void => {
  for (let item = from; item < from + count; item += 1) queue.add(item)
}

test('a few items are sent together after the schedule delay, a whole batch at once', async () => {
  const { queue, sent, answer } = openQueue({ scheduledDelayMillis: 5_000 })
  fill(queue, 3)
  await vi.advanceTimersByTimeAsync(4_999)
  expect(sent).toEqual([])
  await vi.advanceTimersByTimeAsync(1)
  expect(sent).toEqual([[0, 1, 2]])
  await answer(TAKEN)
  fill(queue, 4, 3)
  expect(sent).toEqual([
    [0, 1, 2],
    [3, 4, 5, 6],
  ])
})

test('while a collector does not answer, the queue and the one batch under way are all that is held', async () => {
  const { queue, sent, dropped, answer } = openQueue()
  fill(queue, 100)
  expect(sent).toEqual([[0, 1, 2, 3]])
  expect(dropped).toEqual({ queue_full: 100 - 10 - 4 })
  await answer(TAKEN)
  await answer(TAKEN)
  expect(sent.flat()).toEqual(Array.from({ length: 12 }, (_, item) => item))
  expect(queue.takeAll()).toEqual([8, 9, 10, 11, 12, 13])
})

test('a batch that fails is sent again after growing pauses, and the others wait behind it', async () => {
  const { queue, sent, delayed, answer } = openQueue()
  fill(queue, 8)
  await answer(REFUSED)
  expect(delayed).toEqual([])
  await vi.advanceTimersByTimeAsync(799)
  expect(sent).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(401)
  expect(sent).toHaveLength(2)
  // One failure may be the end of an old connection; the second is told.
  await answer(REFUSED)
  expect(delayed).toEqual(['refused'])
  await vi.advanceTimersByTimeAsync(1_800)
  await answer(TAKEN)
  await answer(TAKEN)
  expect(sent).toEqual([
    [0, 1, 2, 3],
    [0, 1, 2, 3],
    [0, 1, 2, 3],
    [4, 5, 6, 7],
  ])
})

test('a batch is given up on when it fails after its time, under the last reason', async () => {
  const { queue, sent, dropped, answer } = openQueue({ exportTimeoutMillis: 3_000 })
  fill(queue, 5)
  const isFirst = (): boolean => sent.at(-1)?.[0] === 0
  while (isFirst() && dropped.timeout === undefined) {
    await answer({ ...REFUSED, reason: performance.now() < 1_500 ? 'refused' : 'timeout' })
    if (dropped.timeout === undefined) await vi.advanceTimersByTimeAsync(6_000)
  }
  expect(dropped).toEqual({ timeout: 4 })
  await vi.advanceTimersByTimeAsync(6_000)
  expect(sent.at(-1)).toEqual([4])
})

test('the collector is left alone for as long as it asks', async () => {
  const { queue, sent, answer } = openQueue()
  fill(queue, 4)
  await answer({ ...REFUSED, reason: 'throttled', retryAfterMs: 20_000 })
  fill(queue, 6, 4)
  await vi.advanceTimersByTimeAsync(19_999)
  expect(sent).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(4_001)
  expect(sent).toHaveLength(2)
})

test('what the collector refuses is dropped and not sent again, and the next follows at once', async () => {
  const { queue, sent, dropped, answer } = openQueue()
  fill(queue, 8)
  await answer({ outcome: 'refused', reason: 'rejected', detail: '413' })
  expect(dropped).toEqual({ rejected: 4 })
  expect(sent).toEqual([
    [0, 1, 2, 3],
    [4, 5, 6, 7],
  ])
})

test('of a batch that is taken in part, the rest counts as rejected', async () => {
  const { queue, sent, dropped, remarks, answer } = openQueue()
  fill(queue, 4)
  await answer({ outcome: 'taken', rejected: 3, remark: 'too old' })
  expect(dropped).toEqual({ rejected: 3 })
  fill(queue, 4)
  await answer({ outcome: 'taken', rejected: 0, remark: 'soon too old' })
  expect(dropped).toEqual({ rejected: 3 })
  expect(remarks).toEqual(['soon too old'])
  expect(sent).toHaveLength(2)
})

test('flush sends all that waits without a pause, and ends with the first attempt that fails', async () => {
  const { queue, sent, answer } = openQueue()
  fill(queue, 4)
  await answer(REFUSED)
  fill(queue, 2, 4)
  let flushed = false
  void queue.flush().then(() => (flushed = true))
  await vi.advanceTimersByTimeAsync(0)
  expect(sent).toHaveLength(2)
  await answer(TAKEN)
  expect(sent.at(-1)).toEqual([4, 5])
  expect(flushed).toBe(false)
  await answer(REFUSED)
  expect(flushed).toBe(true)
  expect(queue.takeAll()).toEqual([4, 5])
})

test('what was given away at the end is not sent any more, and nothing is taken', async () => {
  const { queue, sent, dropped, answer } = openQueue()
  fill(queue, 6)
  expect(queue.takeAll()).toEqual([0, 1, 2, 3, 4, 5])
  await answer(REFUSED)
  fill(queue, 20)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(sent).toHaveLength(1)
  expect(dropped).toEqual({})
})

test('sending knows nothing of the request that happened to fill the batch', () => {
  const requests = new AsyncLocalStorage<string>()
  const seen: (string | undefined)[] = []
  const queue = createBatchQueue<number>({
    batch: { maxExportBatchSize: 1 },
    deliver() {
      seen.push(requests.getStore())
      return Promise.resolve(TAKEN)
    },
    onDropped: () => undefined,
    onDelayed: () => undefined,
    onRemark: () => undefined,
  })
  requests.run('request', () => queue.add(1))
  expect(seen).toEqual([undefined])
})
