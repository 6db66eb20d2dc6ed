import { type Link, meanOf } from './layer-order.ts'

const ROUNDS = 8

/** What {@link placeLayers} has to know of each thing that stands in a layer. */
export interface Extent {
  readonly heightPx: number
}

/** Top of each thing: near the middle of its neighbours, in the order of its layer, and nowhere closer than the gap. */
export function placeLayers(
  layers: readonly (readonly string[])[],
  links: readonly Link[],
  extentOf: (id: string) => Extent,
  gapPx: number,
): ReadonlyMap<string, number> {
  const linked = Map.groupBy(
    links.flatMap(({ from, to }) => [
      { id: from, other: to },
      { id: to, other: from },
    ]),
    ({ id }) => id,
  )
  const tops = new Map<string, number>()
  const centre = (id: string): number => (tops.get(id) ?? 0) + extentOf(id).heightPx / 2
  for (const layer of layers) placeInOrder(layer, () => 0)
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const layer of round % 2 === 0 ? layers : layers.toReversed()) {
      placeInOrder(layer, id => {
        const others = (linked.get(id) ?? []).map(({ other }) => centre(other))
        return (others.length === 0 ? centre(id) : meanOf(others)) - extentOf(id).heightPx / 2
      })
    }
  }
  const highest = Math.min(0, ...tops.values())
  return new Map([...tops].map(([id, top]) => [id, top - highest]))

  /** Puts what would overlap into blocks, each where its members want to be in the middle. */
  function placeInOrder(layer: readonly string[], wish: (id: string) => number): void {
    interface Block {
      readonly ids: readonly string[]
      readonly wishes: readonly number[]
      readonly sizePx: number
    }
    const topOf = ({ wishes }: Block): number => meanOf(wishes)
    const blocks: Block[] = []
    for (const id of layer) {
      let block: Block = { ids: [id], wishes: [wish(id)], sizePx: extentOf(id).heightPx + gapPx }
      for (
        let above = blocks.at(-1);
        above !== undefined && topOf(above) + above.sizePx > topOf(block);
        above = blocks.at(-1)
      ) {
        const { sizePx } = above
        block = {
          ids: [...above.ids, ...block.ids],
          wishes: [...above.wishes, ...block.wishes.map(top => top - sizePx)],
          sizePx: sizePx + block.sizePx,
        }
        blocks.pop()
      }
      blocks.push(block)
    }
    for (const block of blocks) {
      let top = topOf(block)
      for (const id of block.ids) {
        tops.set(id, top)
        top += extentOf(id).heightPx + gapPx
      }
    }
  }
}
