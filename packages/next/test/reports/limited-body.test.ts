import { expect, test } from 'vitest'
import { readLimited } from '../../src/reports/limited-body.ts'

const request = (body: string | undefined, headers: Record<string, string> = {}): Request =>
  new Request('http://shop.example/', { method: 'POST', ...(body && { body }), headers })

test('a body is read up to its limit, in bytes', async () => {
  expect(await readLimited(request('€€'), 6)).toEqual({ outcome: 'read', text: '€€' })
  expect(await readLimited(request('€€'), 5)).toEqual({ outcome: 'too_large' })
  expect(await readLimited(request(undefined), 5)).toEqual({ outcome: 'read', text: '' })
})

test('a length that is announced over the limit is refused unread', async () => {
  const announced = request('short', { 'content-length': '7' })
  expect(await readLimited(announced, 6)).toEqual({ outcome: 'too_large' })
})

test('an endless body whose length is not announced is read to the limit and given up', async () => {
  let pulled = 0
  let cancelled = false
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      pulled += 1
      controller.enqueue(new Uint8Array(1_000))
    },
    cancel() {
      cancelled = true
    },
  })
  const endless = { headers: new Headers(), body }
  expect(await readLimited(endless, 10_000)).toEqual({ outcome: 'too_large' })
  expect([pulled < 15, cancelled]).toEqual([true, true])
})

test('a body that breaks off is malformed', async () => {
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull: controller => controller.error(new Error('aborted')),
  })
  expect(await readLimited({ headers: new Headers(), body }, 10)).toEqual({ outcome: 'malformed' })
})
