// The lean set-up that a careful team writes by hand: sdk-node with the three instrumentations that the service needs.
import { createRequire, syncBuiltinESMExports } from 'node:module'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http'
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg'
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici'
import { NodeSDK } from '@opentelemetry/sdk-node'

new NodeSDK({
  traceExporter: new OTLPTraceExporter(),
  resourceDetectors: [],
  instrumentations: [
    new HttpInstrumentation(),
    new UndiciInstrumentation(),
    new PgInstrumentation({ requireParentSpan: true }),
  ],
}).start()

const require = createRequire(import.meta.url)
require('node:http')
require('node:https')
syncBuiltinESMExports()
