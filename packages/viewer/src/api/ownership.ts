import type { OwnershipReport } from '@throughline/monitoring'
import type { Problem } from '@throughline/catalog'

/** `GET /api/ownership`: who owns what, by the catalog and the rules that follow from it. */
export type OwnershipView =
  | {
      readonly state: 'ready'
      readonly report: OwnershipReport
      readonly unlistedSeen: readonly SeenRoute[]
    }
  /** The catalog is broken. */
  | { readonly state: 'broken'; readonly file: string; readonly problems: readonly Problem[] }
  /** There is none. */
  | { readonly state: 'absent' }

/** A route that spans were seen of and that no line of the catalog lists. */
export interface SeenRoute {
  readonly service: string
  readonly method: string
  readonly route: string
  readonly requests: number
  /** Team that answers for it for now. */
  readonly team: string | undefined
}
