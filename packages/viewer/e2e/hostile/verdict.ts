import { expect } from 'vitest'
import type { RunningViewer } from '../running-viewer.ts'
import type { Answer, Sent } from '../exchange.ts'

/** One thing that is done to a viewer, and what has to come of it. */
export interface HostileCase {
  readonly name: string
  readonly attack: (viewer: RunningViewer) => Promise<unknown>
  /** What `attack` gives, as `toMatchObject` takes it. */
  readonly gives: unknown
}

/** What an answer says. */
export interface Verdict {
  readonly status: number
  readonly type: string | undefined
  /** Records that were left out. */
  readonly rejected: number
  /** Why; empty where nothing was wrong. */
  readonly message: string
}

/** What more there is to say of an answer than its status. */
export interface Said {
  /** @default that of the request, where it is one of OTLP's; else JSON */
  readonly type?: string
  /** @default 0 */
  readonly rejected?: number
  /** @default anything where the request is refused, nothing where it is not */
  readonly message?: RegExp
}

/** A case of one request. */
export function answers(
  name: string,
  sent: Sent,
  status: number,
  { type = typeOf(sent), rejected = 0, message = status === 200 ? /^$/ : /\w/ }: Said = {},
): HostileCase {
  return {
    name,
    attack: async viewer => judge(await viewer.exchange(sent)),
    gives: {
      status,
      type: expect.stringMatching(new RegExp(`^${type}`)),
      rejected,
      message: expect.stringMatching(message),
    },
  }
}

const typeOf = ({ path, headers }: Sent): string => {
  const isProtobuf = /^\s*application\/x-protobuf\b/i.test(headers?.['content-type'] ?? '')
  return isProtobuf && path.startsWith('/v1/') ? 'application/x-protobuf' : 'application/json'
}

/** Reads an answer of OTLP or of the API, in the encoding that it says it has. */
export function judge({ status, headers, body }: Answer): Verdict {
  const type = headers['content-type']
  if (type === 'application/x-protobuf') return { status, type, ...readProtobuf(body) }
  if (type === 'application/json') return { status, type, ...readJson(body) }
  return { status, type, rejected: 0, message: body.toString('utf8') }
}

function readJson(body: Buffer): Pick<Verdict, 'rejected' | 'message'> {
  const { message, error, rejected, reason, partialSuccess } = JSON.parse(
    body.toString('utf8') || '{}',
  ) as {
    readonly message?: string
    readonly error?: string
    readonly rejected?: number
    readonly reason?: string
    readonly partialSuccess?: Readonly<Record<string, string>>
  }
  const { errorMessage, ...counts } = partialSuccess ?? {}
  return {
    rejected: Number(rejected ?? Object.values(counts)[0] ?? 0),
    message: message ?? error ?? errorMessage ?? reason ?? '',
  }
}

/** A `Status`, which has a code and a message; or a response with a partial success, which has a count and one. */
function readProtobuf(body: Buffer): Pick<Verdict, 'rejected' | 'message'> {
  const fields = readFields(body)
  const [partial] = fields.filter(({ field }) => field === 1)
  if (partial?.bytes === undefined) return { rejected: 0, message: textOf(fields) }
  const parts = readFields(partial.bytes)
  return { rejected: parts.find(({ field }) => field === 1)?.value ?? 0, message: textOf(parts) }
}

interface Field {
  readonly field: number
  readonly value: number
  /** Absent for a number. */
  readonly bytes: Buffer | undefined
}

const textOf = (fields: readonly Field[]): string =>
  fields.find(({ field }) => field === 2)?.bytes?.toString('utf8') ?? ''

/** The fields of a message that holds numbers, text and messages only. */
function readFields(body: Buffer): Field[] {
  const fields: Field[] = []
  let place = 0
  const varint = (): number => {
    let value = 0
    for (let factor = 1; ; factor *= 128) {
      const byte = body.readUInt8(place)
      place += 1
      value += (byte & 127) * factor
      if (byte < 128) return value
    }
  }
  while (place < body.length) {
    const tag = varint()
    const value = varint()
    const isBytes = (tag & 7) === 2
    const bytes = isBytes ? body.subarray(place, place + value) : undefined
    if (isBytes) place += value
    fields.push({ field: tag >> 3, value, bytes })
  }
  return fields
}
