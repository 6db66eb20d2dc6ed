import { workerData } from 'node:worker_threads'
import type { ExitLetter, ExitMail } from './exit-export.ts'
import { postOtlp, readTarget } from './otlp-request.ts'

// The thread that sends what is left while the process, which is about to be gone, waits for it. It tries once: there is
// no time for more.
const { letters, timeoutMs, answered } = workerData as ExitMail

// An open connection alone would not keep it.
setTimeout(() => undefined, timeoutMs)

const send = async ({ place, body }: ExitLetter): Promise<unknown> =>
  postOtlp(await readTarget(place), body, timeoutMs, undefined)

void Promise.allSettled(letters.map(send)).then(() => {
  Atomics.store(answered, 0, 1)
  Atomics.notify(answered, 0)
})
