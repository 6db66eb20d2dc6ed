import type { MapEdge, MapNode, ServiceMap } from '../api/service-map.ts'
import type { CatalogReading } from '../live-catalog.ts'
import type { CallGroup, CallTarget } from '../store/store.ts'
import { percentile } from './percentile.ts'

/** What the map is drawn from. */
export interface MapInput {
  readonly calls: readonly CallGroup[]
  /** Services that send spans. */
  readonly services: readonly string[]
  readonly catalog: CatalogReading
  /** Seconds that the rates are over. */
  readonly seconds: number
}

type Node = Pick<MapNode, 'id' | 'name' | 'kind'>

/** All groups of calls between the same two. */
interface Flow {
  readonly from: Node
  readonly to: Node
  readonly groups: CallGroup[]
}

const BROWSER: Node = { id: 'browser', name: 'browser', kind: 'browser' }

/** Who calls whom. */
export function createServiceMap({ calls, services, catalog, seconds }: MapInput): ServiceMap {
  const flows = new Map<string, Flow>()
  for (const group of calls) {
    const from = group.from === BROWSER.id ? BROWSER : serviceNode(group.from)
    const to = nodeOf(group.target, catalog)
    const key = JSON.stringify([from.id, to.id])
    const flow = flows.get(key) ?? { from, to, groups: [] }
    flow.groups.push(group)
    flows.set(key, flow)
  }
  const sending = new Set(services)
  const nodes = new Map(services.map(name => [`service:${name}`, serviceNode(name)]))
  for (const { from, to } of flows.values()) nodes.set(from.id, from).set(to.id, to)
  return {
    seconds,
    nodes: [...nodes.values()].map(node => ({
      ...node,
      team: teamOf(node, [...flows.values()], catalog),
      instrumented: node.kind === 'browser' || (node.kind === 'service' && sending.has(node.name)),
    })),
    edges: [...flows.values()].map(flow => edgeOf(flow, seconds)),
  }
}

const serviceNode = (name: string): Node => ({ id: `service:${name}`, name, kind: 'service' })

function nodeOf({ kind, name }: CallTarget, catalog: CatalogReading): Node {
  // A host of the catalog is its service, also where that has never sent a span.
  const service =
    kind === 'external' && catalog.state === 'ready'
      ? catalog.resolver.serviceByHost(name)
      : undefined
  return service === undefined ? { id: `${kind}:${name}`, name, kind } : serviceNode(service)
}

function edgeOf({ from, to, groups }: Flow, seconds: number): MapEdge {
  const sortedMs = groups.flatMap(({ durationsMs }) => durationsMs).toSorted((a, b) => a - b)
  return {
    from: from.id,
    to: to.id,
    calls: sortedMs.length,
    rate: sortedMs.length / seconds,
    errors: groups.reduce((sum, { errors }) => sum + errors, 0),
    p95Ms: percentile(sortedMs, 0.95),
    teams: [...new Set(groups.flatMap(({ teams }) => teams))],
    search: searchOf(from, to, groups),
  }
}

/** Both ends as terms where they are services, else as words that stand on the call's span. */
function searchOf(from: Node, to: Node, groups: readonly CallGroup[]): string {
  const caller = from.kind === 'service' ? [`service:${quoted(from.name)}`] : []
  if (to.kind === 'service' && groups.every(({ target }) => target.kind === 'service')) {
    return [...caller, `service:${quoted(to.name)}`].join(' ')
  }
  const words = new Set(
    groups.flatMap(({ target: { kind, name } }) =>
      kind === 'database' ? name.split(' ') : [name],
    ),
  )
  return [...caller, ...[...words].map(quoted)].join(' ')
}

const quoted = (word: string): string =>
  /^\w[\w./-]*(:\d+)?$/.test(word) ? word : `"${word.replaceAll(/["\\]/g, '\\$&')}"`

/** Team of a node by the catalog, else the only one that answers for calls to it. */
function teamOf(node: Node, flows: readonly Flow[], catalog: CatalogReading): string | undefined {
  if (catalog.state === 'ready' && node.kind === 'service') {
    return catalog.resolver.role(node.name, 'productionFix').team
  }
  if (catalog.state === 'ready' && node.kind === 'queue') {
    return catalog.resolver.queue(undefined, node.name).team
  }
  const incoming = flows.filter(({ to }) => to.id === node.id)
  const teams = new Set(incoming.flatMap(({ groups }) => groups.flatMap(group => group.teams)))
  const [team] = teams
  return teams.size === 1 ? team : undefined
}
