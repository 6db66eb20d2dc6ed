import { createRequire } from 'node:module'
import type { Reporter } from './diagnostics.ts'

/** A product that traces this process as well, and what to do about it. */
export interface OtherTracer {
  readonly name: string
  readonly fix: string
}

/**
 * The first agent found that patches what we patch and is not built on OpenTelemetry: dd-trace or New Relic. By the
 * marks that they leave when they trace; one that is installed, or loaded and switched off, leaves none.
 */
export function findOtherTracer(): OtherTracer | undefined {
  if (Symbol.for('_ddtrace_instrumentations') in globalThis) {
    return {
      name: 'dd-trace',
      fix: 'Remove dd-trace: `-r dd-trace/init` or `--import dd-trace/…` from the start command and from NODE_OPTIONS, or `tracer.init()` from the code. With DD_TRACE_ENABLED=false it stays and does not trace.',
    }
  }
  const { __NR_cache: newRelic } = createRequire(import.meta.url).cache as {
    __NR_cache?: { agent?: unknown }
  }
  if (newRelic?.agent != null) {
    return {
      name: 'New Relic',
      fix: 'Remove New Relic: `-r newrelic` from the start command and from NODE_OPTIONS, or its import from the code. With NEW_RELIC_ENABLED=false it stays and does not trace.',
    }
  }
  return undefined
}

/** Says when called first whether another product has begun to trace this process since we did; then does nothing. */
export function createLateTracerCheck(reporter: Reporter): () => void {
  let checked = false
  return () => {
    if (checked) return
    checked = true
    const other = findOtherTracer()
    if (other === undefined) return
    reporter.report(
      'other-tracer',
      `${other.name} was started after Throughline, and now both trace this process. ${other.fix}`,
    )
  }
}
