import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'

/** A process of the benchmark that answers questions over IPC. */
export interface WorkerProcess<Ready, Answer> extends AsyncDisposable {
  /** What it said first. */
  readonly ready: Ready
  /** Resolves with its next message. */
  ask(question?: string): Promise<Answer>
}

/** How to start a {@link WorkerProcess}. */
export interface WorkerOptions {
  /** Arguments of node. */
  readonly args: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  /** Core that it may use; undefined for any. */
  readonly core?: number | undefined
}

/** Starts a process and resolves with its first message; rejects with what it wrote when it ends before. */
export async function startWorker<Ready, Answer>({
  args,
  environment = {},
  core,
}: WorkerOptions): Promise<WorkerProcess<Ready, Answer>> {
  const [command, ...prefix] =
    core === undefined
      ? [process.execPath]
      : (['taskset', '--cpu-list', String(core), process.execPath] as const)
  const child = spawn(command, [...prefix, ...args], {
    // Names after --import are resolved from here.
    cwd: import.meta.dirname,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const ready = await firstMessage<Ready>(child)
  return {
    ready,
    async ask(question = '?') {
      child.send(question)
      const [answer] = (await once(child, 'message')) as [Answer]
      return answer
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    },
  }
}

async function firstMessage<Ready>(child: ChildProcess): Promise<Ready> {
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => (output += text))
  }
  return new Promise<Ready>((resolve, reject) => {
    child.once('message', message => resolve(message as Ready))
    child.once('error', reject)
    child.once('exit', code => {
      reject(new Error(`${child.spawnargs.join(' ')} ended with ${code}:\n${output}`))
    })
  })
}
