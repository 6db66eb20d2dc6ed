import { formatDuration } from '@throughline/trace/format-duration'
import type { MapEdge, MapNode, ServiceMap } from '../../src/api/service-map.ts'
import { searchTerm } from '../location/paths.ts'
import { counted } from '@throughline/monitoring/report-words'
import { formatRate, formatShare } from '../parts/rate.ts'
import { formatCount } from '../parts/count-text.ts'

/** `3 services and 4 others, 9 connections: 62 of 4,100 calls failed, 58 of them from web to payments; the slowest p95 is …` */
export function summarizeMap({ nodes, edges }: ServiceMap): string {
  const services = nodes.filter(({ kind }) => kind === 'service').length
  const others = nodes.length - services
  const calls = edges.reduce((sum, edge) => sum + edge.calls, 0)
  const errors = edges.reduce((sum, edge) => sum + edge.errors, 0)
  const worst = edges.toSorted((a, b) => b.errors - a.errors)[0]
  const slowest = edges.toSorted((a, b) => b.p95Ms - a.p95Ms)[0]
  const nameOf = createNames(nodes)
  const what = [
    counted(services, 'service'),
    ...(others === 0 ? [] : [counted(others, 'other')]),
  ].join(' and ')
  if (worst === undefined || slowest === undefined) return `${what}: no call between them.`
  const share = worst.errors === errors ? '' : ` ${formatCount(worst.errors)} of them`
  const failures =
    errors === 0
      ? 'no call failed'
      : `${formatCount(errors)} of ${formatCount(calls)} calls failed,${share} from ${nameOf(worst.from)} to ${nameOf(worst.to)}`
  return `${what}, ${counted(edges.length, 'connection')}: ${failures}; the slowest p95 is ${nameOf(slowest.from)} to ${nameOf(slowest.to)} at ${formatDuration(slowest.p95Ms)}.`
}

/** Name of a node by its id. */
export function createNames(nodes: readonly MapNode[]): (id: string) => string {
  const names = new Map(nodes.map(({ id, name }) => [id, name]))
  return id => names.get(id) ?? id
}

/** `web calls payments.example.com 2 /min; 61 of 120 (51 %) failed; p95 1.20 s; billing answers for it` */
export function sayEdge(edge: MapEdge, nameOf: (id: string) => string): string {
  const { from, to, calls, rate, errors, p95Ms, teams } = edge
  return [
    `${nameOf(from)} calls ${nameOf(to)} ${formatRate(rate)}`,
    errors === 0
      ? `none of ${counted(calls, 'call')} failed`
      : `${formatCount(errors)} of ${formatCount(calls)} (${formatShare(errors, calls)}) failed`,
    `p95 ${formatDuration(p95Ms)}`,
    ...(teams.length === 0
      ? []
      : [`${teams.join(', ')} ${teams.length === 1 ? 'answers' : 'answer'} for it`]),
  ].join('; ')
}

const KIND_WORDS: Readonly<Record<MapNode['kind'], string>> = {
  service: 'service',
  database: 'database',
  queue: 'queue',
  external: 'external',
  browser: 'browser',
}

/** `postgresql app: database, not instrumented; team data` */
export function sayNode({ name, kind, instrumented, team }: MapNode): string {
  const parts = [
    KIND_WORDS[kind],
    ...(instrumented ? [] : ['seen only from outside']),
    ...(team === undefined ? [] : [`team ${team}`]),
  ]
  return `${name}: ${parts.join(', ')}`
}

/** What the search box takes to list the traces that a node is part of. */
export function nodeSearch({ kind, name }: MapNode): string {
  if (kind === 'service') return searchTerm('service', name)
  const words = kind === 'database' ? name.split(' ') : [name]
  return words.map(word => (/^[\w./-]+(:\d+)?$/.test(word) ? word : `"${word}"`)).join(' ')
}
