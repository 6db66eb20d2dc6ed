import type { Files } from './files.ts'
import { listOpenPorts } from './listening.ts'
import { listTableRows } from './readme.ts'
import { listTargets, ON_HOST } from './scraped-services.ts'
import { EXAMPLES, listComposeFiles, readComposeFile, type Stack } from './stack.ts'
import { listMissing } from './missing.ts'

/** A port as Compose publishes it, `127.0.0.1:3300:3000`. */
export interface PublishedPort {
  readonly address: string
  readonly published: number
  readonly inside: number
}

/** Undefined for what is not of the form `address:port:port`. */
export function parsePort(text: string): PublishedPort | undefined {
  const { address, published, inside } =
    /^(?<address>[\d.]+):(?<published>\d+):(?<inside>\d+)$/.exec(text)?.groups ?? {}
  if (address === undefined) return undefined
  return { address, published: Number(published), inside: Number(inside) }
}

/** Published ports that others can reach, that collide, that lead nowhere, or that README.md does not tell. */
export function listPortProblems(files: Files, stacks: readonly Stack[]): string[] {
  const ports = listPublished(files)
  return [
    ...ports
      .filter(({ port }) => port?.address !== '127.0.0.1')
      .map(({ at, text }) => `${at}: ${text} is not on 127.0.0.1 alone`),
    ...listCollisions(files, ports),
    ...listDeadPorts(stacks),
    ...listUntoldPorts(files, ports),
  ]
}

interface Publication {
  readonly at: string
  readonly file: string
  readonly service: string
  readonly text: string
  readonly port: PublishedPort | undefined
}

function listPublished(files: Files): Publication[] {
  return listComposeFiles(files).flatMap(file =>
    Object.entries(readComposeFile(files, file).services).flatMap(([service, { ports = [] }]) =>
      ports.map(text => ({
        at: `${file}: ${service}`,
        file,
        service,
        text,
        port: parsePort(text),
      })),
    ),
  )
}

/** The stack without the example apps must run beside them, where they run on this machine. */
function listCollisions(files: Files, ports: readonly Publication[]): string[] {
  const published = ports.map(({ port }) => port?.published)
  const apps = new Set([
    ...listAppPorts(files),
    ...ports.filter(({ file }) => file === EXAMPLES).map(({ port }) => port?.published),
  ])
  return ports.flatMap(({ at, file, text, port }, index) => [
    ...(published.indexOf(port?.published) < index ? [`${at}: ${text} is published twice`] : []),
    ...(file !== EXAMPLES && apps.has(port?.published)
      ? [`${at}: ${text} is a port of the example apps`]
      : []),
  ])
}

/** Ports of this machine that the catalog gives to services, or that are scraped there. */
function listAppPorts(files: Files): number[] {
  const { services } = files.yaml('examples/ownership.yaml') as {
    readonly services: Readonly<Record<string, { readonly hosts?: readonly string[] }>>
  }
  const hosts = Object.values(services).flatMap(service => service.hosts ?? [])
  const scraped = listTargets(files, ON_HOST).map(({ address }) => address)
  return [...hosts, ...scraped].map(address => Number(address.split(':')[1]))
}

function listDeadPorts(stacks: readonly Stack[]): string[] {
  return stacks.flatMap(stack =>
    [...stack.services].flatMap(([name, { ports = [] }]) =>
      ports
        .map(parsePort)
        .filter(port => port !== undefined && !listOpenPorts(stack, name).has(port.inside))
        .map(port => `${stack.name}: ${name} publishes ${port?.inside}, where it does not listen`),
    ),
  )
}

function listUntoldPorts(files: Files, ports: readonly Publication[]): string[] {
  const told = new Set(
    listTableRows(files, 'address').map(([address, name]) => `${address} ${name}`),
  )
  const used = new Set(
    ports.map(({ port, service }) => `${port?.address}:${port?.published} ${service}`),
  )
  return [
    ...listMissing(used, told).map(port => `compose/README.md does not list ${port}`),
    ...listMissing(told, used).map(port => `compose/README.md lists ${port}, which nobody has`),
  ]
}
