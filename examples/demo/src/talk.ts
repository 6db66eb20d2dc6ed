import { styleText } from 'node:util'

/** Tells a person what goes on. Always on stderr: stdout is for what a program may read. */
export interface Talk {
  say(line: string): void
  done(line: string): void
  fail(line: string): void
}

/** A {@link Talk} that colours for a terminal, and not where `NO_COLOR` is set. */
export function createTalk(stream: NodeJS.WriteStream): Talk {
  const paint = (format: Parameters<typeof styleText>[0], text: string): string =>
    styleText(format, text, { stream })
  return {
    say: line => void stream.write(`${paint('dim', '·')} ${line}\n`),
    done: line => void stream.write(`${paint('green', '✓')} ${line}\n`),
    fail: line => void stream.write(`${paint('red', '✗')} ${line}\n`),
  }
}
