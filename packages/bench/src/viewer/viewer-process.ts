import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'

const PROGRAM = join(
  dirname(createRequire(import.meta.url).resolve('throughline/package.json')),
  'bin/throughline.js',
)

/** The viewer as a person starts it, in a process of its own. */
export interface ViewerProcess extends AsyncDisposable {
  readonly url: string
  readonly pid: number
}

/** Starts `throughline view`; rejects with what it wrote when it does not come up. */
export async function startViewerProcess(): Promise<ViewerProcess> {
  const child = spawn(process.execPath, [PROGRAM, 'view', '--port', '0', '--json'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let complaints = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text))
  const ended = once(child, 'close')
  const [line] = (await Promise.race([
    once(createInterface(child.stdout), 'line'),
    ended.then(() => {
      throw new Error(`the viewer did not start: ${complaints}`)
    }),
  ])) as [string]
  const { url, pid } = JSON.parse(line) as { url: string; pid: number }
  return {
    url,
    pid,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM')
      await ended
    },
  }
}

/** Memory that a process has, and the most that it ever had, in megabytes. By the kernel of Linux. */
export async function readMemoryMb(
  pid: number,
): Promise<{ readonly now: number; readonly peak: number }> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  const megabytes = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1] ?? Number.NaN) / 1024
  return { now: megabytes('VmRSS'), peak: megabytes('VmHWM') }
}
