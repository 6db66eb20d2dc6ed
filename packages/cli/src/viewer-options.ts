import { resolve } from 'node:path'
import { DEFAULT_STORE_LIMITS, type ViewerOptions } from '@throughline/viewer'
import type { Call, Command } from './command.ts'
import { readOptions } from './option-values.ts'
import { throwAll } from './usage-error.ts'

/** What stands for the id of a trace in the address of another place that shows it. */
const TRACE_ID = '{traceId}'

/** Places that show the same trace. */
const LINKS = ['grafana', 'jaeger', 'sentry'] as const

const BYTES_PER_MIB = 1024 * 1024

/** Shortest token that the viewer takes. */
const MIN_TOKEN = 16

/** Options of the viewer, with the bounds of what it keeps. */
export type BoundedOptions = ViewerOptions & Required<Pick<ViewerOptions, 'maxSpans' | 'maxBytes'>>

/** Options of a command that starts the viewer, without the catalog. */
export const VIEWER_OPTIONS: Command['options'] = {
  port: { value: 'PORT', says: 'port of the page and of OTLP, 0 for any free one; else 4318' },
  host: {
    value: 'ADDRESS',
    says: 'address to listen at; else 127.0.0.1. Any that others can reach has a token',
  },
  file: { value: 'PATH', says: 'file that keeps what arrives; else it is gone at the end' },
  'max-spans': {
    value: 'COUNT',
    says: `most spans that are kept, the oldest go; else ${DEFAULT_STORE_LIMITS.maxSpans}`,
  },
  'max-mb': {
    value: 'MIB',
    says: `most of spans and logs that is kept, in MiB; else ${DEFAULT_STORE_LIMITS.maxBytes / BYTES_PER_MIB}`,
  },
  token: {
    value: 'TEXT',
    says: 'what a browser and an exporter have to show; else none, or a random one',
  },
  'allow-host': { value: 'NAMES', says: 'names by which it is called besides, with commas' },
  metrics: { value: 'URLS', says: 'pages of metrics to ask for spans that were lost, with commas' },
  grafana: { value: 'URL', says: `the same trace in Grafana, with ${TRACE_ID} in it` },
  jaeger: { value: 'URL', says: `the same trace in Jaeger, with ${TRACE_ID} in it` },
  sentry: { value: 'URL', says: `the same trace in Sentry, with ${TRACE_ID} in it` },
}

/** Options of the viewer as a command was called. Throws UsageErrors for all that is wrong with them. */
export function readViewerOptions(call: Call): BoundedOptions {
  const values = readOptions(call)
  const file = values.text('file')
  const token = values.text('token')
  const maxMib = values.whole('max-mb', 1)
  const links = LINKS.flatMap(name => {
    const url = values.url(name) && values.text(name)
    if (url !== undefined && !url.includes(TRACE_ID)) {
      values.wrong(
        `--${name} names no trace: ${JSON.stringify(url)}`,
        `write ${TRACE_ID} where its id belongs`,
      )
    }
    return url === undefined ? [] : [[name, url]]
  })
  const options: Given<BoundedOptions> = {
    port: values.whole('port', 0, 65_535),
    host: values.text('host'),
    file: file && resolve(call.terminal.cwd, file),
    maxSpans: values.whole('max-spans', 1) ?? DEFAULT_STORE_LIMITS.maxSpans,
    maxBytes: maxMib === undefined ? DEFAULT_STORE_LIMITS.maxBytes : maxMib * BYTES_PER_MIB,
    token,
    allowedHosts: values.list('allow-host'),
    metricsPages: values.urls('metrics'),
    links: Object.fromEntries(links),
  }
  if (token !== undefined && token.length < MIN_TOKEN) {
    values.wrong(
      `--token has ${token.length} characters, and can be guessed`,
      `give ${MIN_TOKEN} or more; without one, a random one is made where others reach the viewer`,
    )
  }
  throwAll(values.problems)
  return withoutAbsent(options)
}

/** Options of which each may be there, absent, or undefined. */
type Given<T> = { readonly [K in keyof T]: T[K] | undefined }

function withoutAbsent<T extends object>(options: Given<T>): T {
  return Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  ) as unknown as T
}
