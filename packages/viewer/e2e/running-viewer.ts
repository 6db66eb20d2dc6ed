import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { RouteTable } from '../src/api/routes.ts'
import type { ServiceMap } from '../src/api/service-map.ts'
import type { SpanDetail, TraceView } from '../src/api/trace.ts'
import type { TraceList } from '../src/api/traces.ts'
import type { Meta } from '../src/api/meta.ts'
import type { ViewerOptions } from '../src/viewer.ts'
import { exchange, type Answer, type Sent } from './exchange.ts'

const ENTRY = fileURLToPath(new URL('viewer-entry.ts', import.meta.url))

const STOP_TIMEOUT_MS = 10_000

/** A viewer that runs as a process of its own. */
export interface RunningViewer extends AsyncDisposable {
  readonly url: string
  readonly port: number
  /** All that it has printed. */
  output(): string
  /** Whether it has ended. */
  hasEnded(): boolean
  /** Memory that it holds. */
  readMemory(): Promise<NodeJS.MemoryUsage>
  exchange(sent: Sent): Promise<Answer>
  /** What an address of the API answers with 200; rejects with what it answers else. */
  read<T>(path: string): Promise<T>
  readMeta(): Promise<Meta>
  listTraces(search: string): Promise<TraceList>
  readTrace(traceId: string): Promise<TraceView>
  readSpan(traceId: string, spanId: string): Promise<SpanDetail>
  readRoutes(): Promise<RouteTable>
  readMap(): Promise<ServiceMap>
}

/** Starts what is built of the viewer, at any free port. */
export async function startViewerProcess(
  options: Omit<ViewerOptions, 'port'> = {},
): Promise<RunningViewer> {
  const child = fork(ENTRY, [JSON.stringify(options)], {
    // Not the options of the test runner, by which the sources would run.
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => (output += text))
  const { url } = await nextMessage<{ url: string }>(child, () => output)
  const port = Number(new URL(url).port)
  const read = async <T>(path: string): Promise<T> => {
    const { status, body } = await exchange(port, { method: 'GET', path })
    if (status !== 200) throw new Error(`${path} answered ${status}: ${body.toString('utf8')}`)
    return JSON.parse(body.toString('utf8')) as T
  }
  return {
    url,
    port,
    output: () => output,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    async readMemory() {
      const answer = nextMessage<{ memory: NodeJS.MemoryUsage }>(child, () => output)
      child.send('memory')
      return (await answer).memory
    },
    exchange: sent => exchange(port, sent),
    read,
    readMeta: () => read('/api/meta'),
    listTraces: search => read(`/api/traces?q=${encodeURIComponent(search)}`),
    readTrace: traceId => read(`/api/traces/${traceId}`),
    readSpan: (traceId, spanId) => read(`/api/traces/${traceId}/spans/${spanId}`),
    readRoutes: () => read('/api/routes'),
    readMap: () => read('/api/map'),
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      // It stops by itself then, and takes its temporary store with it.
      child.disconnect()
      const late = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS)
      await ended
      clearTimeout(late)
    },
  }
}

/** What the process says next; rejects with what it printed when it ends instead. */
async function nextMessage<T>(child: ChildProcess, output: () => string): Promise<T> {
  const over = new AbortController()
  const { signal } = over
  const ended = once(child, 'exit', { signal }).then(([code]) => {
    throw new Error(`the viewer ended with ${code}:\n${output()}`)
  })
  const said = once(child, 'message', { signal }).then(([message]) => message as T)
  try {
    return await Promise.race([said, ended])
  } finally {
    over.abort()
    ended.catch(() => undefined) // Nobody waits for it any more.
    said.catch(() => undefined)
  }
}
