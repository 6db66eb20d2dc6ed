import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { signalGroup, type Ending } from '../src/service-process.ts'
import { familyOf, survivorsOf, type Process } from './processes.ts'

const DEADLINE_MS = 60_000

/** The demo as a person runs it. */
export interface RunningDemo extends AsyncDisposable {
  /** What it wrote for programs. */
  stdout(): string
  /** What it told its user. */
  said(): string
  /** Resolves when it has said so; rejects with all that it did say when it ends or a minute passes before. */
  waitFor(words: RegExp): Promise<void>
  /** Resolves when a whole line is on stdout, and rejects likewise. */
  waitForLine(): Promise<void>
  /** Its processes while it lives, itself among them. */
  processes(): readonly Process[]
  /** Sends a signal to the demo alone, as Ctrl-C does: what it starts is in groups of its own. */
  signal(signal: NodeJS.Signals): void
  /** Resolves when it has ended and all that it wrote is here. */
  readonly ended: Promise<Ending>
}

/** Runs the demo with the arguments given. */
export function startDemo(...args: readonly string[]): RunningDemo {
  const child = spawn(process.execPath, ['src/main.ts', ...args], {
    cwd: join(import.meta.dirname, '..'),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  let [stdout, said] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
  const ended: Promise<Ending> = once(child, 'close').then(([code, signal]) => ({ code, signal }))
  const processes = (): Process[] => familyOf(child.pid ?? 0)

  const waitUntil = (isSo: () => boolean, wanted: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const streams = [child.stdout, child.stderr]
      const finish = (settle: () => void): void => {
        clearTimeout(deadline)
        for (const stream of streams) stream.off('data', check)
        settle()
      }
      const check = (): void => {
        if (isSo()) finish(resolve)
      }
      const fail = (): void =>
        finish(() => reject(new Error(`the demo did not write ${wanted}, but:\n${said}`)))
      const deadline = setTimeout(fail, DEADLINE_MS)
      for (const stream of streams) stream.on('data', check)
      void ended.then(fail)
      check()
    })

  return {
    stdout: () => stdout,
    said: () => said,
    waitFor: words => waitUntil(() => words.test(said), String(words)),
    waitForLine: () => waitUntil(() => stdout.endsWith('\n'), 'a line to stdout'),
    processes,
    signal: signal => void child.kill(signal),
    ended,
    async [Symbol.asyncDispose]() {
      const family = processes()
      child.kill('SIGINT')
      await ended
      for (const { group } of survivorsOf(family)) signalGroup(group, 'SIGKILL')
    },
  }
}
