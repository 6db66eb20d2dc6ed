/**
 * What a browser tells the route that receives it: one version of one closed shape.
 *
 * Times are milliseconds since the page began, by the browser's steady clock.
 */
export interface BrowserReport {
  readonly v: 1
  /** The browser's clock as it sends, in milliseconds since 1970. */
  readonly sent: number
  /** The time as it sends. */
  readonly now: number
  /** Path of the page as it was loaded. */
  readonly path: string
  /** Trace of the page as `traceparent`, with the span of the page itself. */
  readonly trace: string
  /** What proves that we gave the page this trace; a page without one is given a trace by its report. */
  readonly signature?: string
  readonly items: readonly ReportItem[]
}

/** Most items of one report, and most characters of the texts in them: the page cuts them, and more is refused. */
export const MAX_ITEMS = 100
export const MAX_NAME = 100
export const MAX_PATH = 1_000
export const MAX_MESSAGE = 500
export const MAX_STACK = 2_000

/** One thing that happened in a page. */
export type ReportItem = PageLoad | PageResume | PageCall | PageVital | PageError

/** The page was loaded. */
export interface PageLoad {
  readonly kind: 'load'
  /** Span of the server that rendered it, in the same trace. */
  readonly parent?: string
  /** How long until it was loaded, or was left before that. */
  readonly d: number
  /** When each of {@link PAGE_LOAD_MARKS} was passed; 0 where it was not. */
  readonly marks: readonly number[]
}

/** What the browser passes while it loads a page, in the order of {@link PageLoad.marks}. */
export const PAGE_LOAD_MARKS = [
  'domainLookupStart',
  'domainLookupEnd',
  'connectStart',
  'connectEnd',
  'requestStart',
  'responseStart',
  'responseEnd',
  'domContentLoadedEventEnd',
  'loadEventEnd',
] as const

/** The page goes on in a trace of its own: it was shown again, or has been open for longer than a trace is continued. */
export interface PageResume {
  readonly kind: 'resume'
  readonly t: number
}

/** The page called its own server. */
export interface PageCall {
  readonly kind: 'call'
  readonly id: string
  readonly t: number
  readonly d: number
  readonly method: string
  readonly path: string
  readonly status?: number
  /** Name of the error, where there was no answer. */
  readonly error?: string
}

/** A web vital is known: `ttfb`, `fcp`, `lcp` and `inp` in milliseconds, `cls` as a ratio. */
export interface PageVital {
  readonly kind: 'vital'
  readonly t: number
  readonly name: 'ttfb' | 'fcp' | 'lcp' | 'inp' | 'cls'
  readonly value: number
}

/** Nothing in the page handled an error. */
export interface PageError {
  readonly kind: 'error'
  readonly t: number
  /** Path of the page as the browser shows it then. */
  readonly path: string
  readonly type: string
  readonly message: string
  readonly stack?: string
}
