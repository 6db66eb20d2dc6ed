import { ThroughlineError } from '@throughline/conventions'

/** Runs `start`; what goes wrong is said on stderr, with what to do, and the application runs anyway. */
export function startOrSay(start: () => void): void {
  try {
    start()
  } catch (error) {
    const words = ThroughlineError.is(error)
      ? `${error.message}. ${error.fix}`
      : (error as Error).stack
    process.stderr.write(`throughline: ${words}\n`)
  }
}
