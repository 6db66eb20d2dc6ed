/**
 * Tells of promises that are rejected and never handled, where somebody listens to that; returns what stops it.
 *
 * Where nobody does, Node makes of it an uncaught exception, which ends the process. To listen then would keep the process
 * alive, so this listens only beside others.
 */
export function watchRejections(onRejected: (reason: unknown) => void): () => void {
  let listening = false
  const listen = (): void => {
    if (listening) return
    listening = true
    process.on('unhandledRejection', onRejected)
  }
  const onNewListener = (event: string | symbol): void => {
    if (event === 'unhandledRejection') listen()
  }
  if (process.listenerCount('unhandledRejection') > 0) listen()
  process.on('newListener', onNewListener)
  return () => {
    process.off('newListener', onNewListener)
    process.off('unhandledRejection', onRejected)
  }
}
