import { styleText } from 'node:util'

/** Columns where there is no terminal that says how many it has. */
const DEFAULT_COLUMNS = 110

/** Tells a person what goes on. Always on stderr: stdout is for what a program may read. */
export interface Talk {
  readonly colors: boolean
  readonly columns: number
  say(line: string): void
  done(line: string): void
  fail(line: string): void
  /** Writes a line as it is. */
  line(line: string): void
}

/** A {@link Talk} that colours for a terminal, and not where `NO_COLOR` is set. */
export function createTalk(stream: NodeJS.WriteStream): Talk {
  const colors = stream.isTTY && (stream.hasColors?.() ?? false)
  const paint = (format: Parameters<typeof styleText>[0], text: string): string =>
    colors ? styleText(format, text, { validateStream: false }) : text
  const line = (text: string): void => void stream.write(`${text}\n`)
  return {
    colors,
    columns: stream.columns ?? DEFAULT_COLUMNS,
    say: text => line(`${paint('dim', '·')} ${text}`),
    done: text => line(`${paint('green', '✓')} ${text}`),
    fail: text => line(`${paint('red', '✗')} ${text}`),
    line,
  }
}
