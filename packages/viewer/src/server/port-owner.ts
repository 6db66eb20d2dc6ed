import type { Meta } from '../api/meta.ts'
import { findPortProcess } from './port-process.ts'
import { SERVER_NAME } from './security-headers.ts'

/** Longest that a question to the port waits. */
const TIMEOUT_MS = 3000

/** Who has a port, in words: by what answers there, and by its process where the system tells. */
export async function describePortOwner(host: string, port: number): Promise<string> {
  const [speaker, owner] = await Promise.all([
    describeSpeaker(`http://${host.includes(':') ? `[${host}]` : host}:${port}`),
    findPortProcess(port),
  ])
  return owner === undefined ? speaker : `${speaker} (${owner.name}, process ${owner.pid})`
}

async function describeSpeaker(url: string): Promise<string> {
  const meta = await ask(`${url}/api/meta`)
  if (meta === undefined) return 'something that does not speak HTTP'
  if (meta.headers.get('server') === SERVER_NAME) {
    return `another throughline viewer${await startOf(meta)}`
  }
  await meta.body?.cancel()
  const otlp = await ask(`${url}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"resourceSpans":[]}',
  })
  const type = otlp?.headers.get('content-type') ?? ''
  await otlp?.body?.cancel()
  return otlp?.status === 200 && type.startsWith('application/json')
    ? 'something that takes OTLP'
    : 'something that speaks HTTP'
}

/** When a viewer started; nothing where it wants a token first. */
async function startOf(answer: Response): Promise<string> {
  if (!answer.ok) return ''
  const { startedAtMs } = (await answer.json()) as Partial<Meta>
  if (typeof startedAtMs !== 'number') return ''
  return `, started at ${new Date(startedAtMs).toTimeString().slice(0, 5)}`
}

async function ask(url: string, request: RequestInit = {}): Promise<Response | undefined> {
  try {
    return await fetch(url, {
      ...request,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
  } catch {
    // It hung up, said something else or nothing: what that means is said above.
    return undefined
  }
}
