import { ThroughlineError } from '@throughline/conventions'
import { readTrace } from '@throughline/trace'
import type { Surroundings, TraceReading } from '@throughline/trace'
import type { ApiError } from '../api/meta.ts'
import { createLiveCatalog, type CatalogReading } from '../live-catalog.ts'
import { openReader } from '../store/open-reader.ts'
import type { StoredTrace, StoreReader } from '../store/store.ts'
import { createMetaView } from '../views/meta-view.ts'
import { renderOtlpFile } from '../views/otlp-file.ts'
import { createOwnershipView } from '../views/ownership-view.ts'
import { createRouteTable } from '../views/route-table.ts'
import { createServiceMap } from '../views/service-map.ts'
import { createSpanDetail } from '../views/span-detail.ts'
import { timeWindow } from '../views/time-window.ts'
import { linksWith } from '../views/trace-links.ts'
import { createTraceView } from '../views/trace-view.ts'
import {
  jsonAnswer,
  textAnswer,
  type ReadAnswer,
  type ReadingOptions,
  type ReadRequest,
} from './protocol.ts'

/** Opens the store, and makes what answers requests from it. What it throws comes before the first request. */
export function createAnswerer(
  options: ReadingOptions,
): (request: ReadRequest) => Promise<ReadAnswer> {
  const reader = openReader(options.path)
  const catalog = createLiveCatalog(options.catalog)
  return async request => {
    try {
      const found = await find(request, { reader, catalog: catalog.read(), options })
      if (found === undefined) return jsonAnswer(404, missing(request))
      return typeof found === 'string' ? textAnswer(200, found) : jsonAnswer(200, found)
    } catch (error) {
      return jsonAnswer(500, saidOf(error))
    }
  }
}

interface Source {
  readonly reader: StoreReader
  readonly catalog: CatalogReading
  readonly options: ReadingOptions
}

/** The view that a request asks for, or JSON that is written already; undefined where it is about what is not here. */
async function find(request: ReadRequest, source: Source): Promise<object | string | undefined> {
  const { reader, catalog, options } = source
  switch (request.kind) {
    case 'meta':
      return createMetaView(reader, request.stored, catalog, options)
    case 'traces': {
      const { search, before, limit } = request
      return reader.listTraces(search, { limit, ...(before !== undefined && { before }) })
    }
    case 'count':
      return reader.countTraces(request.search, request.after)
    case 'trace':
    case 'span':
    case 'export':
      return findInTrace(request, source)
    case 'routes': {
      const window = timeWindow(reader, request.minutes, Date.now())
      return createRouteTable(reader.served(window.sinceMs), catalog, window)
    }
    case 'map': {
      const { sinceMs, seconds } = timeWindow(reader, request.minutes, Date.now())
      const services = reader.services().map(({ name }) => name)
      return createServiceMap({ calls: reader.calls(sinceMs), services, catalog, seconds })
    }
    case 'ownership':
      return createOwnershipView(catalog, () => reader.served(0), new Date())
  }
}

function findInTrace(
  request: Extract<ReadRequest, { readonly traceId: string }>,
  { reader, catalog, options }: Source,
): object | string | undefined {
  const stored = reader.readTrace(request.traceId)
  if (stored === undefined) return undefined
  if (request.kind === 'export') return renderOtlpFile(stored.spans, stored.logs)
  const reading = readStored(stored, reader, catalog)
  if (request.kind === 'trace') {
    return createTraceView(reading, catalog, linksWith(options.links, catalog))
  }
  const span = reading.spans.find(({ span: { spanId } }) => spanId === request.spanId)
  return span && createSpanDetail(span, traceIds => reader.existing(traceIds))
}

function readStored(
  { spans, logs, links, evicted }: StoredTrace,
  reader: StoreReader,
  catalog: CatalogReading,
): TraceReading {
  const surroundings: Surroundings = {
    services: reader.services(),
    dropped: reader.dropped(),
    links,
    evicted,
    ...(catalog.state === 'ready' && { ownership: catalog }),
  }
  return readTrace(spans, logs, surroundings)
}

function missing(request: ReadRequest): ApiError {
  const id = 'traceId' in request ? request.traceId : ''
  return request.kind === 'span'
    ? {
        error: `trace ${id} has no span ${request.spanId} here`,
        fix: 'Open the trace, and choose a span of it.',
      }
    : {
        error: `no span of trace ${id} is here`,
        fix: 'Send it again, import it, or look for it in the list: older traces go when the store is full.',
      }
}

function saidOf(error: unknown): ApiError {
  if (ThroughlineError.is(error)) return { error: error.message, fix: error.fix }
  const reason = error instanceof Error ? error.message : String(error)
  return {
    error: `reading the store failed: ${reason}`,
    fix: 'Ask again; if it stays, restart the viewer.',
  }
}
