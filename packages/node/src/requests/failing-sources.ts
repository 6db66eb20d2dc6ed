import { hash, randomBytes } from 'node:crypto'

/** Most sources that are counted at once, those of all routes together. */
const MAX_SOURCES = 2_000
const BUCKET_MS = 30_000
const BUCKETS = 10

/** Who fails how often, for the last five minutes. */
export interface FailingSources {
  /** Counts a failure of `source` on `route`. */
  add(route: string, source: string): void
  /** The most failures that one source has had, by route; routes where none has failed are not there. */
  worst(): ReadonlyMap<string, number>
}

/** One source on one route. Each count is kept by the half minute in which it was made. */
interface Entry {
  key: string
  route: string
  /** Failures that this source surely had. */
  own: number
  ownByBucket: number[]
  /** These and those of the sources that had this place before: what decides who gives way. */
  total: number
  readonly totalByBucket: number[]
}

/**
 * Makes a {@link FailingSources} that strangers cannot make grow, nor blind.
 *
 * Once every place is taken a new source takes the one with the smallest total, and inherits that (the algorithm Space-Saving, made to
 * slide). So whoever sends from ever new addresses pushes out others of that kind, each a little higher than the one
 * before, and only very many of them reach a source that goes on failing: one that makes more than one in 2,000 of all
 * failures stays. What is told of a source is only what it had since it took its place, so that nobody is blamed for
 * others: with more sources than places it may be too low, and is never too high.
 *
 * Sources are kept as hashes with a key that is this process's own, so that no dump of its memory holds an address.
 */
export function createFailingSources(now: () => number = () => performance.now()): FailingSources {
  const secret = randomBytes(16).toString('base64')
  const byKey = new Map<string, Entry>()
  let entries: Entry[] = []
  /** No total is below it. */
  let least = 0
  let cursor = 0
  let bucket = 0

  const advance = (): void => {
    const current = Math.floor(now() / BUCKET_MS)
    const gone = Math.min(current - bucket, BUCKETS)
    if (gone <= 0) return
    for (let step = 1; step <= gone; step += 1) {
      for (const entry of entries) forgetBucket(entry, (bucket + step) % BUCKETS)
    }
    bucket = current
    least = 0
    for (const { key, total } of entries) if (total === 0) byKey.delete(key)
    entries = entries.filter(({ total }) => total > 0)
  }

  const findSmallest = (): Entry => {
    for (;;) {
      for (let tried = 0; tried < entries.length; tried += 1) {
        cursor = (cursor + 1) % entries.length
        const entry = entries[cursor] as Entry
        if (entry.total <= least) return entry
      }
      // Totals only grow until the next half minute, so this is seldom needed.
      least = entries.reduce((smallest, { total }) => Math.min(smallest, total), Infinity)
    }
  }

  const enter = (key: string, route: string): Entry => {
    let entry: Entry
    if (entries.length < MAX_SOURCES) {
      entry = { key, route, own: 0, ownByBucket: empty(), total: 0, totalByBucket: empty() }
      entries.push(entry)
    } else {
      entry = findSmallest()
      byKey.delete(entry.key)
      Object.assign(entry, { key, route, own: 0, ownByBucket: empty() })
    }
    byKey.set(key, entry)
    return entry
  }

  return {
    add(route, source) {
      advance()
      const key = hash('sha256', `${secret}${route}\n${source}`, 'base64')
      const entry = byKey.get(key) ?? enter(key, route)
      count(entry, bucket % BUCKETS)
    },
    worst() {
      advance()
      const worst = new Map<string, number>()
      for (const { route, own } of entries) worst.set(route, Math.max(own, worst.get(route) ?? 0))
      return worst
    },
  }
}

const empty = (): number[] => Array.from({ length: BUCKETS }, () => 0)

function count(entry: Entry, at: number): void {
  entry.own += 1
  entry.total += 1
  entry.ownByBucket[at] = (entry.ownByBucket[at] ?? 0) + 1
  entry.totalByBucket[at] = (entry.totalByBucket[at] ?? 0) + 1
}

function forgetBucket(entry: Entry, at: number): void {
  entry.own -= entry.ownByBucket[at] ?? 0
  entry.total -= entry.totalByBucket[at] ?? 0
  entry.ownByBucket[at] = 0
  entry.totalByBucket[at] = 0
}
