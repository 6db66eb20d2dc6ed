import {
  HEADER_TRACEPARENT,
  HEADER_TRACESTATE,
  TRACESTATE_KEY_THROUGHLINE,
} from '@throughline/conventions'

/** A trace as the server gives it. */
interface GivenTrace {
  readonly traceId: string
  readonly parentId: string
  /** In hexadecimal, as in `traceparent`; `00` is not sampled. */
  readonly flags: string
  /** What proves that the server gave it. */
  readonly signature: string
}

/** The trace that a page belongs to: one that the server gave, or one that only the page knows yet. */
export interface PageTrace
  extends
    Pick<GivenTrace, 'traceId' | 'flags'>,
    Partial<Pick<GivenTrace, 'parentId' | 'signature'>> {
  /** Span of the page itself. */
  readonly spanId: string
  /** Until when the server takes the signature, in milliseconds since the page began. */
  readonly validUntil: number
}

/** How long the server takes a signature; `PAGE_SIGNATURE_VALID_MS` of `@throughline/node`. */
export const SIGNATURE_VALID_MS: number = 15 * 60 * 1000

/** A trace that only this page knows: the server answers its first report with one that it signs. */
export const createTrace = (): PageTrace => ({
  traceId: randomHex(16),
  spanId: randomHex(8),
  flags: '01',
  validUntil: Infinity,
})

/** The trace in the document, as Next.js renders it; undefined where it is not this page's. */
export function readDocumentTrace(): PageTrace | undefined {
  const given = readTrace(
    name => document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content,
  )
  return given && !isFromCache(readNavigation())
    ? { ...given, spanId: randomHex(8), validUntil: SIGNATURE_VALID_MS }
    : undefined
}

/** The trace in what `read` gives of each of its two headers. */
export function readTrace(
  read: (name: string) => string | null | undefined,
): GivenTrace | undefined {
  const [, traceId, parentId, flags] =
    /^00-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})$/.exec(read(HEADER_TRACEPARENT) ?? '') ?? []
  const signature = (read(HEADER_TRACESTATE) ?? '')
    .split(/\s*,\s*/)
    .find(member => member.startsWith(`${TRACESTATE_KEY_THROUGHLINE}=`))
    ?.slice(TRACESTATE_KEY_THROUGHLINE.length + 1)
  return traceId && parentId && flags && signature
    ? { traceId, parentId, flags, signature }
    : undefined
}

/** How the page was loaded, as far as that is over. */
export const readNavigation = (): PerformanceNavigationTiming | undefined =>
  performance.getEntriesByType('navigation')[0]

/**
 * Whether a document came from a cache of the browser, whole or after it asked whether it has changed: then it is of
 * another request, which may be long past.
 */
export const isFromCache = (
  navigation:
    | (Pick<PerformanceNavigationTiming, 'type' | 'transferSize' | 'encodedBodySize'> & {
        readonly deliveryType?: string
      })
    | undefined,
): boolean =>
  navigation !== undefined &&
  (navigation.type === 'back_forward' ||
    navigation.deliveryType === 'cache' ||
    navigation.transferSize < navigation.encodedBodySize)

/** A random id of so many bytes. */
export const randomHex = (bytes: number): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(bytes)), byte =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
