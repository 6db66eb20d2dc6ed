import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Worker } from 'node:worker_threads'
import { ThroughlineError } from '@throughline/conventions'
import type { Refused, ServedAt, ServingMessage, ServingOptions } from './serving/protocol.ts'
import { moduleUrl, startThread } from './thread.ts'
import type { Viewer, ViewerOptions } from './viewer.ts'

/** The same from the sources as from what is built of them: the page is built only there. */
const PAGE_FOLDER = fileURLToPath(new URL('../dist/page', import.meta.url))

/**
 * Starts a viewer: one port that takes OTLP, and shows what it took. It has threads of its own, and keeps the process alive until it is
 * stopped.
 *
 * Rejects with a `ThroughlineError`: `PORT_TAKEN`, which says by whom and what port is free; `PORT_FORBIDDEN`; `HOST_UNUSABLE`;
 * `TOKEN_UNUSABLE`; and as the store does where its file cannot be used. A catalog that is missing or broken stops nothing: the page says so.
 *
 * @example
 * const viewer = await startViewer({ catalog: 'ownership.yaml' })
 * console.log(viewer.pageUrl)
 */
export async function startViewer({
  onTraces,
  onNotice,
  ...options
}: ViewerOptions = {}): Promise<Viewer> {
  const serving: ServingOptions = {
    options,
    pageFolder: PAGE_FOLDER,
    wantsTraces: onTraces !== undefined,
  }
  const thread = startThread(moduleUrl('./serving/serving-thread'), serving)
  const ended = once(thread, 'exit')
  const served = await new Promise<ServedAt>((resolve, reject) => {
    thread.once('error', reject)
    thread.on('message', (message: ServingMessage) => {
      if (message.kind === 'ready') resolve(message.viewer)
      if (message.kind === 'refused') reject(errorOf(message.error))
      if (message.kind === 'notice') onNotice?.(message.line)
      if (message.kind === 'traces') onTraces?.(message.spans)
    })
  })
  // A fault of ours must not look like a viewer that still takes what is sent.
  thread.on('error', error => {
    throw error
  })
  return { ...served, ...stopping(thread, ended) }
}

function stopping(
  thread: Worker,
  ended: Promise<unknown>,
): Pick<Viewer, 'stop' | typeof Symbol.asyncDispose> {
  const stop = async (): Promise<void> => {
    thread.postMessage('stop', [])
    await ended
  }
  return { stop, [Symbol.asyncDispose]: stop }
}

function errorOf({ message, stack, known }: Refused): Error {
  const error = known === undefined ? new Error(message) : new ThroughlineError(message, known)
  if (stack !== undefined) error.stack = stack
  return error
}
