/** `GET /api/map?minutes=N`: who calls whom, from the spans that are stored. */
export interface ServiceMap {
  /** Seconds that the rates are over. */
  readonly seconds: number
  readonly nodes: readonly MapNode[]
  readonly edges: readonly MapEdge[]
}

export interface MapNode {
  /** `service:web`, `database:postgresql app`, `queue:reports`, `external:payments.example.com`, `browser`. */
  readonly id: string
  readonly name: string
  readonly kind: 'service' | 'database' | 'queue' | 'external' | 'browser'
  readonly team: string | undefined
  /** Whether it sends spans itself. */
  readonly instrumented: boolean
}

/** Calls from one node to another. */
export interface MapEdge {
  readonly from: string
  readonly to: string
  readonly calls: number
  /** Calls each second. */
  readonly rate: number
  readonly errors: number
  readonly p95Ms: number
  /** Teams that answer for the calls. */
  readonly teams: readonly string[]
  /** What the search box takes to list the traces of these calls. */
  readonly search: string
}
