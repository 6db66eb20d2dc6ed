import { expect, test } from 'vitest'
import type { Gap } from '../../src/gap.ts'
import { readTrace } from '../../src/read-trace.ts'
import { makeSpan } from '../make-span.ts'

const span = makeSpan({ kind: 'server', durationMs: 1000 })
const { startUnixMs } = readTrace([span], [])

const dropped = (reason: string, atMs = startUnixMs + 500, service = 'web'): readonly Gap[] =>
  readTrace([span], [], { dropped: [{ service, reason, spans: 3, atMs }] }).gaps

test.for([
  ['queue_full', 'OTEL_BSP_MAX_QUEUE_SIZE of web'],
  ['timeout', 'OTEL_EXPORTER_OTLP_TIMEOUT of web'],
  ['throttled', 'OTEL_BSP_EXPORT_TIMEOUT'],
  ['rejected', 'OTEL_BSP_MAX_EXPORT_BATCH_SIZE of web'],
  ['refused', 'OTEL_EXPORTER_OTLP_ENDPOINT of web'],
  ['failed', 'OTEL_EXPORTER_OTLP_ENDPOINT of web'],
] as const)('spans that were lost by %s have their own mend', ([reason, mend]) => {
  const gaps = dropped(reason)
  expect(gaps).toMatchObject([{ reason: 'spans-dropped', weight: 'gap', span: undefined }])
  expect(gaps[0]?.sentence).toMatch(/^web lost 3 spans: /)
  expect(gaps[0]?.mend).toContain(mend)
})

test.for([
  [-1, 'note'],
  [0, 'gap'],
  [121_000, 'gap'],
  [121_001, 'note'],
] as const)('a loss that was told %i ms after the start is a %s', ([afterMs, weight]) => {
  expect(dropped('queue_full', startUnixMs + afterMs)).toMatchObject([{ weight }])
})

test('losses of services that are not in the trace, and of nothing, are left out', () => {
  expect(dropped('queue_full', startUnixMs, 'other')).toEqual([])
  const none = [{ service: 'web', reason: 'x', spans: 0, atMs: Number.NaN }]
  expect(readTrace([span], [], { dropped: none }).gaps).toEqual([])
})

test('spans that were removed are told last', () => {
  const { gaps } = readTrace([makeSpan({ parentSpanId: 'f'.repeat(16) })], [], { evicted: true })
  expect(gaps.map(({ reason }) => reason)).toEqual(['parent-missing', 'evicted'])
  expect(gaps[1]?.mend).toContain('--max-spans')
  expect(readTrace([span], [], { evicted: false }).gaps).toEqual([])
})
