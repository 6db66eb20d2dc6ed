import { parentPort, workerData } from 'node:worker_threads'
import { ThroughlineError } from '@throughline/conventions'
import { runViewer } from '../server/run-viewer.ts'
import type { Refused, ServingMessage, ServingOptions } from './protocol.ts'

const { options, pageFolder, wantsTraces } = workerData as ServingOptions
const say = (message: ServingMessage): void => parentPort?.postMessage(message, [])

try {
  const viewer = await runViewer(
    {
      ...options,
      onNotice: line => say({ kind: 'notice', line }),
      ...(wantsTraces && { onTraces: spans => say({ kind: 'traces', spans }) }),
    },
    { pageFolder },
  )
  const { url, pageUrl, port, token } = viewer
  say({ kind: 'ready', viewer: { url, pageUrl, port, token } })
  // Whatever it is told, it is told to stop; without a port to listen to it ends.
  parentPort?.once('message', () => void viewer.stop().finally(() => parentPort?.close()))
} catch (error) {
  say({ kind: 'refused', error: describe(error) })
}

function describe(error: unknown): Refused {
  if (ThroughlineError.is(error)) {
    const { message, stack, code, fix } = error
    return { message, stack, known: { code, fix } }
  }
  const { message, stack } = error instanceof Error ? error : new Error(String(error))
  return { message, stack, known: undefined }
}
