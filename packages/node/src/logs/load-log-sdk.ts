import { createRequire } from 'node:module'
import { packagePath } from '../package-path.ts'

type LogSdk = typeof import('@opentelemetry/sdk-logs')

const require = createRequire(import.meta.url)

/** Loads OpenTelemetry's SDK for logs, synchronously. */
export function loadLogSdk(): LogSdk {
  return require(packagePath('@opentelemetry/sdk-logs')) as LogSdk
}
