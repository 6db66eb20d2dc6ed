import type { SpanRecord } from '@throughline/otlp'
import type { Viewer, ViewerOptions } from '../viewer.ts'

/** What the thread that serves is started with. Functions cannot go there. */
export interface ServingOptions {
  readonly options: Omit<ViewerOptions, 'onTraces' | 'onNotice'>
  readonly pageFolder: string
  /** Whether somebody wants the spans that come. */
  readonly wantsTraces: boolean
}

/** What the thread says. */
export type ServingMessage =
  | { readonly kind: 'ready'; readonly viewer: ServedAt }
  | { readonly kind: 'refused'; readonly error: Refused }
  | { readonly kind: 'notice'; readonly line: string }
  | { readonly kind: 'traces'; readonly spans: readonly SpanRecord[] }

/** Where the viewer is. */
export type ServedAt = Pick<Viewer, 'url' | 'pageUrl' | 'port' | 'token'>

/** Why there is no viewer; with a code and a fix where it is an error of ours. */
export interface Refused {
  readonly message: string
  readonly stack: string | undefined
  readonly known: { readonly code: string; readonly fix: string } | undefined
}
