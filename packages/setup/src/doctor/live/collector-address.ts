import {
  ENV_OTEL_EXPORTER_OTLP_ENDPOINT,
  ENV_OTEL_EXPORTER_OTLP_HEADERS,
  ENV_OTEL_EXPORTER_OTLP_TRACES_ENDPOINT,
  ENV_OTEL_EXPORTER_OTLP_TRACES_HEADERS,
} from '@throughline/conventions'
import { findSetting } from '../../run/run-settings.ts'
import type { Setting } from '../settings.ts'

/** Where an application sends its spans to. */
export interface CollectorAddress {
  /** Whole address of traces. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** What sets the address; undefined where nothing does, and it is the default. */
  readonly setBy: Setting | undefined
  /** What sets the headers. */
  readonly headersSetBy: Setting | undefined
}

const DEFAULT = 'http://localhost:4318'

/** Reads the address as the exporter does: that of traces as it stands, else the common one with `/v1/traces`. */
export function readCollectorAddress(settings: readonly Setting[]): CollectorAddress {
  const headersSetBy =
    findSetting(settings, ENV_OTEL_EXPORTER_OTLP_TRACES_HEADERS) ??
    findSetting(settings, ENV_OTEL_EXPORTER_OTLP_HEADERS)
  const headers = parseHeaders(headersSetBy?.value ?? '')
  const whole = findAddress(settings, ENV_OTEL_EXPORTER_OTLP_TRACES_ENDPOINT)
  if (whole !== undefined) return { url: whole.value.trim(), headers, setBy: whole, headersSetBy }
  const base = findAddress(settings, ENV_OTEL_EXPORTER_OTLP_ENDPOINT)
  const url = `${(base?.value.trim() ?? DEFAULT).replace(/\/$/, '')}/v1/traces`
  return { url, headers, setBy: base, headersSetBy }
}

/** What is no address counts as not given. */
function findAddress(settings: readonly Setting[], name: string): Setting | undefined {
  const setting = findSetting(settings, name)
  const protocol = URL.parse(setting?.value.trim() ?? '')?.protocol
  return protocol === 'http:' || protocol === 'https:' ? setting : undefined
}

/** Parses `name=value,name=value` with percent-encoded values. */
function parseHeaders(text: string): Readonly<Record<string, string>> {
  const pairs = text
    .split(',')
    .map(pair => pair.trim())
    .filter(pair => /^[^=\s]+\s*=/.test(pair))
    .map(pair => {
      const at = pair.indexOf('=')
      return [pair.slice(0, at).trim(), decode(pair.slice(at + 1).trim())]
    })
  return Object.fromEntries(pairs) as Record<string, string>
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    // A stray % is sent as it stands, as the exporter does.
    return value
  }
}
