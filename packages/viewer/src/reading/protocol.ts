import type { ConfiguredLinks, Stored } from '../api/meta.ts'

/** Something to be read from the store. */
export type ReadRequest =
  | { readonly kind: 'meta'; readonly stored: Stored }
  | {
      readonly kind: 'traces'
      readonly search: string
      readonly before: string | undefined
      readonly limit: number
    }
  | { readonly kind: 'count'; readonly search: string; readonly after: number }
  | { readonly kind: 'trace'; readonly traceId: string }
  | { readonly kind: 'span'; readonly traceId: string; readonly spanId: string }
  | { readonly kind: 'export'; readonly traceId: string }
  /** Over all that is stored without `minutes`. */
  | { readonly kind: 'routes' | 'map'; readonly minutes: number | undefined }
  | { readonly kind: 'ownership' }

/** What came of it: a body in JSON, with the status that goes with it. */
export interface ReadAnswer {
  readonly status: number
  readonly body: Uint8Array<ArrayBuffer>
}

/** What reading knows beside the store. */
export interface ReadingOptions {
  /** File of the store. */
  readonly path: string
  readonly catalog: string | undefined
  readonly links: Partial<ConfiguredLinks>
  /** What is said of the viewer itself. */
  readonly viewer: {
    readonly version: string
    readonly startedAtMs: number
    readonly endpoint: string
    readonly limits: { readonly maxSpans: number; readonly maxBytes: number }
  }
}

/** An answer of text that is JSON, in memory of its own: it is handed over, not copied. */
export function textAnswer(status: number, json: string): ReadAnswer {
  return { status, body: new TextEncoder().encode(json) }
}

/** An answer of what can be written as JSON. */
export function jsonAnswer(status: number, value: object): ReadAnswer {
  return textAnswer(status, JSON.stringify(value))
}
