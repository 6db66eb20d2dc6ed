import { expect, test } from 'vitest'
import { createFiles, readComposeFiles, type Files } from '../src/compose/files.ts'
import { listComposeProblems } from '../src/compose/problems.ts'

const files = createFiles(readComposeFiles())

test('compose/ agrees with itself, with the catalog and with its README', () => {
  expect(listComposeProblems(files)).toEqual([])
})

const BASE = 'compose/compose.yaml'
const EXAMPLES = 'compose/compose.examples.yaml'
const PAGING = 'compose/compose.paging.yaml'
const README = 'compose/README.md'
const SOURCES = 'compose/grafana/provisioning/datasources/datasources.yaml'
const PROVIDERS = 'compose/grafana/provisioning/dashboards/dashboards.yaml'

/** A change of one file, and what has to be said against it. */
interface Mistake {
  readonly name: string
  readonly path: string
  readonly from: string
  readonly to: string
  readonly problem: string
}

const mistakes: readonly Mistake[] = [
  {
    name: 'a file that does not parse',
    path: 'compose/loki/config.yaml',
    from: 'auth_enabled: false',
    to: 'auth_enabled: [false',
    problem: 'compose/loki/config.yaml: ',
  },
  {
    name: 'a key that is there twice',
    path: 'compose/tempo/config.yaml',
    from: 'usage_report:',
    to: 'storage: {}\nusage_report:',
    problem: 'Map keys must be unique',
  },
  {
    name: 'an image of whatever version',
    path: BASE,
    from: 'grafana/grafana:13.2.0',
    to: 'grafana/grafana:latest',
    problem: 'grafana/grafana:latest is not one exact version',
  },
  {
    name: 'an image of a major version',
    path: 'compose/examples/Dockerfile',
    from: 'node:24.19.0-bookworm-slim',
    to: 'node:24',
    problem: 'node:24 is not one exact version',
  },
  {
    name: 'an image that README.md does not tell',
    path: BASE,
    from: 'grafana/loki:3.7.6',
    to: 'grafana/loki:3.7.5',
    problem: 'README.md does not list grafana/loki 3.7.5',
  },
  {
    name: 'an image that only README.md knows',
    path: README,
    from: '| grafana/loki | 3.7.6 |',
    to: '| grafana/loki | 3.7.5 |',
    problem: 'README.md lists grafana/loki 3.7.5, which nobody uses',
  },
  {
    name: 'a database of another major version than that of the demo',
    path: BASE,
    from: 'postgres:18.6-bookworm',
    to: 'postgres:17.11-bookworm',
    problem: 'postgres:17.11-bookworm is not of the major version of 18.',
  },
  {
    name: 'a port that others can reach',
    path: BASE,
    from: '127.0.0.1:9090:9090',
    to: '0.0.0.0:9090:9090',
    problem: '0.0.0.0:9090:9090 is not on 127.0.0.1 alone',
  },
  {
    name: 'a port without an address, which all can reach',
    path: BASE,
    from: '127.0.0.1:3100:3100',
    to: '3100:3100',
    problem: '3100:3100 is not on 127.0.0.1 alone',
  },
  {
    name: 'a port that is published twice',
    path: BASE,
    from: '127.0.0.1:3200:3200',
    to: '127.0.0.1:3100:3200',
    problem: '127.0.0.1:3100:3100 is published twice',
  },
  {
    name: 'a port of the example apps',
    path: BASE,
    from: '127.0.0.1:3300:3000',
    to: '127.0.0.1:3000:3000',
    problem: '127.0.0.1:3000:3000 is a port of the example apps',
  },
  {
    name: 'a port of the metrics of the example apps',
    path: BASE,
    from: '127.0.0.1:9093:9093',
    to: '127.0.0.1:9464:9093',
    problem: '127.0.0.1:9464:9093 is a port of the example apps',
  },
  {
    name: 'a published port at which the service does not listen',
    path: 'compose/tempo/config.yaml',
    from: 'http_listen_port: 3200',
    to: 'http_listen_port: 3201',
    problem: 'tempo publishes 3200, where it does not listen',
  },
  {
    name: 'a port that README.md does not tell',
    path: README,
    from: '| 127.0.0.1:9093 | alertmanager |',
    to: '| 127.0.0.1:9094 | alertmanager |',
    problem: 'README.md does not list 127.0.0.1:9093 alertmanager',
  },
  {
    name: 'a mount of what does not exist',
    path: BASE,
    from: './loki/config.yaml:',
    to: './loki/loki.yaml:',
    problem: 'loki: mounts compose/loki/loki.yaml, which does not exist',
  },
  {
    name: 'a configuration that the container could change',
    path: BASE,
    from: '../dashboards:/etc/throughline/dashboards:ro',
    to: '../dashboards:/etc/throughline/dashboards',
    problem: 'grafana: could write to dashboards',
  },
  {
    name: 'a configuration file that is mounted elsewhere',
    path: BASE,
    from: '-config.file=/etc/tempo/config.yaml',
    to: '-config.file=/etc/tempo/tempo.yaml',
    problem: 'tempo: reads /etc/tempo/tempo.yaml, where nothing is mounted',
  },
  {
    name: 'rules that are mounted elsewhere',
    path: 'compose/prometheus/prometheus.yaml',
    from: '/etc/prometheus/alerts/billing/',
    to: '/etc/prometheus/rules/billing/',
    problem: 'reads /etc/prometheus/rules/billing/*.rules.yaml, where nothing is mounted',
  },
  {
    name: 'rules of a team that Prometheus does not load',
    path: 'compose/prometheus/prometheus.yaml',
    from: '  - /etc/prometheus/alerts/billing/*.rules.yaml\n',
    to: '',
    problem: 'prometheus.yaml: alerts/billing/*.rules.yaml is not loaded',
  },
  {
    name: 'rules of a team that there is not',
    path: 'compose/prometheus/prometheus.yaml',
    from: 'alerts/billing/',
    to: 'alerts/sales/',
    problem: 'prometheus.yaml: there is no alerts/sales/*.rules.yaml',
  },
  {
    name: 'dashboards that are mounted elsewhere',
    path: PROVIDERS,
    from: '/etc/throughline/dashboards',
    to: '/etc/dashboards',
    problem: 'grafana: reads /etc/dashboards, where nothing is mounted',
  },
  {
    name: 'a script that the image does not have',
    path: EXAMPLES,
    from: 'compose/examples/migrate.mjs',
    to: 'compose/examples/migrations.mjs',
    problem: 'migrate: needs compose/examples/migrations.mjs, which does not exist',
  },
  {
    name: 'a volume that is not declared',
    path: BASE,
    from: '\n  grafana:\n  postgres:\n',
    to: '\n  postgres:\n',
    problem: 'the volume grafana is not declared',
  },
  {
    name: 'a volume that nobody uses',
    path: BASE,
    from: '\n  grafana:\n  postgres:\n',
    to: '\n  grafana:\n  postgres:\n  mimir:\n',
    problem: 'nobody uses the volume mimir',
  },
  {
    name: 'an address of a service that there is not',
    path: 'compose/collector/config.yaml',
    from: 'tempo:4317',
    to: 'jaeger:4317',
    problem: 'collector: jaeger:4317: there is no such service',
  },
  {
    name: 'an address at which the service does not listen',
    path: 'compose/collector/config.yaml',
    from: 'http://loki:3100/otlp',
    to: 'http://loki:3101/otlp',
    problem: 'collector: loki:3101: loki does not listen there',
  },
  {
    name: 'metrics of the Collector that are served elsewhere',
    path: 'compose/collector/config.yaml',
    from: 'port: 8888',
    to: 'port: 8889',
    problem: 'prometheus: collector:8888: collector does not listen there',
  },
  {
    name: 'a data source at the wrong port',
    path: SOURCES,
    from: 'http://prometheus:9090',
    to: 'http://prometheus:9091',
    problem: 'grafana: prometheus:9091: prometheus does not listen there',
  },
  {
    name: 'an app that looks for its neighbour at the wrong port',
    path: EXAMPLES,
    from: 'PARTNER_API_URL: http://127.0.0.1:3001',
    to: 'PARTNER_API_URL: http://127.0.0.1:3009',
    problem: 'web: 127.0.0.1:3009: nobody listens there',
  },
  {
    name: 'metrics that only the app itself can reach',
    path: EXAMPLES,
    from: 'THROUGHLINE_METRICS_HOST: 0.0.0.0',
    to: 'THROUGHLINE_METRICS_HOST: 127.0.0.1',
    problem: 'prometheus: examples:9464: examples does not listen there',
  },
  {
    name: 'this machine, which Linux does not know by name',
    path: BASE,
    from: '    extra_hosts: ["host.docker.internal:host-gateway"]',
    to: '    extra_hosts: []',
    problem: 'host.docker.internal:9464: the name needs a line of extra_hosts',
  },
  {
    name: 'a service that may gain privileges',
    path: BASE,
    from: 'no-new-privileges:true',
    to: 'no-new-privileges:false',
    problem: 'grafana: may gain privileges',
  },
  {
    name: 'a service that keeps its capabilities',
    path: EXAMPLES,
    from: '  cap_drop: [ALL]\n',
    to: '',
    problem: 'payments: keeps capabilities',
  },
  {
    name: 'a service whose health nobody checks',
    path: BASE,
    from: '    healthcheck:\n      <<: *probed\n      test: [CMD, /tempo, -health]',
    to: '    labels:\n      <<: *probed\n      test: [CMD, /tempo, -health]',
    problem: 'grafana: waits for the health of tempo, which nobody checks',
  },
  {
    name: 'a service of the catalog that is not scraped',
    path: 'compose/prometheus/services-on-host/examples.yaml',
    from: 'job: partner-api',
    to: 'job: partners',
    problem: 'services-on-host: partner-api of the catalog is not scraped',
  },
  {
    name: 'a job that the rules do not know',
    path: 'compose/prometheus/services-in-containers/examples.yaml',
    from: 'job: partner-api',
    to: 'job: partners',
    problem: 'services-in-containers: partners is no service of the catalog',
  },
  {
    name: 'a Collector that is not scraped',
    path: 'compose/prometheus/prometheus.yaml',
    from: 'job_name: collector',
    to: 'job_name: otel',
    problem: 'prometheus.yaml: collector is not scraped',
  },
  {
    name: 'metrics that are kept for less than an error budget lasts',
    path: BASE,
    from: 'retention.time=31d',
    to: 'retention.time=15d',
    problem: 'prometheus keeps 15 days, budgets need 30',
  },
  {
    name: 'exemplars that are thrown away',
    path: BASE,
    from: '      - --enable-feature=exemplar-storage\n',
    to: '',
    problem: 'prometheus keeps no exemplars',
  },
  {
    name: 'a Collector that keeps a ratio of the errors',
    path: 'compose/collector/config.yaml',
    from: 'status_codes: [ERROR]',
    to: 'status_codes: [OK]',
    problem: 'traces with errors are not kept',
  },
  {
    name: 'a Collector that keeps a ratio of slow requests',
    path: 'compose/collector/config.yaml',
    from: 'type: latency, latency: { threshold_ms: 1000 }',
    to: 'type: always_sample',
    problem: 'slow traces are not kept',
  },
  {
    name: 'a Collector that keeps nothing of what went well',
    path: 'compose/collector/config.yaml',
    from: 'type: probabilistic, probabilistic:',
    to: 'type: trace_flags, trace_flags:',
    problem: 'no share of the other traces is kept',
  },
  {
    name: 'a Collector that decides before a trace can have arrived',
    path: 'compose/collector/config.yaml',
    from: 'decision_wait: 10s',
    to: 'decision_wait: 5s',
    problem: 'decides after 5s, and applications send within 5 s',
  },
  {
    name: 'rules on traces that no trace goes through',
    path: 'compose/collector/config.yaml',
    from: '[memory_limiter, tail_sampling, batch]',
    to: '[memory_limiter, batch]',
    problem:
      'traces go through memory_limiter, batch, and should through memory_limiter, tail_sampling, batch',
  },
  {
    name: 'a Collector that decides on batches',
    path: 'compose/collector/config.yaml',
    from: '[memory_limiter, tail_sampling, batch]',
    to: '[memory_limiter, batch, tail_sampling]',
    problem: 'traces go through memory_limiter, batch, tail_sampling',
  },
  {
    name: 'a Collector that looks at no whole trace',
    path: 'compose/collector/config.yaml',
    from: '\n  tail_sampling:\n',
    to: '\n  tail_sampling/unused:\n',
    problem: 'no processor looks at whole traces',
  },
  {
    name: 'an app that chooses traces before the Collector can',
    path: EXAMPLES,
    from: '      OTEL_SERVICE_NAME: web\n',
    to: '      OTEL_SERVICE_NAME: web\n      OTEL_TRACES_SAMPLER: traceidratio\n',
    problem: 'web: chooses traces before it is known which of them fail',
  },
  {
    name: 'a secret of the apps that is written down',
    path: EXAMPLES,
    from: '${THROUGHLINE_INTERNAL_SECRET:-local-only-local-only}',
    to: 'sesame-sesame-sesame',
    problem: 'web: THROUGHLINE_INTERNAL_SECRET holds a password',
  },
  {
    name: 'a variable that no app reads',
    path: EXAMPLES,
    from: '  THROUGHLINE_CATALOG:',
    to: '  THROUGHLINE_CATALOGUE:',
    problem: 'web: nobody reads THROUGHLINE_CATALOGUE',
  },
  {
    name: 'an app that is scraped under the name of another',
    path: EXAMPLES,
    from: 'THROUGHLINE_METRICS_PORT: "9465"',
    to: 'THROUGHLINE_METRICS_PORT: "9467"',
    problem: 'partner-api: is scraped at examples:9465, serves at 9467',
  },
  {
    name: 'a data source that dashboards and links name, under another uid',
    path: SOURCES,
    from: '    uid: loki\n',
    to: '    uid: logs\n',
    problem: 'there is no data source loki',
  },
  {
    name: 'a link to a data source that there is not',
    path: SOURCES,
    from: 'serviceMap: { datasourceUid: prometheus }',
    to: 'serviceMap: { datasourceUid: mimir }',
    problem: 'there is no data source mimir',
  },
  {
    name: 'time shifts that are reversed',
    path: SOURCES,
    from: 'spanStartTimeShift: "-5m"\n        spanEndTimeShift: "5m"',
    to: 'spanStartTimeShift: "5m"\n        spanEndTimeShift: "-5m"',
    problem: 'shifts the start by 5m and the end by -5m',
  },
  {
    name: 'a time shift without the other',
    path: SOURCES,
    from: '        spanEndTimeShift: "5m"\n        tags:\n          - { key: service.name, value: job }',
    to: '        tags:\n          - { key: service.name, value: job }',
    problem: 'tracesToMetrics shifts the start by -5m and the end by undefined',
  },
  {
    name: 'a graph from which no way leads to a trace',
    path: SOURCES,
    from: 'exemplarTraceIdDestinations:',
    to: 'exemplarDestinations:',
    problem: 'prometheus has no exemplarTraceIdDestinations',
  },
  {
    name: 'dashboards of all teams in one folder',
    path: PROVIDERS,
    from: 'foldersFromFilesStructure: true',
    to: 'foldersFromFilesStructure: false',
    problem: 'a folder of dashboards/ does not become one of Grafana',
  },
  {
    name: 'a key that Alertmanager does not get',
    path: PAGING,
    from: '      - PAGERDUTY_BILLING\n',
    to: '',
    problem: 'alertmanager does not get PAGERDUTY_BILLING',
  },
  {
    name: 'a key that Alertmanager does not need',
    path: PAGING,
    from: '      - PAGERDUTY_BILLING\n',
    to: '      - PAGERDUTY_BILLING\n      - PAGERDUTY_SALES\n',
    problem: 'alerts/alertmanager.yaml needs no PAGERDUTY_SALES',
  },
  {
    name: 'a key from the variable of another team',
    path: PAGING,
    from: '{ environment: PAGERDUTY_DATA }',
    to: '{ environment: PAGERDUTY_GROWTH }',
    problem: 'PAGERDUTY_DATA does not come from the variable of that name',
  },
  {
    name: 'a container into which Compose cannot put secrets',
    path: BASE,
    from: '    image: prom/alertmanager:v0.34.0\n',
    to: '    image: prom/alertmanager:v0.34.0\n    read_only: true\n',
    problem: 'alertmanager is read-only',
  },
  {
    name: 'a password that is written down',
    path: BASE,
    from: '${GRAFANA_ADMIN_PASSWORD:-local-only}',
    to: 'letmein',
    problem: 'grafana: GF_SECURITY_ADMIN_PASSWORD holds a password',
  },
  {
    name: 'another default password than the one that is told',
    path: BASE,
    from: '${POSTGRES_PASSWORD:-local-only}',
    to: '${POSTGRES_PASSWORD:-postgres}',
    problem: 'postgres: POSTGRES_PASSWORD holds a password',
  },
  {
    name: 'a password within an address',
    path: EXAMPLES,
    from: 'postgres://postgres:${POSTGRES_PASSWORD:-local-only}@',
    to: 'postgres://postgres:letmein@',
    problem: 'DATABASE_URL holds a password',
  },
  {
    name: 'a key in .env.example',
    path: 'compose/.env.example',
    from: 'SLACK_WEBHOOK_URL=\n',
    to: 'SLACK_WEBHOOK_URL=https://hooks.example.com/x\n',
    problem: '.env.example: SLACK_WEBHOOK_URL has a value',
  },
  {
    name: 'a variable that .env.example does not tell',
    path: 'compose/.env.example',
    from: 'GRAFANA_ADMIN_PASSWORD=\n',
    to: '',
    problem: '.env.example does not tell GRAFANA_ADMIN_PASSWORD',
  },
  {
    name: 'a variable that nobody reads',
    path: 'compose/.env.example',
    from: 'GRAFANA_ADMIN_PASSWORD=\n',
    to: 'GRAFANA_ADMIN_PASSWORD=\nGRAFANA_PASSWORD=\n',
    problem: '.env.example tells GRAFANA_PASSWORD, which nobody reads',
  },
  {
    name: 'a Compose file that there is not',
    path: 'compose/.env.example',
    from: 'compose.paging.yaml',
    to: 'compose.pager.yaml',
    problem: '.env.example: there is no compose/compose.pager.yaml',
  },
]

