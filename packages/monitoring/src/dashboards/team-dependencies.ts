import type { Dependency } from '@throughline/catalog'
import { escapeRegex } from '../partition/route-regex.ts'
import type { Matchers } from '../promql.ts'
import type { DashboardScope } from './dashboard-scope.ts'
import { anyText } from './queries.ts'

interface ServiceDependency extends Dependency {
  readonly service: string
}

/** Matchers of the calls to hosts that the team answers for; nothing when there are none. */
export function ownHosts(scope: DashboardScope): Matchers | undefined {
  const hosts = listOwn(scope).flatMap(({ host, service }) =>
    host === undefined ? [] : [{ host, service }],
  )
  if (hosts.length === 0) return undefined
  const parts = hosts.map(({ host }) => /^(.+?)(?::(\d+))?$/.exec(host) ?? [])
  const ports = parts.map(([, , port]) => port)
  return {
    job: anyText(hosts.map(({ service }) => service)),
    server_address: anyAddress(parts.map(([, address = '']) => address)),
    // One host without a port stands for all of its ports.
    ...(ports.includes(undefined) ? {} : { server_port: anyText(ports.map(String)) }),
  }
}

/** Matchers of the operations on databases that the team answers for; nothing when there are none. */
export function ownDatabases(scope: DashboardScope): Matchers | undefined {
  const databases = listOwn(scope).flatMap(({ db, service }) =>
    db === undefined ? [] : [{ db, service }],
  )
  if (databases.length === 0) return undefined
  return {
    job: anyText(databases.map(({ service }) => service)),
    // PostgreSQL's conventions write `database|schema`.
    db_namespace: anyOf(databases.map(({ db }) => `${escapeRegex(db)}(?:\\|.*)?`)),
  }
}

/** Names of the queues that the team answers for. */
export const ownQueues = ({ ownership: { catalog }, team }: DashboardScope): string[] =>
  [...catalog.services.values()].flatMap(({ queues }) =>
    queues.filter(queue => queue.team === team).map(({ name }) => name),
  )

const listOwn = ({ ownership: { catalog }, team }: DashboardScope): ServiceDependency[] =>
  [...catalog.services].flatMap(([service, { dependencies }]) =>
    dependencies
      .filter(dependency => dependency.team === team)
      .map(dependency => ({ ...dependency, service })),
  )

/** Matches any of several hosts, of which some may be written `*.host`. */
const anyAddress = (addresses: readonly string[]): string =>
  addresses.some(address => address.startsWith('*.'))
    ? anyOf(addresses.map(addressRegex))
    : anyText(addresses)

const addressRegex = (address: string): string =>
  address.startsWith('*.') ? `.+${escapeRegex(address.slice(1))}` : escapeRegex(address)

const anyOf = (regexes: readonly string[]): string =>
  `~${[...new Set(regexes)].toSorted().join('|')}`
