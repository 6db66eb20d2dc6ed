import { once } from 'node:events'
import { createInterface } from 'node:readline/promises'
import { text as readText } from 'node:stream/consumers'
import { styleText } from 'node:util'

/** What a command may do to the process that it runs in. */
export interface Terminal {
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Day against which dates are held. */
  readonly today: Date
  /** All that is piped in; undefined where somebody would have to type it. */
  read(): Promise<string | undefined>
  /** What somebody answers to a question; undefined where nobody is there, or who is ends the input. */
  ask(question: string): Promise<string | undefined>
  /** Prints the result. */
  out(text: string): void
  /** Prints what is said besides. */
  err(text: string): void
  /** Whether colours are wanted in the result. */
  readonly color: boolean
  /** Columns of a line; undefined where nobody looks. */
  readonly columns: number | undefined
  /**
   * Gives a signal that is aborted when the command is told to end, by Ctrl-C or by who started it. It has to end by itself then;
   * told once more, it is ended.
   */
  onInterrupt(): AbortSignal
  /** Colours a word of the result, where colours are wanted. */
  paint(look: 'red' | 'yellow' | 'green' | 'dim', text: string): string
}

/** The terminal of this process. Colours follow NO_COLOR, FORCE_COLOR, and whether somebody looks. */
export function createTerminal(): Terminal {
  const { stdin, stdout, stderr } = process
  // Who reads no further, as `head` does, has read enough.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    process.exit()
  })
  return {
    cwd: process.cwd(),
    env: process.env,
    today: new Date(),
    read: async () => (stdin.isTTY ? undefined : readText(stdin)),
    ask,
    out: text => void stdout.write(text),
    err: text => void stderr.write(text),
    color: styleText('dim', 'x', { stream: stdout }) !== 'x',
    // A terminal that does not know its size says 0.
    columns: stdout.columns || undefined,
    onInterrupt,
    paint: (look, text) => styleText(look, text, { stream: stdout }),
  }
}

async function ask(question: string): Promise<string | undefined> {
  if (!process.stdin.isTTY) return undefined
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  // The interface takes Ctrl-C for itself, and ends without an answer.
  const ended = once(lines, 'close').then(() => undefined)
  try {
    return await Promise.race([lines.question(question), ended])
  } finally {
    lines.close()
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

function onInterrupt(): AbortSignal {
  const interrupt = new AbortController()
  const abort = (): void => {
    // Without a listener the next signal ends the process.
    for (const signal of SIGNALS) process.off(signal, abort)
    interrupt.abort()
  }
  for (const signal of SIGNALS) process.on(signal, abort)
  return interrupt.signal
}