test.for(mistakes)('$name is found', ({ path, from, to, problem }) => {
  const text = files.text(path)
  expect(text, `${path} has changed: mend this test`).toContain(from)
  expect(problemsWith(path, text.replaceAll(from, to))).toContainEqual(
    expect.stringContaining(problem),
  )
})

test('a dashboard may name its own variable as data source, and none that there is not', () => {
  const path = 'dashboards/platform/mistake.json'
  const dashboard = (uid: string): string =>
    JSON.stringify({
      panels: [{ datasource: { type: 'prometheus', uid } }],
      templating: { list: [{ name: 'datasource', type: 'datasource' }] },
    })
  const problem = `${path}: there is no data source \${metrics}`
  expect(problemsWith(path, dashboard('${metrics}'))).toContain(problem)
  expect(problemsWith(path, dashboard('${datasource}'))).toEqual([])
})

/** What is said when one file has another text. The generated dashboards are left out: they take most of the time. */
function problemsWith(path: string, text: string): string[] {
  const changed = createFiles(new Map([[path, text]]))
  const sourceOf = (wanted: string): Files => (wanted === path ? changed : files)
  const others = files.paths.filter(other => other !== path && !other.startsWith('dashboards/'))
  return listComposeProblems({
    paths: [...others, path],
    has: files.has,
    text: wanted => sourceOf(wanted).text(wanted),
    yaml: wanted => sourceOf(wanted).yaml(wanted),
    yamlProblems: wanted => sourceOf(wanted).yamlProblems(wanted),
  })
}
