/** A link between neighbouring layers. */
export interface Link {
  readonly from: string
  readonly to: string
}

const SWEEPS = 12

/** Each layer from top to bottom, so that few links cross: by the middle of a node's neighbours, from either side in turn. */
export function orderLayers(
  layers: readonly (readonly string[])[],
  links: readonly Link[],
): readonly (readonly string[])[] {
  const callers = neighbours(links.map(({ from, to }) => [to, from]))
  const callees = neighbours(links.map(({ from, to }) => [from, to]))
  let current = layers
  let best = layers
  let fewest = countCrossings(layers, callees)
  for (let sweep = 0; sweep < SWEEPS && fewest > 0; sweep += 1) {
    const isRightwards = sweep % 2 === 0
    current = sweepLayers(current, isRightwards ? callers : callees, isRightwards)
    const crossings = countCrossings(current, callees)
    if (crossings < fewest) {
      fewest = crossings
      best = current
    }
  }
  return best
}

type Neighbours = ReadonlyMap<string, readonly string[]>

function neighbours(pairs: readonly (readonly [string, string])[]): Neighbours {
  const groups = Map.groupBy(pairs, ([id]) => id)
  return new Map([...groups].map(([id, some]) => [id, some.map(([, other]) => other)]))
}

function sweepLayers(
  layers: readonly (readonly string[])[],
  linked: Neighbours,
  isRightwards: boolean,
): readonly (readonly string[])[] {
  const placed = new Map<string, number>()
  const sorted = (isRightwards ? layers : layers.toReversed()).map(layer => {
    const middles = new Map(
      layer.map((id, place) => {
        const places = (linked.get(id) ?? []).flatMap(other => placed.get(other) ?? [])
        // One without neighbours there stays where it is.
        return [id, places.length === 0 ? place : meanOf(places)]
      }),
    )
    const ordered = layer.toSorted((a, b) => (middles.get(a) ?? 0) - (middles.get(b) ?? 0))
    for (const [place, id] of ordered.entries()) placed.set(id, place)
    return ordered
  })
  return isRightwards ? sorted : sorted.toReversed()
}

export const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

/** How many pairs of links cross. */
export function countCrossings(
  layers: readonly (readonly string[])[],
  callees: Neighbours,
): number {
  let crossings = 0
  for (const [index, layer] of layers.entries()) {
    const places = new Map((layers[index + 1] ?? []).map((id, place) => [id, place]))
    const ends: number[] = []
    for (const id of layer) {
      const targets = (callees.get(id) ?? []).flatMap(other => places.get(other) ?? [])
      for (const target of targets) crossings += ends.filter(end => end > target).length
      ends.push(...targets)
    }
  }
  return crossings
}
