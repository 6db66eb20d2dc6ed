import type { IncomingMessage } from 'node:http'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { BodyBudget, BodyShare } from './body-budget.ts'
import { MalformedBody, OversizedBody } from './errors.ts'

const inflate = promisify(gunzip)

/** How large a request may be. */
export interface BodyLimits {
  /** Bytes on the wire. @default 20971520, as the OpenTelemetry Collector */
  readonly maxBodyBytes: number
  /** Bytes after decompression. @default 20971520 */
  readonly maxInflatedBytes: number
  /** Bytes on the wire of all bodies that are read at once. @default 83886080, four of the largest */
  readonly maxPendingBytes: number
}

/** A request that is refused, with its status. */
export class RefusedRequest extends Error {
  override readonly name = 'RefusedRequest'
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/**
 * Reads the whole body, decompressed. Throws {@link OversizedBody} past a limit, {@link MalformedBody} for bad gzip,
 * {@link RefusedRequest} for another compression, and where too many bodies are read at once.
 */
export async function readBody(
  request: IncomingMessage,
  limits: BodyLimits,
  budget: BodyBudget,
): Promise<Buffer> {
  const encoding = request.headers['content-encoding']?.trim().toLowerCase() ?? 'identity'
  if (encoding !== 'gzip' && encoding !== 'identity') {
    throw new RefusedRequest(
      415,
      `content-encoding "${encoding}" is not supported; use gzip or none`,
    )
  }
  const share = budget.open()
  try {
    const body = await readBytes(request, limits.maxBodyBytes, share)
    return encoding === 'identity' ? body : await inflateBody(body, limits)
  } finally {
    share.close()
  }
}

async function inflateBody(body: Buffer, limits: BodyLimits): Promise<Buffer> {
  try {
    return await inflate(body, { maxOutputLength: limits.maxInflatedBytes })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      throw new OversizedBody(
        `the body is larger than ${limits.maxInflatedBytes} bytes when decompressed`,
      )
    }
    throw new MalformedBody(`the body is not gzip: ${(error as Error).message}`)
  }
}

async function readBytes(
  request: IncomingMessage,
  maxBytes: number,
  share: BodyShare,
): Promise<Buffer> {
  const tooLarge = new OversizedBody(`the body is larger than ${maxBytes} bytes`)
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge
  const chunks: Buffer[] = []
  let size = 0
  // Left open when the loop ends early: the refusal still has to go out on the same connection.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > maxBytes) throw tooLarge
    if (!share.take(chunk.length)) {
      throw new RefusedRequest(503, 'too many large bodies come at once; send this one again')
    }
    chunks.push(chunk)
  }
  return chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, size)
}
