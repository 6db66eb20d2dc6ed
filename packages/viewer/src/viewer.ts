import type { SpanRecord } from '@throughline/otlp'
/** Options of {@link startViewer}. */
export interface ViewerOptions {
  /** Port of OTLP and of the page; 0 takes any free one. @default 4318 */
  readonly port?: number
  /** Address to listen at. Any other than loopback needs a token. @default '127.0.0.1' */
  readonly host?: string
  /** File that keeps what arrives over restarts. @default a temporary one that goes when the viewer stops */
  readonly file?: string
  /** Path of the catalog; it is read again when it changes. */
  readonly catalog?: string
  /** Most spans that are kept. @default 500000 */
  readonly maxSpans?: number
  /** Most bytes of spans and logs that are kept. @default 536870912, 512 MiB */
  readonly maxBytes?: number
  /** Names besides those of the loopback address and `host` by which the viewer is called, as `viewer.example.com`. */
  readonly allowedHosts?: readonly string[]
  /** What a browser and an exporter have to show. @default none on loopback, else a random one */
  readonly token?: string
  /** Gets a copy of the spans of each request, a moment after they are kept. Copying takes as long as keeping them. */
  readonly onTraces?: (spans: readonly SpanRecord[]) => void
  /** Pages of Prometheus metrics that are asked every 15 s for spans that were lost. */
  readonly metricsPages?: readonly string[]
  /** Where else a trace can be looked at; `{traceId}` stands for its id. Grafana is by default that of the catalog's `links.grafana`. */
  readonly links?: { readonly grafana?: string; readonly jaeger?: string; readonly sentry?: string }
  /** Is told in one line what goes wrong beside a request: a page of metrics that cannot be read, a reading thread that ended. @default nobody */
  readonly onNotice?: (line: string) => void
}

/** A running viewer. */
export interface Viewer extends AsyncDisposable {
  /** Address of the page, without the token. */
  readonly url: string
  /** Address that opens the page, with the token where there is one. */
  readonly pageUrl: string
  readonly port: number
  readonly token: string | undefined
  /** Closes the port and removes the temporary store. */
  stop(): Promise<void>
}
