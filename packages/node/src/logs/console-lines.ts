import { format, stripVTControlCharacters } from 'node:util'
import { readTraceFields } from './trace-fields.ts'

const LEVELS = { log: 'info', info: 'info', warn: 'warn', error: 'error', debug: 'debug' } as const

type Method = keyof typeof LEVELS

/** How bad the application thinks what it said by `console` is. */
export type ConsoleLevel = (typeof LEVELS)[Method]

/** Longest message that is written whole, in characters. */
const MAX_MESSAGE = 16_384

/** What {@link writeConsoleAsJson} needs. */
export interface ConsoleLinesOptions {
  readonly service: string
  readonly redact: (text: string) => string
  /** Told of each message as it was written. */
  readonly onMessage: (level: ConsoleLevel, message: string) => void
}

/**
 * Makes each call of `console.log`, `info`, `warn`, `error` and `debug` one line of JSON, on the stream that it went to
 * before; returns what undoes it.
 *
 * The message is what `console` would have written, redacted, without colours, and cut off where it is very long. Never
 * throws, also where the application's own way to print an object does.
 */
export function writeConsoleAsJson({
  service,
  redact,
  onMessage,
}: ConsoleLinesOptions): () => void {
  let [undone, writing] = [false, false]
  const wrap = (method: Method): (() => void) => {
    const original = console[method]
    const level = LEVELS[method]
    const write = (...args: unknown[]): void => {
      // What is said while a line is written is said by who helps to write it.
      if (undone || writing) return original.apply(console, args)
      const message = formatSafely(args)
      writing = true
      try {
        const msg = shorten(redact(stripVTControlCharacters(message.slice(0, 4 * MAX_MESSAGE))))
        const time = new Date().toISOString()
        original.call(console, JSON.stringify({ time, level, msg, service, ...readTraceFields() }))
        onMessage(level, msg)
      } catch {
        // Only this message is lost: the application goes on as if it had been written.
      } finally {
        writing = false
      }
    }
    console[method] = write
    return () => {
      // Whoever wrapped it after us still calls us.
      if (console[method] === write) console[method] = original
    }
  }
  const undo = (Object.keys(LEVELS) as Method[]).map(wrap)
  return () => {
    undone = true
    for (const unwrap of undo) unwrap()
  }
}

function formatSafely(args: readonly unknown[]): string {
  try {
    return format(...args)
  } catch (error) {
    return `(cannot be printed: ${(error as Error | undefined)?.message})`
  }
}

function shorten(message: string): string {
  const over = message.length - MAX_MESSAGE
  return over <= 0 ? message : `${message.slice(0, MAX_MESSAGE)}… (${over} more characters)`
}
