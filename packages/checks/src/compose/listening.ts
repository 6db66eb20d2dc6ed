import { listConfigs, type Service, type Stack } from './stack.ts'
import { isMap, walk } from './yaml-files.ts'

/** Ports of programs whose configuration here names none, by repository of the image. */
const DEFAULT_PORTS: Readonly<Record<string, number>> = {
  'grafana/grafana': 3000,
  postgres: 5432,
  'prom/alertmanager': 9093,
  'prom/prometheus': 9090,
}

/** Ports at which other containers reach a service, by its own configuration, or by what its program does without one. */
export function listOpenPorts(stack: Stack, name: string): ReadonlySet<number> {
  const service = serviceOf(stack, name)
  const standard = DEFAULT_PORTS[service.image?.split(':')[0] ?? '']
  const metrics = listNeighbours(stack, name)
    .filter(({ environment }) => environment?.['THROUGHLINE_METRICS_HOST'] === '0.0.0.0')
    .map(({ environment }) => Number(environment?.['THROUGHLINE_METRICS_PORT']))
  return new Set([
    ...(standard === undefined ? [] : [standard]),
    ...listConfiguredPorts(stack, service),
    ...(service.command ?? []).filter(part => /^\d+$/.test(part)).map(Number),
    ...metrics,
  ])
}

/** Ports that a service finds on its own 127.0.0.1, those of the services that share its network included. */
export function listInnerPorts(stack: Stack, name: string): ReadonlySet<number> {
  const host = networkOf(serviceOf(stack, name)) ?? name
  const ports = listNeighbours(stack, host).flatMap(
    ({ environment }) => environment?.['PORT'] ?? [],
  )
  return new Set([...listOpenPorts(stack, host), ...ports.map(Number)])
}

/** Name of the service whose network this one shares. */
export function networkOf({ network_mode: mode }: Service): string | undefined {
  return mode?.startsWith('service:') === true ? mode.slice('service:'.length) : undefined
}

function listNeighbours(stack: Stack, name: string): Service[] {
  return [...stack.services.values()].filter(service => networkOf(service) === name)
}

function serviceOf(stack: Stack, name: string): Service {
  const service = stack.services.get(name)
  if (service === undefined) throw new Error(`${stack.name} has no service ${name}`)
  return service
}

/** Listening addresses are written as `0.0.0.0:4317`, as a host beside a port, or as `http_listen_port`. */
function listConfiguredPorts(stack: Stack, service: Service): number[] {
  return listConfigs(stack, service).flatMap(config =>
    [...walk(config)].flatMap(({ key, value }) => {
      if (typeof value === 'string') {
        const [, port] = /^0\.0\.0\.0:(\d+)$/.exec(value) ?? []
        return port === undefined ? [] : Number(port)
      }
      if (typeof value === 'number') return key === 'http_listen_port' ? value : []
      const isAddress = isMap(value) && value['host'] === '0.0.0.0'
      return isAddress && typeof value['port'] === 'number' ? value['port'] : []
    }),
  )
}
