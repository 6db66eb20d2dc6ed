import { execFile } from 'node:child_process'
import type { DebianBinary } from './debian.ts'

/** How a program ended that was run to its end. */
export interface ToolResult {
  readonly ok: boolean
  readonly stdout: string
  /** What it wrote to stdout, then to stderr. */
  readonly output: string
}

/** Runs a program to its end; rejects only when it cannot be started. */
export async function runTool(
  { path, env }: DebianBinary,
  args: readonly string[],
): Promise<ToolResult> {
  const options = { env: { ...process.env, ...env }, maxBuffer: 64 * 1024 ** 2 }
  return await new Promise((resolve, reject) => {
    execFile(path, args, options, (error, stdout, stderr) => {
      // A number is the exit code of the program, a text the reason why there was none.
      if (typeof error?.code === 'string') reject(error)
      else resolve({ ok: error === null, stdout, output: stdout + stderr })
    })
  })
}
