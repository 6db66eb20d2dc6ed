/** How much may come: so many at once, and so many a second in the long run. */
export interface Rate {
  readonly burst: number
  readonly perSecond: number
}

/** What a {@link RateLimiter} allows. */
export interface RateLimiterOptions {
  readonly perSource: Rate
  /** Of all sources together. */
  readonly inAll: Rate
  /** Most sources that are remembered; the one that was heard of first is forgotten for another. */
  readonly maxSources: number
  /** In milliseconds, by a clock that only goes forward. @default performance.now */
  readonly now?: () => number
}

/** Allows each source, and all of them together, so much. */
export interface RateLimiter {
  /** Takes one of what `source` may do: 0, or after how many seconds it may try again. */
  take(source: string): number
}

interface Bucket {
  tokens: number
  filledAt: number
}

/** Makes a {@link RateLimiter} of token buckets. Callers whose source is not known share the one of an empty source. */
export function createRateLimiter({
  perSource,
  inAll,
  maxSources,
  now = () => performance.now(),
}: RateLimiterOptions): RateLimiter {
  const fill = (bucket: Bucket | undefined, { burst, perSecond }: Rate, at: number): Bucket => {
    if (bucket === undefined) return { tokens: burst, filledAt: at }
    const gained = ((at - bucket.filledAt) / 1000) * perSecond
    return { tokens: Math.min(burst, bucket.tokens + gained), filledAt: at }
  }
  const secondsUntilNext = ({ tokens }: Bucket, { perSecond }: Rate): number =>
    tokens >= 1 ? 0 : Math.ceil((1 - tokens) / perSecond)

  const sources = new Map<string, Bucket>()
  let all: Bucket | undefined
  return {
    take(source) {
      const at = now()
      const own = fill(sources.get(source), perSource, at)
      all = fill(all, inAll, at)
      const wait = secondsUntilNext(own, perSource) || secondsUntilNext(all, inAll)
      if (wait === 0) {
        own.tokens -= 1
        all.tokens -= 1
      }
      if (!sources.has(source) && sources.size >= maxSources) {
        const [first = ''] = sources.keys()
        sources.delete(first)
      }
      sources.set(source, own)
      return wait
    },
  }
}
