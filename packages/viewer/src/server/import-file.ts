import type { IncomingMessage, ServerResponse } from 'node:http'
import {
  createBodyBudget,
  decodeLogs,
  decodeTraces,
  MalformedBody,
  OversizedBody,
  readBody,
  RefusedRequest,
  type BodyLimits,
} from '@throughline/otlp'
import type { Imported } from '../api/trace.ts'
import type { StoreWriter } from '../store/store.ts'
import { sendRefusal, type Refusal } from './refusal.ts'

/** A file is larger than an export: it may hold many traces. Two of the largest may come at once. */
const LIMITS: BodyLimits = {
  maxBodyBytes: 64 * 1024 * 1024,
  maxInflatedBytes: 64 * 1024 * 1024,
  maxPendingBytes: 128 * 1024 * 1024,
}

const WANTED =
  'Give a trace that was exported from a viewer, or an ExportTraceServiceRequest, in JSON.'

/** Takes a file of OTLP in JSON: both its spans and its logs, or an error and nothing of it. */
export function createImporter(
  writer: Pick<StoreWriter, 'addSpans' | 'addLogs'>,
  changed: () => void,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const budget = createBodyBudget(LIMITS.maxPendingBytes)
  return async (request, response) => {
    try {
      const refusal = refuseForm(request)
      if (refusal !== undefined) return sendRefusal(request, response, refusal)
      const imported = take(await readBody(request, LIMITS, budget), writer)
      changed()
      response
        .writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' })
        .end(JSON.stringify(imported))
    } catch (error) {
      sendRefusal(request, response, refusalOf(error))
    }
  }
}

function refuseForm({ headers }: IncomingMessage): Refusal | undefined {
  const [type = ''] = (headers['content-type'] ?? '').split(';')
  if (type.trim().toLowerCase() === 'application/json') return undefined
  return { status: 415, error: 'the content-type is not application/json', fix: WANTED }
}

function take(body: Uint8Array, writer: Pick<StoreWriter, 'addSpans' | 'addLogs'>): Imported {
  const spans = decodeTraces(body, 'json')
  const logs = decodeLogs(body, 'json')
  const rejected = spans.rejected + logs.rejected
  if (spans.records.length + logs.records.length + rejected === 0) {
    throw new MalformedBody('the file holds neither spans nor logs')
  }
  writer.addSpans(spans.records)
  writer.addLogs(logs.records)
  return {
    traceIds: [...new Set(spans.records.map(({ traceId }) => traceId))],
    spans: spans.records.length,
    logs: logs.records.length,
    rejected,
    reason: spans.reason || logs.reason,
  }
}

function refusalOf(error: unknown): Refusal {
  const message = error instanceof Error ? error.message : String(error)
  if (error instanceof OversizedBody) {
    return { status: 413, error: message, fix: 'Import fewer traces at once.' }
  }
  if (error instanceof RefusedRequest) {
    const fix = error.status === 503 ? 'Import one file after the other.' : 'Use gzip, or none.'
    return { status: error.status, error: message, fix }
  }
  if (error instanceof MalformedBody) return { status: 400, error: message, fix: WANTED }
  return { status: 500, error: message, fix: 'Look at what the viewer printed, and try again.' }
}
