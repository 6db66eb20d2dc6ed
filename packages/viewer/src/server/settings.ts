import type { SpanRecord } from '@throughline/otlp'
import type { ConfiguredLinks } from '../api/meta.ts'
import { DEFAULT_STORE_LIMITS } from '../store/default-limits.ts'
import type { StoreLimits } from '../store/store.ts'
import type { ViewerOptions } from '../viewer.ts'
import { chooseToken } from './access-token.ts'

/** What a viewer does, with every default in its place. */
export interface ViewerSettings extends StoreLimits {
  readonly port: number
  readonly host: string
  readonly token: string | undefined
  readonly file: string | undefined
  readonly catalog: string | undefined
  readonly allowedHosts: readonly string[]
  readonly metricsPages: readonly string[]
  readonly links: Partial<ConfiguredLinks>
  readonly onTraces: (spans: readonly SpanRecord[]) => void
  readonly onNotice: (line: string) => void
}

/** Fills in the defaults. Throws a `ThroughlineError` for a token that cannot be used. */
export function settle(options: ViewerOptions): ViewerSettings {
  const { host = '127.0.0.1' } = options
  return {
    port: options.port ?? 4318,
    host,
    token: chooseToken(options.token, host),
    file: options.file,
    catalog: options.catalog,
    maxSpans: options.maxSpans ?? DEFAULT_STORE_LIMITS.maxSpans,
    maxBytes: options.maxBytes ?? DEFAULT_STORE_LIMITS.maxBytes,
    allowedHosts: options.allowedHosts ?? [],
    metricsPages: options.metricsPages ?? [],
    links: options.links ?? {},
    onTraces: options.onTraces ?? (() => undefined),
    onNotice: options.onNotice ?? (() => undefined),
  }
}

/** Address by which a browser of this machine, or of one that reaches `host`, asks for it. */
export function addressOf(host: string, port: number): string {
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`
}
