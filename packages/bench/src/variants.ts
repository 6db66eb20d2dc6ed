import { fileURLToPath } from 'node:url'

/** One way to run the measured service. */
export interface Variant {
  readonly name: string
  readonly what: string
  /** Modules for `--import`. */
  readonly imports: readonly string[]
}

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** The measured service itself. */
export const SERVICE: string = here('apps/orders.mjs')
/** Who owns it. */
const CATALOG: string = here('apps/ownership.yaml')

/** Without telemetry: what the others are compared with. */
export const BASE = 'none'
/** The set-up that ours is held against. */
export const PEER = 'lean'
/** Our own. */
export const OURS = 'throughline'

/** Ours beside its peers. The second without telemetry is the control: what it differs by is noise. */
export const VARIANTS: readonly Variant[] = [
  { name: BASE, what: 'no telemetry', imports: [] },
  { name: 'none again', what: 'the same: the A/A control', imports: [] },
  {
    name: PEER,
    what: 'sdk-node with http, undici and pg, traces only',
    imports: [here('apps/lean.mjs')],
  },
  {
    name: 'auto',
    what: '@opentelemetry/auto-instrumentations-node/register, traces only',
    imports: ['@opentelemetry/auto-instrumentations-node/register'],
  },
  {
    name: OURS,
    what: '@throughline/node/register: traces, metrics and owners',
    imports: ['@throughline/node/register'],
  },
]

/** Environment that each variant runs with: all traces are exported, nothing else is sent. */
export const ENVIRONMENT: Readonly<Record<string, string>> = {
  NODE_ENV: 'production',
  OTEL_SERVICE_NAME: 'orders',
  OTEL_METRICS_EXPORTER: 'none',
  OTEL_LOGS_EXPORTER: 'none',
  // Short, so that what a slice has finished is also sent within it.
  OTEL_BSP_SCHEDULE_DELAY: '200',
  THROUGHLINE_CATALOG: CATALOG,
  THROUGHLINE_METRICS_PORT: '0',
}
