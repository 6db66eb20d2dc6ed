import { parentPort, workerData } from 'node:worker_threads'
import { createAnswerer } from './answerer.ts'
import type { ReadingOptions, ReadRequest } from './protocol.ts'

const answer = createAnswerer(workerData as ReadingOptions)

parentPort?.on('message', async (request: ReadRequest) => {
  const answered = await answer(request)
  parentPort?.postMessage(answered, [answered.body.buffer])
})
