import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ensureDebianBinary } from './debian.ts'
import { startServer } from './server-process.ts'

/** What a Prometheus of a test does. */
export interface PrometheusOptions {
  /** Hosts with ports that are scraped at `/metrics`, by job. Itself, as job `prometheus`, it always scrapes. */
  readonly targets?: Readonly<Record<string, readonly string[]>>
  /** Absolute paths. */
  readonly ruleFiles?: readonly string[]
  /** Where its alerts go; scraped as job `alertmanager`. */
  readonly alertmanagerUrl?: string
  /** How often it scrapes and evaluates. @default 1 */
  readonly intervalSeconds?: number
  /** How long it may take to load its rules. @default 15000 */
  readonly readyTimeoutMs?: number
}

/** One series of an answer, with its value. */
export interface QueriedSample {
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

/** One rule as Prometheus sees it. */
export interface LoadedRule {
  readonly name: string
  readonly group: string
  /** `ok` once it was evaluated. */
  readonly health: 'ok' | 'err' | 'unknown'
  readonly lastError?: string
}

/** One alert that is pending or fires. */
export interface ActiveAlert {
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
  readonly state: 'pending' | 'firing'
}

/** A real Prometheus of one test. Disposing ends it and removes its data. */
export interface Prometheus extends AsyncDisposable {
  readonly url: string
  readonly pid: number
  /** Folder of its configuration and data. */
  readonly folder: string
  /** All that it has printed. */
  output(): string
  /** Evaluates PromQL now; a scalar is one sample without labels. Rejects with what Prometheus complains of. */
  query(promql: string): Promise<readonly QueriedSample[]>
  /** Trace ids of the exemplars of the last hour of the series in a query. */
  listExemplars(promql: string): Promise<readonly string[]>
  rules(): Promise<readonly LoadedRule[]>
  alerts(): Promise<readonly ActiveAlert[]>
}

/** Starts a Prometheus that keeps exemplars; rejects with all that it printed when it does not get ready. */
export async function startPrometheus(options: PrometheusOptions = {}): Promise<Prometheus> {
  const binary = await ensureDebianBinary('prometheus')
  const server = await startServer({
    name: 'prometheus',
    ...binary,
    readyPath: '/-/ready',
    ...(options.readyTimeoutMs !== undefined && { readyTimeoutMs: options.readyTimeoutMs }),
    async prepare(port, folder) {
      const config = join(folder, 'prometheus.json')
      // JSON is YAML.
      await writeFile(config, JSON.stringify(describeConfig(options, port), undefined, 2))
      return [
        `--config.file=${config}`,
        `--storage.tsdb.path=${join(folder, 'data')}`,
        `--web.listen-address=127.0.0.1:${port}`,
        // As it would say by the name of the machine, which need not lead here.
        `--web.external-url=http://127.0.0.1:${port}`,
        '--enable-feature=exemplar-storage',
      ]
    },
  })
  const read = <Data>(path: string, parameters: Readonly<Record<string, string>> = {}) =>
    readApi<Data>(server.url, path, parameters)
  return {
    ...server,
    async query(promql) {
      const { result } = await read<{ readonly result: VectorOrScalar }>('query', { query: promql })
      if (isScalar(result)) return [{ labels: {}, value: Number(result[1]) }]
      return result.map(({ metric, value }) => ({ labels: metric, value: Number(value[1]) }))
    },
    async listExemplars(promql) {
      const now = Date.now() / 1_000
      const range = { start: String(now - 3_600), end: String(now + 1) }
      const found = await read<readonly ExemplarSeries[]>('query_exemplars', {
        query: promql,
        ...range,
      })
      return found.flatMap(({ exemplars }) => exemplars.map(({ labels }) => labels.trace_id ?? ''))
    },
    async rules() {
      const { groups } = await read<{ readonly groups: readonly LoadedGroup[] }>('rules')
      return groups.flatMap(({ name, rules }) => rules.map(rule => ({ ...rule, group: name })))
    },
    async alerts() {
      return (await read<{ readonly alerts: readonly ActiveAlert[] }>('alerts')).alerts
    },
  }
}

type Scalar = readonly [time: number, value: string]
type VectorOrScalar =
  | Scalar
  | readonly { readonly metric: Readonly<Record<string, string>>; readonly value: Scalar }[]

const isScalar = (result: VectorOrScalar): result is Scalar => typeof result[0] === 'number'

interface ExemplarSeries {
  readonly exemplars: readonly { readonly labels: { readonly trace_id?: string } }[]
}

interface LoadedGroup {
  readonly name: string
  readonly rules: readonly Omit<LoadedRule, 'group'>[]
}

function describeConfig(
  { targets = {}, ruleFiles = [], alertmanagerUrl, intervalSeconds = 1 }: PrometheusOptions,
  port: number,
): object {
  const alertmanager = alertmanagerUrl === undefined ? [] : [new URL(alertmanagerUrl).host]
  const jobs = {
    ...targets,
    prometheus: [`127.0.0.1:${port}`],
    ...(alertmanager.length === 0 ? {} : { alertmanager }),
  }
  const interval = `${intervalSeconds}s`
  return {
    global: {
      scrape_interval: interval,
      scrape_timeout: interval,
      evaluation_interval: interval,
    },
    rule_files: ruleFiles,
    alerting: { alertmanagers: [{ static_configs: [{ targets: alertmanager }] }] },
    scrape_configs: Object.entries(jobs).map(([job, hosts]) => ({
      job_name: job,
      static_configs: [{ targets: hosts }],
    })),
  }
}

async function readApi<Data>(
  url: string,
  path: string,
  parameters: Readonly<Record<string, string>>,
): Promise<Data> {
  const body = new URLSearchParams(parameters)
  const answer = await fetch(
    `${url}/api/v1/${path}`,
    body.size === 0 ? {} : { method: 'POST', body },
  )
  const { status, error, data } = (await answer.json()) as {
    readonly status: string
    readonly error?: string
    readonly data: Data
  }
  if (status === 'success') return data
  throw new Error(`${parameters['query'] ?? path}: ${error}`)
}
