import { setTimeout as delay } from 'node:timers/promises'

const STOP_TIMEOUT_MS = 5_000

/** Whether a process lives, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Ends a process by `signal`, and by SIGQUIT when it has not ended in five seconds. */
export async function stopProcess(pid: number, signal: NodeJS.Signals): Promise<void> {
  if (!isAlive(pid)) return
  process.kill(pid, signal)
  const deadline = Date.now() + STOP_TIMEOUT_MS
  while (isAlive(pid) && Date.now() < deadline) await delay(20)
  if (isAlive(pid)) process.kill(pid, 'SIGQUIT')
}
