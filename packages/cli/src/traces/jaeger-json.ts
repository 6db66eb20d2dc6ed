import { SPAN_KINDS } from '@throughline/otlp'
import { isJsonObject, type JsonObject, listObjects } from './json.ts'

/** `resourceSpans` of OTLP for one trace in the JSON of Jaeger's page, each process a resource. */
export function fromJaeger({ spans, processes }: JsonObject): readonly JsonObject[] {
  const byProcess = Map.groupBy(listObjects(spans), ({ processID }) => textOf(processID))
  return [...byProcess].map(([id, ofProcess]) => ({
    resource: { attributes: readProcess(isJsonObject(processes) ? processes[id] : undefined) },
    scopeSpans: ofProcess.map(readSpan),
  }))
}

function readProcess(process: unknown): readonly JsonObject[] {
  if (!isJsonObject(process)) return []
  const { serviceName, tags } = process
  return [
    { key: 'service.name', value: { stringValue: textOf(serviceName) } },
    ...listObjects(tags).map(toAttribute),
  ]
}

/** Tags that stand for a field of OTLP. */
const FIELDS = {
  kind: ['span.kind'],
  status: ['otel.status_code'],
  message: ['otel.status_description'],
  failed: ['error'],
  traceState: ['w3c.tracestate'],
  scopeName: ['otel.scope.name', 'otel.library.name'],
  scopeVersion: ['otel.scope.version', 'otel.library.version'],
  format: ['internal.span.format'],
} as const

const IS_FIELD: ReadonlySet<unknown> = new Set(Object.values(FIELDS).flat())

function readSpan(span: JsonObject): JsonObject {
  const { traceID, spanID, operationName, startTime, duration, logs } = span
  const tags = listObjects(span['tags'])
  const valueOf = (field: keyof typeof FIELDS): unknown =>
    tags.find(({ key }) => FIELDS[field].some(name => name === key))?.['value']
  const references = listObjects(span['references'])
  const parent = parentOf(traceID, references)
  const start = toMicroseconds(startTime)
  return {
    scope: { name: textOf(valueOf('scopeName')), version: textOf(valueOf('scopeVersion')) },
    spans: [
      {
        traceId: toTraceId(traceID),
        spanId: toSpanId(spanID),
        parentSpanId: parent === undefined ? '' : toSpanId(parent['spanID']),
        traceState: textOf(valueOf('traceState')),
        name: textOf(operationName),
        kind: Math.max(0, SPAN_KINDS.lastIndexOf(textOf(valueOf('kind')) as 'internal')),
        startTimeUnixNano: toNanoseconds(start),
        endTimeUnixNano: toNanoseconds(start + toMicroseconds(duration)),
        status: {
          code: statusOf(valueOf('status'), valueOf('failed')),
          message: textOf(valueOf('message')),
        },
        attributes: tags.filter(({ key }) => !IS_FIELD.has(key)).map(toAttribute),
        events: listObjects(logs).map(readEvent),
        links: references
          .filter(reference => reference !== parent)
          .map(reference => ({
            traceId: toTraceId(reference['traceID']),
            spanId: toSpanId(reference['spanID']),
          })),
      },
    ],
  }
}

/** The reference that is the parent, as Jaeger itself takes it; what is left are links. */
function parentOf(traceId: unknown, references: readonly JsonObject[]): JsonObject | undefined {
  const own = references.filter(({ traceID }) => traceID === traceId)
  return own.find(({ refType }) => refType === 'CHILD_OF') ?? own[0]
}

function statusOf(code: unknown, failed: unknown): number {
  if (code === 'ERROR' || failed === true || failed === 'true') return 2
  return code === 'OK' ? 1 : 0
}

function readEvent({ timestamp, fields }: JsonObject): JsonObject {
  const all = listObjects(fields)
  const name = all.find(({ key }) => key === 'event')
  return {
    name: name === undefined ? 'log' : textOf(name['value']),
    timeUnixNano: toNanoseconds(toMicroseconds(timestamp)),
    attributes: all.filter(field => field !== name).map(toAttribute),
  }
}

function toAttribute({ key, type, value }: JsonObject): JsonObject {
  return { key: textOf(key), value: toAnyValue(type, value) }
}

function toAnyValue(type: unknown, value: unknown): JsonObject {
  if (typeof value === 'boolean') return { boolValue: value }
  if (typeof value === 'number') return { doubleValue: value }
  if (type === 'int64' && /^-?\d+$/.test(textOf(value))) return { intValue: value }
  return { stringValue: textOf(value) }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Jaeger shortens ids that begin with zeros. */
const toTraceId = (id: unknown): string => textOf(id).padStart(32, '0')
const toSpanId = (id: unknown): string => textOf(id).padStart(16, '0')

const toMicroseconds = (value: unknown): bigint =>
  typeof value === 'number' && Number.isFinite(value) ? BigInt(Math.max(0, Math.round(value))) : 0n

const toNanoseconds = (microseconds: bigint): string => String(microseconds * 1000n)
