import { NodeSDK } from '@opentelemetry/sdk-node'

new NodeSDK({
  traceExporter: { export: (_spans, done) => done({ code: 0 }), shutdown: async () => {} },
}).start()
