import { dirname } from 'node:path'
import { readNames } from '../names.ts'
import type { Files } from './files.ts'
import { networkOf } from './listening.ts'
import { IN_CONTAINERS, listTargets, ON_HOST, type Target } from './scraped-services.ts'
import { BASE, EXAMPLES, readComposeFile, readStack, type Service } from './stack.ts'
import { listMissing } from './missing.ts'

const CONFIG = 'compose/prometheus/prometheus.yaml'

interface PrometheusConfig {
  readonly rule_files: readonly string[]
  readonly scrape_configs: readonly { readonly job_name: string }[]
}

/** What rules about the stack itself select by `job`. */
const OWN_JOBS = ['alertmanager', 'collector', 'prometheus']
/** Objectives are measured over as many days. */
const BUDGET_DAYS = 30

/** What keeps a rule from finding its series: a service that is not scraped under its name, or not kept for long enough. */
export function listScrapingProblems(files: Files): string[] {
  return [
    ...[ON_HOST, IN_CONTAINERS].flatMap(folder => listJobProblems(files, folder)),
    ...listOwnJobProblems(files),
    ...listRuleProblems(files),
    ...listFlagProblems(files),
    ...listExampleProblems(files),
  ]
}

/** The services of the catalog that are ours to measure, each once. */
function listJobProblems(files: Files, folder: string): string[] {
  const { services } = files.yaml('examples/ownership.yaml') as {
    readonly services: Readonly<Record<string, { readonly kind: string }>>
  }
  const wanted = Object.keys(services).filter(name => services[name]?.kind !== 'external')
  const jobs = listTargets(files, folder).map(({ job }) => job ?? 'no job')
  return [
    ...wanted
      .filter(name => !jobs.includes(name))
      .map(name => `${folder}: ${name} of the catalog is not scraped`),
    ...jobs
      .filter((job, index) => !wanted.includes(job) || jobs.indexOf(job) < index)
      .map(job => `${folder}: ${job} is no service of the catalog, or is there twice`),
  ]
}

function listOwnJobProblems(files: Files): string[] {
  const jobs = readConfig(files).scrape_configs.map(job => job.job_name)
  return OWN_JOBS.filter(name => !jobs.includes(name)).map(
    name => `${CONFIG}: ${name} is not scraped`,
  )
}

/** Prometheus refuses a star in the middle of a path, so that the folder of each team is named. */
function listRuleProblems(files: Files): string[] {
  const patterns = new Set(
    readConfig(files).rule_files.map(path => path.replace('/etc/prometheus/', '')),
  )
  const rules = files.paths.filter(path => /^alerts\/[\w-]+\/[\w-]+\.rules\.yaml$/.test(path))
  const needed = new Set(rules.map(path => `${dirname(path)}/*.rules.yaml`))
  return [
    ...listMissing(needed, patterns).map(pattern => `${CONFIG}: ${pattern} is not loaded`),
    ...listMissing(patterns, needed).map(pattern => `${CONFIG}: there is no ${pattern}`),
  ]
}

function readConfig(files: Files): PrometheusConfig {
  return files.yaml(CONFIG) as PrometheusConfig
}

function listFlagProblems(files: Files): string[] {
  const { command = [] } = readComposeFile(files, BASE).services['prometheus'] ?? {}
  const days = Number(/retention\.time=(\d+)d/.exec(command.join(' '))?.[1] ?? 0)
  return [
    ...(days > BUDGET_DAYS
      ? []
      : [`${BASE}: prometheus keeps ${days} days, budgets need ${BUDGET_DAYS}`]),
    ...(command.includes('--enable-feature=exemplar-storage')
      ? []
      : [`${BASE}: prometheus keeps no exemplars`]),
  ]
}

/** The example apps in containers: at the ports that they have outside, and by variables that there are. */
function listExampleProblems(files: Files): string[] {
  const { services } = readStack(files, [BASE, EXAMPLES])
  const known = new Set(readNames('environment').map(({ name }) => name))
  const inside = listTargets(files, IN_CONTAINERS)
  const outside = listTargets(files, ON_HOST)
  return [...services].flatMap(([name, service]) => {
    const variables = Object.keys(service.environment ?? {})
    const unknown = variables.filter(key => /^(?:OTEL|THROUGHLINE)_/.test(key) && !known.has(key))
    return [
      ...unknown.map(key => `${EXAMPLES}: ${name}: nobody reads ${key}`),
      ...checkMetricsPort(service, inside, outside).map(
        problem => `${EXAMPLES}: ${name}: ${problem}`,
      ),
    ]
  })
}

function checkMetricsPort(
  service: Service,
  inside: readonly Target[],
  outside: readonly Target[],
): string[] {
  const { OTEL_SERVICE_NAME: job, THROUGHLINE_METRICS_PORT: port } = service.environment ?? {}
  if (job === undefined) return []
  const here = inside.find(target => target.job === job)?.address
  const there = outside.find(target => target.job === job)?.address.split(':')[1]
  return [
    ...(here === `${networkOf(service)}:${port}`
      ? []
      : [`is scraped at ${here}, serves at ${port}`]),
    ...(there === port ? [] : [`serves at ${port}, and outside of containers at ${there}`]),
  ]
}
