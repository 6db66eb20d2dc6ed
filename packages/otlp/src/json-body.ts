import { MalformedBody, OversizedBody } from './errors.ts'
import { asObject, type JsonObject } from './json-value.ts'
import { MAX_PARTS } from './limits.ts'

/** Parses a request in JSON. Throws {@link MalformedBody}, or {@link OversizedBody} before it takes too much memory. */
export function parseJsonBody(body: Buffer): JsonObject {
  // A part takes two bytes at least.
  if (body.length > 2 * MAX_PARTS && countParts(body) > MAX_PARTS) {
    throw new OversizedBody(`the body holds more than ${MAX_PARTS} objects and lists`)
  }
  let request: unknown
  try {
    request = JSON.parse(body.toString('utf8'))
  } catch (error) {
    throw new MalformedBody(`the body is not JSON: ${(error as Error).message}`)
  }
  if (request === null) throw new MalformedBody('the body is not an object')
  return asObject(request, 'the body')
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN_LIST = 0x5b
const OPEN_OBJECT = 0x7b

function countParts(body: Buffer): number {
  let parts = 0
  let isText = false
  for (let at = 0; at < body.length; at += 1) {
    const byte = body[at]
    if (byte === QUOTE) isText = !isText
    else if (isText && byte === BACKSLASH) at += 1
    else if (!isText && (byte === OPEN_LIST || byte === OPEN_OBJECT)) parts += 1
  }
  return parts
}
