import type { Span } from '@opentelemetry/api'
import { GrpcInstrumentation } from '@opentelemetry/instrumentation-grpc'
import { expect, test } from 'vitest'
import { judgeGrpcCalls } from '../src/instrumentations/grpc.ts'
import { createMetrics } from '../src/metrics/instruments.ts'
import type { OutgoingTrust } from '../src/trust/outgoing-trust.ts'

test.for([
  ['dns:orders.example.com:50051', 'orders.example.com:50051'],
  ['dns:///orders.example.com:50051', 'orders.example.com:50051'],
  ['dns://8.8.8.8/orders.example.com:50051', 'orders.example.com:50051'],
  ['orders.example.com:50051', 'orders.example.com:50051'],
  ['localhost:50051', 'localhost:50051'],
  ['ipv4:10.0.0.1:50051', '10.0.0.1:50051'],
  ['dns:[::1]:50051', '[::1]:50051'],
])('a call to %s is judged as one to %s, and its span says what became of it', ([target, host]) => {
  const judged: string[] = []
  const outgoing = {
    judgeGrpc(asked: string) {
      judged.push(asked)
      return { 'throughline.propagation': 'withheld' }
    },
  } as unknown as OutgoingTrust
  const instrumentation = new GrpcInstrumentation()
  judgeGrpcCalls(instrumentation, { outgoing, metrics: createMetrics({ maxSeries: 10 }) })

  const given: object[] = []
  const span = { setAttributes: (attributes: object) => void given.push(attributes) }
  const client = { getChannel: () => ({ getTarget: () => target }) }
  // As the instrumentation itself calls it, just before it injects.
  const { extractNetMetadata } = instrumentation as unknown as {
    extractNetMetadata(client: object, span: Span): void
  }
  extractNetMetadata.call(instrumentation, client, span as unknown as Span)
  expect(judged).toEqual([host])
  expect(given).toContainEqual({ 'throughline.propagation': 'withheld' })
})
