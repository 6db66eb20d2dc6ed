import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

type LogSdk = typeof import('@opentelemetry/sdk-logs')

const require = createRequire(import.meta.url)

/** Loads OpenTelemetry's SDK for logs, synchronously and by the path of its ES module, for the reasons of `loadInstrumentation`. */
export function loadLogSdk(): LogSdk {
  return require(fileURLToPath(import.meta.resolve('@opentelemetry/sdk-logs'))) as LogSdk
}
