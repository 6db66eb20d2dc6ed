import { listInnerPorts, listOpenPorts } from './listening.ts'
import { parsePort } from './ports.ts'
import { listConfigs, type Service, type Stack } from './stack.ts'
import { walk } from './yaml-files.ts'

const HOST_MACHINE = 'host.docker.internal'

interface Address {
  readonly host: string
  readonly port: number
}

/** Addresses that a service is given, by its configuration, environment or command, and at which nobody listens. */
export function listAddressProblems(stack: Stack): string[] {
  return [...stack.services].flatMap(([name, service]) =>
    listAddresses(stack, service).flatMap(address => {
      const problem = checkAddress(stack, name, service, address)
      return problem === undefined
        ? []
        : `${stack.name}: ${name}: ${address.host}:${address.port}: ${problem}`
    }),
  )
}

function checkAddress(
  stack: Stack,
  name: string,
  service: Service,
  { host, port }: Address,
): string | undefined {
  if (host === HOST_MACHINE) {
    return service.extra_hosts?.some(line => line.startsWith(HOST_MACHINE)) === true
      ? undefined
      : 'the name needs a line of extra_hosts'
  }
  if (host === '127.0.0.1') {
    const published = (service.ports ?? []).map(text => parsePort(text)?.published)
    return listInnerPorts(stack, name).has(port) || published.includes(port)
      ? undefined
      : 'nobody listens there'
  }
  if (!stack.services.has(host)) return 'there is no such service'
  return listOpenPorts(stack, host).has(port) ? undefined : `${host} does not listen there`
}

function listAddresses(stack: Stack, service: Service): Address[] {
  const configs = listConfigs(stack, service)
  const { command, environment, healthcheck } = service
  return [command, environment, healthcheck, ...configs].flatMap(value =>
    [...walk(value)].flatMap(entry =>
      typeof entry.value === 'string' ? findAddresses(entry.value) : [],
    ),
  )
}

/** Hosts with a port in a text. `0.0.0.0` is where one listens, and no address to go to. */
function findAddresses(text: string): Address[] {
  const pattern = /(?<![\w.-])(?<host>[a-z][a-z0-9.-]*|127\.0\.0\.1):(?<port>\d+)(?![\w.])/g
  return [...text.matchAll(pattern)].map(({ groups }) => ({
    host: groups?.['host'] ?? '',
    port: Number(groups?.['port']),
  }))
}
