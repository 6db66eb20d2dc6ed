import { type RoutePattern, type Segment, segmentKind } from './route-pattern.ts'

/** Rules, found by request. */
export interface RouteTable<T> {
  /**
   * The most specific rule that matches, or nothing.
   *
   * `path` is a path or a template in any framework's notation. Paths are compared segment by segment from
   * the left: a literal is more specific than a wildcard for one segment, and that than one for the rest, so
   * `/invoices/*` wins over `/:kind/export`. Between rules with the same path, the very method wins over `GET`
   * for a `HEAD` request, and both over any. A wildcard segment of a template is only matched by a wildcard.
   * `method` may be `*`: any rule will do.
   */
  find(method: string, path: string): T | undefined
}

interface Branch<T> {
  readonly literals: Map<string, Branch<T>>
  one: Branch<T> | undefined
  /** Rules that end here, and rules that take whatever follows. */
  readonly ends: Leaf<T>[]
  readonly rests: Leaf<T>[]
}

interface Leaf<T> {
  readonly method: string
  readonly rule: T
}

const createBranch = <T>(): Branch<T> => ({
  literals: new Map(),
  one: undefined,
  ends: [],
  rests: [],
})

/** Of two rules that match the same requests, the first is kept. */
export function createRouteTable<T>(rules: Iterable<readonly [RoutePattern, T]>): RouteTable<T> {
  const root = createBranch<T>()
  for (const [{ method, segments }, rule] of rules) {
    const path = segments.filter(({ kind }) => kind !== 'rest')
    const branch = path.reduce(grow, root)
    const leaves = path.length === segments.length ? branch.ends : branch.rests
    leaves.push({ method, rule })
  }
  return {
    find(method, path) {
      if (path.charCodeAt(0) !== SLASH) return undefined
      const query = path.indexOf('?')
      return walk(root, query === -1 ? path : path.slice(0, query), 1, method)
    },
  }
}

function grow<T>(branch: Branch<T>, segment: Segment): Branch<T> {
  if (segment.kind !== 'literal') return (branch.one ??= createBranch())
  const known = branch.literals.get(segment.text)
  if (known !== undefined) return known
  const created = createBranch<T>()
  branch.literals.set(segment.text, created)
  return created
}

const SLASH = 47

/** Visits each branch at most once, so a request never costs more than the rules there are. */
function walk<T>(branch: Branch<T>, path: string, start: number, method: string): T | undefined {
  let from = start
  while (path.charCodeAt(from) === SLASH) from++
  if (from >= path.length) return pick(branch.ends, method) ?? pick(branch.rests, method)
  const slash = path.indexOf('/', from)
  const to = slash === -1 ? path.length : slash
  const segment = path.slice(from, to)
  const kind = segmentKind(segment)
  if (kind !== 'rest') {
    const next = kind === 'one' ? branch.one : branch.literals.get(segment)
    const found = next === undefined ? undefined : walk(next, path, to + 1, method)
    if (found !== undefined) return found
    if (kind === 'literal' && branch.one !== undefined) {
      const wild = walk(branch.one, path, to + 1, method)
      if (wild !== undefined) return wild
    }
  }
  return pick(branch.rests, method)
}

function pick<T>(leaves: readonly Leaf<T>[], method: string): T | undefined {
  let best: T | undefined
  let rank = 0
  for (const leaf of leaves) {
    const leafRank = rankOf(leaf.method, method)
    if (leafRank > rank) {
      best = leaf.rule
      rank = leafRank
    }
  }
  return best
}

function rankOf(rule: string, requested: string): number {
  if (rule === requested) return 3
  if (rule === 'GET' && requested === 'HEAD') return 2
  return rule === '*' || requested === '*' ? 1 : 0
}
