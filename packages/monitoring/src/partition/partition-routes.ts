import type { RoutePattern } from '@throughline/catalog'
import { bySpecificity, overlap, routeRegex } from './route-regex.ts'
import type { RouteSelector } from './route-selector.ts'

/** A rule of the catalog, and the group of routes it puts its requests into; without a group they are part of the remainder. */
export interface GroupedPattern {
  readonly pattern: RoutePattern
  readonly group: string | undefined
}

/** Selectors of one group; together, the groups and the remainder take each series exactly once. */
export interface Partition {
  readonly groups: ReadonlyMap<string, readonly RouteSelector[]>
  /** All that no pattern takes, or one without a group: also requests without a route. */
  readonly remainder: readonly RouteSelector[]
}

/** A method that the patterns name, or `*` for all others. */
type MethodClass = string

/**
 * Splits all requests of a service by the most specific pattern that matches them, as the resolver of the catalog does.
 *
 * Every series is in exactly one part, so that no request is alerted twice or never: what nobody listed is the remainder.
 * One template is read more widely than by the resolver: `*` also takes a catch-all segment such as `[...path]`.
 */
export function partitionRoutes(patterns: readonly GroupedPattern[]): Partition {
  const classes = listClasses(patterns)
  const parts = new Map<string | undefined, Map<string, Pieces>>()
  for (const name of classes) {
    for (const [group, pieces] of partitionClass(applicable(patterns, name))) {
      for (const piece of pieces) addPiece(parts, group, piece, name)
    }
  }
  const select = (group: string | undefined): RouteSelector[] =>
    [...(parts.get(group)?.values() ?? [])].map(({ include, exclude, methods }) => ({
      include,
      exclude,
      ...describeMethods(methods, classes),
    }))
  const names = new Set(patterns.flatMap(({ group }) => group ?? []))
  return {
    groups: new Map([...names].toSorted().map(name => [name, select(name)])),
    remainder: select(undefined),
  }
}

interface Piece {
  readonly include: readonly string[]
  readonly exclude: readonly string[]
}

interface Pieces extends Piece {
  readonly methods: MethodClass[]
}

function listClasses(patterns: readonly GroupedPattern[]): MethodClass[] {
  const named = new Set(patterns.map(({ pattern }) => pattern.method))
  named.delete('*')
  // A rule for GET answers for HEAD as well.
  if (named.has('GET')) named.add('HEAD')
  return [...[...named].toSorted(), '*']
}

/** The patterns that a request of a method can match, the most specific first; of equal paths the nearest method wins. */
function applicable(patterns: readonly GroupedPattern[], method: MethodClass): GroupedPattern[] {
  const rankOf = ({ pattern }: GroupedPattern): number => {
    if (pattern.method === '*') return 2
    if (pattern.method === method) return 0
    return pattern.method === 'GET' && method === 'HEAD' ? 1 : 3
  }
  const ordered = patterns
    .filter(pattern => rankOf(pattern) < 3)
    .toSorted((a, b) => bySpecificity(a.pattern, b.pattern) || rankOf(a) - rankOf(b))
  const seen = new Set<string>()
  return ordered.filter(({ pattern }) => {
    const regex = routeRegex(pattern)
    if (seen.has(regex)) return false
    seen.add(regex)
    return true
  })
}

/** The parts of the requests of one class of methods; `undefined` is the remainder. */
function partitionClass(
  patterns: readonly GroupedPattern[],
): ReadonlyMap<string | undefined, readonly Piece[]> {
  const pieces = new Map<
    string | undefined,
    Map<string, { include: string[]; exclude: string[] }>
  >()
  patterns.forEach(({ pattern, group }, index) => {
    const stronger = patterns
      .slice(0, index)
      .filter(other => other.group !== group && overlap(other.pattern, pattern))
    const isCovered = group === undefined && !patterns.some(other => isBroader(other, pattern))
    if (isCovered) return // The remainder takes it already, since nobody else does.
    const exclude = stronger.map(other => routeRegex(other.pattern)).toSorted()
    const key = exclude.join('|')
    const ofGroup = pieces.get(group) ?? new Map<string, { include: string[]; exclude: string[] }>()
    const piece = ofGroup.get(key) ?? { include: [], exclude }
    piece.include.push(routeRegex(pattern))
    pieces.set(group, ofGroup.set(key, piece))
  })
  const owned = patterns.filter(({ group }) => group !== undefined)
  const outside = {
    include: [],
    exclude: owned.map(({ pattern }) => routeRegex(pattern)).toSorted(),
  }
  return new Map(
    [...new Set([...pieces.keys(), undefined])].map(group => {
      const listed = [...(pieces.get(group)?.values() ?? [])].map(({ include, exclude }) => ({
        include: include.toSorted(),
        exclude,
      }))
      return [group, group === undefined ? [outside, ...listed] : listed] as const
    }),
  )
}

/** Whether a pattern with a group matches requests that `pattern`, which has none, keeps from it. */
function isBroader({ pattern: other, group }: GroupedPattern, pattern: RoutePattern): boolean {
  return group !== undefined && overlap(other, pattern) && bySpecificity(pattern, other) < 0
}

function addPiece(
  parts: Map<string | undefined, Map<string, Pieces>>,
  group: string | undefined,
  piece: Piece,
  method: MethodClass,
): void {
  const key = `${piece.include.join('|')} ${piece.exclude.join('|')}`
  const ofGroup = parts.get(group) ?? new Map<string, Pieces>()
  const known = ofGroup.get(key)
  if (known === undefined) ofGroup.set(key, { ...piece, methods: [method] })
  else known.methods.push(method)
  parts.set(group, ofGroup)
}

/** Methods that a piece holds for: nothing to say when it is all of them. */
function describeMethods(
  methods: readonly MethodClass[],
  classes: readonly MethodClass[],
): Pick<RouteSelector, 'methods'> {
  if (methods.length === classes.length) return {}
  if (!methods.includes('*')) return { methods: { only: true, names: methods } }
  return { methods: { only: false, names: classes.filter(name => !methods.includes(name)) } }
}
