import { METHODS } from '@throughline/catalog'
import type { Ownership } from '../ownership.ts'
import type { Series } from './alert-scope.ts'

/** One thing that alerts can be about, in either of two versions of a catalog. */
export interface Subject {
  /** As a reader would name it: `web POST /api/billing/plan`, `web db app`, `queue reports`. */
  readonly name: string
  readonly series: Series
  /** The labels that tell it from others of the service; none for the service as a whole. */
  readonly by: readonly string[]
}

const BY_ROUTE = ['http_request_method', 'http_route']

/** A route that no catalog lists. */
const NOWHERE = '/no/line/lists/this'

/** Service of the alerts that are about no service. */
const ALL = 'all'

/** Everything of a service that alerts can be about, in both versions, each once. */
export function listSubjects(versions: readonly Ownership[], service: string): readonly Subject[] {
  const subjects =
    service === ALL ? versions.flatMap(generalSubjects) : serviceSubjects(versions, service)
  return [...new Map(subjects.map(subject => [subject.name, subject])).values()]
}

function generalSubjects({ catalog }: Ownership): Subject[] {
  return [
    { name: 'the monitoring itself', series: {}, by: [] },
    ...[...catalog.teams.keys()].map(team => ({
      name: `team ${team}`,
      series: { team },
      by: ['team'],
    })),
  ]
}

function serviceSubjects(versions: readonly Ownership[], service: string): Subject[] {
  const listsNoWhere = versions.some(
    ({ resolver }) => resolver.route(service, 'GET', NOWHERE).unowned === 'unlisted',
  )
  const elsewhere: Subject = {
    name: `${service}, routes that no line lists`,
    series: { job: service, http_request_method: 'GET', http_route: NOWHERE },
    by: BY_ROUTE,
  }
  return [
    { name: service, series: { job: service }, by: [] },
    ...versions.flatMap(version => [
      ...routeSubjects(version, service),
      ...queueSubjects(version, service),
      ...dependencySubjects(version, service),
    ]),
    ...(listsNoWhere ? [elsewhere] : []),
  ]
}

function routeSubjects({ catalog, resolver }: Ownership, service: string): Subject[] {
  const { routes = [] } = catalog.services.get(service) ?? {}
  return routes.map(({ match }) => {
    const path = match.text.slice(match.text.indexOf('/'))
    // A pattern for any method leaves to others the methods that they name.
    const isDecided = (method: string): boolean =>
      resolver.route(service, method, path).decidedBy?.rule === match.text
    const method = match.method === '*' ? (METHODS.find(isDecided) ?? 'GET') : match.method
    return {
      name: `${service} ${match.text}`,
      series: { job: service, http_request_method: method, http_route: path },
      by: BY_ROUTE,
    }
  })
}

function queueSubjects({ catalog }: Ownership, service: string): Subject[] {
  const { queues = [] } = catalog.services.get(service) ?? {}
  return queues.map(({ name }) => ({
    name: `${service} queue ${name}`,
    series: { job: service, queue: name },
    by: ['queue'],
  }))
}

function dependencySubjects({ catalog }: Ownership, service: string): Subject[] {
  const { dependencies = [] } = catalog.services.get(service) ?? {}
  return dependencies.map(({ host, db = '' }) => {
    if (host === undefined) {
      const series = { job: service, db_namespace: db }
      return { name: `${service} db ${db}`, series, by: ['db_namespace'] }
    }
    const { address = host, port = '443' } =
      /^(?<address>.+?)(?::(?<port>\d+))?$/.exec(host)?.groups ?? {}
    return {
      name: `${service} host ${host}`,
      series: { job: service, server_address: address.replace(/^\*/, 'any'), server_port: port },
      by: ['server_address', 'server_port'],
    }
  })
}
