/** Numbers that look random and are the same in every run. */
export interface Random {
  /** Whole number from 0 to below `below`. */
  below(below: number): number
  /** Whether something happens that does so with `probability`. */
  chance(probability: number): boolean
  pick<T>(items: readonly T[]): T
  /** From 0 to `most` items that `make` makes. */
  some<T>(most: number, make: (index: number) => T): T[]
}

/** Mulberry32. */
export function createRandom(seed: number): Random {
  let state = seed
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  return {
    below,
    chance: probability => next() < probability,
    pick<T>(items: readonly T[]): T {
      if (items.length === 0) throw new RangeError('there is nothing to pick from')
      return items[below(items.length)] as T
    },
    some: (most, make) => Array.from({ length: below(most + 1) }, (_, index) => make(index)),
  }
}
