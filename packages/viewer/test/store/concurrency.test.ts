import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { expect, onTestFinished, test } from 'vitest'
import { createStore, makeCall, makeRequest } from './samples.ts'

test('who reads in another thread while spans come in and go sees whole batches', async () => {
  const { path, writer } = createStore({ maxSpans: 500 })
  const stop = new SharedArrayBuffer(4)
  const worker = new Worker(new URL('reading-worker.ts', import.meta.url), {
    workerData: { path, stop },
    execArgv: ['--conditions=@throughline/source'],
  })
  onTestFinished(async () => void (await worker.terminate()))
  await once(worker, 'message')
  for (let trace = 1; trace <= 3000; trace++) {
    writer.addSpans([
      makeRequest('GET', '/', { trace, id: trace * 2, atMs: trace }),
      makeCall('api', { trace, id: trace * 2 + 1, parent: trace * 2, atMs: trace }),
    ])
  }
  Atomics.store(new Int32Array(stop), 0, 1)
  const [result] = (await once(worker, 'message')) as [{ reads: number; faults: string[] }]
  expect(result.faults).toEqual([])
  expect(result.reads).toBeGreaterThan(3)
})

test('a read that is under way neither holds up the writer nor sees what comes in', () => {
  const { writer, reader } = createStore()
  for (let trace = 1; trace <= 50; trace++)
    writer.addSpans([makeRequest('GET', '/', { trace, id: trace })])
  const before = reader.listTraces('', { limit: 100 })
  writer.addSpans([makeRequest('GET', '/', { trace: 51, id: 51 })])
  expect(before.total).toBe(50)
  expect(reader.listTraces('', { limit: 100 }).total).toBe(51)
})
