import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { endTree } from '../../checks/src/process-tree.ts'

/** How a command is run. */
export interface CommandOptions {
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
  readonly signal: AbortSignal
}

/** What a command gave. */
export interface CommandResult {
  readonly code: number | null
  readonly stdout: string
  /** All that it printed, in order. */
  readonly output: string
}

const TIMEOUT_MS = 240_000
const LAST_LINES = 40

/** Runs a command to its end, without a terminal. Ends all that it started when `signal` says so, or after four minutes. */
export async function runCommand(
  [program, ...args]: readonly [string, ...string[]],
  { cwd, env, signal }: CommandOptions,
): Promise<CommandResult> {
  signal.throwIfAborted()
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let [stdout, output] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
    output += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text))
  const stop = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)])
  const end = (): void => void endTree(child.pid as number)
  stop.addEventListener('abort', end)
  try {
    const [code] = (await once(child, 'close')) as [number | null]
    signal.throwIfAborted()
    return { code, stdout, output }
  } finally {
    stop.removeEventListener('abort', end)
  }
}

/** Runs a command that must end with 0; gives what it wrote to its standard output. */
export async function mustRun(
  command: readonly [string, ...string[]],
  options: CommandOptions,
): Promise<string> {
  const { code, stdout, output } = await runCommand(command, options)
  if (code === 0) return stdout
  throw new Error(`${command.join(' ')} ended with ${code}:\n${lastLines(output)}`)
}

/** The end of what a process printed. */
export function lastLines(output: string): string {
  return output.trimEnd().split('\n').slice(-LAST_LINES).join('\n')
}
