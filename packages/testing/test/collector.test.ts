import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { context, trace } from '@opentelemetry/api'
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { expect, test } from 'vitest'
import { startCollector } from '../src/collector.ts'

/** A tracer of the stock SDK that sends to `url`, and what makes it send. */
function startTracer(url: string): {
  tracer: ReturnType<TracerProvider['getTracer']>
  flush: () => Promise<void>
} {
  const exporter = new OTLPTraceExporter({ url: `${url}/v1/traces` })
  const provider = new TracerProvider({ spanProcessors: [new BatchSpanProcessor({ exporter })] })
  return { tracer: provider.getTracer('test'), flush: () => provider.forceFlush() }
}

test('a trace is waited for until it holds what was asked, whichever batch brings it', async () => {
  await using collector = await startCollector()
  const { tracer, flush } = startTracer(collector.url)
  const waiting = collector.waitForTrace({ root: 'parent', spans: 2, containing: ['child'] })
  const parent = tracer.startSpan('parent')
  tracer.startSpan('child', {}, trace.setSpan(context.active(), parent)).end()
  await flush()
  parent.end()
  await flush()
  const tree = await waiting
  expect(tree.roots.map(root => [root.name, root.children.map(child => child.name)])).toEqual([
    ['parent', ['child']],
  ])
  collector.clear()
  expect(collector.spans).toEqual([])
})

test('after its deadline it says what was asked and draws what did arrive', async () => {
  await using collector = await startCollector()
  const { tracer, flush } = startTracer(collector.url)
  tracer.startSpan('something else').end()
  await flush()
  await expect(collector.waitForTrace({ root: 'wanted', spans: 3, timeoutMs: 50 })).rejects.toThrow(
    /No trace with root wanted; spans 3 within 50 ms\. What did arrive:\n\ntrace [0-9a-f]{32} · 1 spans[\s\S]*something else/,
  )
})
