import { expect } from 'vitest'
import {
  at,
  inProtobuf,
  integer,
  newSpanId,
  newTraceId,
  served,
  span,
  text,
  tracesOf,
} from '../otlp-requests.ts'
import type { RunningViewer } from '../running-viewer.ts'

/** A sound trace, by which it is seen that nothing good was lost. */
export interface Witness {
  /** Holds the list, the trace and each of its spans against what was sent. */
  expectWhole(): Promise<void>
}

/** Sends a sound trace; fails when it is not taken. */
export async function sendWitness(viewer: RunningViewer): Promise<Witness> {
  const traceId = newTraceId()
  const [root, child, leaf] = [newSpanId(), newSpanId(), newSpanId()]
  const attributes = [text('witness', traceId), integer('count', 7)]
  const spans = [
    served('/witness', { traceId, spanId: root, endTimeUnixNano: at(90) }),
    span({ traceId, spanId: child, parentSpanId: root, name: 'child', attributes }),
    span({ traceId, spanId: leaf, parentSpanId: child, name: 'leaf', attributes }),
  ]
  const answer = await viewer.exchange(inProtobuf('/v1/traces', tracesOf('witness', spans)))
  expect([answer.status, answer.body.length]).toEqual([200, 0])
  return {
    async expectWhole() {
      const [list, trace, ...details] = await Promise.all([
        viewer.listTraces(traceId),
        viewer.readTrace(traceId),
        viewer.readSpan(traceId, root),
        viewer.readSpan(traceId, child),
        viewer.readSpan(traceId, leaf),
      ])
      const seen = {
        total: list.total,
        row: list.traces.map(row => [row.title, row.spans, row.outcome, row.durationMs]),
        tree: trace.spans.map(row => [row.spanId, row.depth, row.title, row.durationMs]),
        gaps: trace.gaps,
        attributes: details.map(detail => detail.attributes),
      }
      const sent = { witness: traceId, count: 7 }
      expect(seen).toEqual({
        total: 1,
        row: [['GET /witness', 3, '200', 90]],
        tree: [
          [root, 0, 'GET /witness', 90],
          [child, 1, 'child', 10],
          [leaf, 2, 'leaf', 10],
        ],
        gaps: [],
        attributes: [
          {
            'http.request.method': 'GET',
            'http.route': '/witness',
            'http.response.status_code': 200,
          },
          sent,
          sent,
        ],
      })
    },
  }
}
