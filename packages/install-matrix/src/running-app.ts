import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { findFreePort } from '@throughline-example/database'
import { endTree } from '../../checks/src/process-tree.ts'
import type { App, Service } from './app.ts'
import { type CommandOptions, lastLines } from './command.ts'
import { scriptCommand } from './package-commands.ts'

const START_TIMEOUT_MS = 60_000

/** An application whose services all listen. Disposing ends them. */
export interface RunningApp extends AsyncDisposable {
  /** Address of the service that gets the request. */
  readonly url: string
  /** The end of what its processes printed. */
  readonly output: () => string
}

/** Starts the services of an application in turn. Rejects with what a service printed when it does not listen in time. */
export async function startApp(
  app: App,
  { cwd, env, signal }: CommandOptions,
): Promise<RunningApp> {
  await using stack = new AsyncDisposableStack()
  const addresses: Record<string, string> = {}
  const outputs: (() => string)[] = []
  let url = ''
  for (const service of app.services) {
    const started = await startService(app, service, {
      cwd: join(cwd, service.folder),
      env: { ...env, ...app.env, ...addresses },
      signal,
    })
    stack.use(started)
    outputs.push(started.output)
    url = started.url
    if (service.urlVariable !== undefined) addresses[service.urlVariable] = url
  }
  const owned = stack.move()
  return {
    url,
    output: () => lastLines(outputs.map(output => output()).join('\n')),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

async function startService(
  { packageManager }: App,
  { script }: Service,
  { cwd, env, signal }: CommandOptions,
): Promise<RunningApp> {
  const port = await findFreePort()
  const [program, ...args] = scriptCommand(packageManager, script)
  const child = spawn(program, args, {
    cwd,
    env: { ...env, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  const closed = once(child, 'close')
  const stop = async (): Promise<void> => {
    await endTree(child.pid as number)
    await closed
  }
  const deadline = Date.now() + START_TIMEOUT_MS
  while (!(await isListening(port))) {
    const hasEnded = child.exitCode !== null || child.signalCode !== null
    if (!hasEnded && !signal.aborted && Date.now() < deadline) {
      await delay(100)
      continue
    }
    await stop()
    signal.throwIfAborted()
    throw new Error(
      `${program} ${args.join(' ')} did not listen on PORT=${port}:\n${lastLines(output)}`,
    )
  }
  return {
    url: `http://localhost:${port}`,
    output: () => output,
    [Symbol.asyncDispose]: stop,
  }
}

/** Whether somebody listens; asked without a request, which would make a trace. */
async function isListening(port: number): Promise<boolean> {
  const socket = connect({ port, host: 'localhost' })
  try {
    await once(socket, 'connect')
    return true
  } catch {
    // Not yet.
    return false
  } finally {
    socket.destroy()
  }
}
