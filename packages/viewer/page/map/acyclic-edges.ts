/** Who calls whom, by id. */
export interface Arc {
  readonly from: string
  readonly to: string
}

/** An arc that goes rightwards in the drawing: turned round where it would close a cycle. */
export interface DirectedArc extends Arc {
  readonly turned: boolean
}

/**
 * Arcs without cycles: those that lead back to where a walk came from are turned round, and those to themselves are left out. The walk goes
 * from nodes that nobody calls, by name, so that the same graph always gives the same.
 */
export function breakCycles(ids: readonly string[], arcs: readonly Arc[]): readonly DirectedArc[] {
  const targets = Map.groupBy(
    arcs.filter(({ from, to }) => from !== to).toSorted(byEnds),
    ({ from }) => from,
  )
  const called = new Set([...targets.values()].flat().map(({ to }) => to))
  const names = ids.toSorted()
  const open = new Set<string>()
  const done = new Set<string>()
  const found: DirectedArc[] = []
  const visit = (id: string): void => {
    open.add(id)
    for (const { from, to } of targets.get(id) ?? []) {
      if (open.has(to)) {
        found.push({ from: to, to: from, turned: true })
        continue
      }
      found.push({ from, to, turned: false })
      if (!done.has(to)) visit(to)
    }
    open.delete(id)
    done.add(id)
  }
  for (const id of [...names.filter(name => !called.has(name)), ...names]) {
    if (!done.has(id)) visit(id)
  }
  return found
}

const byEnds = (left: Arc, right: Arc): number =>
  left.from.localeCompare(right.from) || left.to.localeCompare(right.to)

/** Column of each node: one more than the furthest of those that call it. */
export function assignLayers(
  ids: readonly string[],
  arcs: readonly DirectedArc[],
): ReadonlyMap<string, number> {
  const callers = Map.groupBy(arcs, ({ to }) => to)
  const layers = new Map<string, number>()
  const layerOf = (id: string): number => {
    const known = layers.get(id)
    if (known !== undefined) return known
    const before = (callers.get(id) ?? []).map(({ from }) => layerOf(from))
    const layer = Math.max(-1, ...before) + 1
    layers.set(id, layer)
    return layer
  }
  for (const id of ids) layerOf(id)
  return layers
}
