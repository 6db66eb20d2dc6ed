import { runCli } from '../src/cli.ts'
import type { Terminal } from '../src/terminal.ts'
import { createTempFolder } from './temp-folder.ts'

/** What a command printed, and how it ended. */
export interface Outcome {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** What of a terminal a test may set. */
export interface TerminalState {
  readonly cwd?: string
  readonly env?: Terminal['env']
  /** What is piped in. */
  readonly piped?: string
  /** What somebody answers who is asked; nobody is there when absent. */
  readonly answer?: string
}

/** Runs the command line within this process, without colours. */
export async function runThroughline(
  args: readonly string[],
  { cwd = createTempFolder(), env = {}, piped, answer }: TerminalState = {},
): Promise<Outcome> {
  let out = ''
  let err = ''
  const code = await runCli(args, {
    cwd,
    env,
    today: new Date('2026-11-24'),
    color: false,
    columns: undefined,
    read: () => Promise.resolve(piped),
    ask: () => Promise.resolve(answer),
    out: text => (out += text),
    err: text => (err += text),
    onInterrupt: () => AbortSignal.abort(),
    paint: (_, text) => text,
  })
  return { code, out, err }
}
