import type { Span } from '@opentelemetry/api'
import type { Instrumentation } from '@opentelemetry/instrumentation'
import type { MendingMeans } from './library-list.ts'

/** The part of OpenTelemetry's instrumentation of gRPC that knows the host of a call, just before it injects headers. */
interface GrpcCalls {
  extractNetMetadata(client: GrpcClient, span: Span): void
}

interface GrpcClient {
  getChannel(): { getTarget(): string }
}

/** Has each call of gRPC judged by its host. A target that is no host and port is told of no trace. */
export function judgeGrpcCalls(instrumentation: Instrumentation, { outgoing }: MendingMeans): void {
  const calls = instrumentation as unknown as GrpcCalls
  const describe = calls.extractNetMetadata.bind(calls)
  calls.extractNetMetadata = (client, span) => {
    describe(client, span)
    // As `dns:host:port` or `dns:///host:port`.
    const host = client
      .getChannel()
      .getTarget()
      .replace(/^[a-z0-9]+:(?:\/\/[^/]*\/)?(?=.*:)/i, '')
    span.setAttributes(outgoing.judgeGrpc(host))
  }
}
