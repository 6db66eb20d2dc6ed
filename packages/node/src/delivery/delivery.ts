/** Why something never reached the collector, as a metric label. */
export type DropReason = 'queue_full' | 'refused' | 'timeout' | 'throttled' | 'rejected' | 'failed'

/** What came of sending a batch once. */
export type Delivery =
  | {
      readonly outcome: 'taken'
      /** How many of the batch the collector left out; they are not to be sent again. */
      readonly rejected: number
      /** What the collector has to say, although it took the batch. */
      readonly remark: string | undefined
    }
  /** The collector said no; the same batch would get the same answer again. */
  | { readonly outcome: 'refused'; readonly reason: DropReason; readonly detail: string }
  /** Nobody can tell, or it was asked to come back later. */
  | {
      readonly outcome: 'failed'
      readonly reason: DropReason
      readonly detail: string
      /** How long the collector asked to be left alone, in milliseconds. */
      readonly retryAfterMs: number | undefined
    }

/** Is told what becomes of what is sent. */
export interface DeliveryListener {
  /** So many are lost for good. */
  readonly onDropped: (count: number, reason: DropReason, detail: string) => void
  /** A batch was sent twice or more without success, and is kept to be sent again. */
  readonly onDelayed: (reason: DropReason, detail: string) => void
  readonly onRemark: (remark: string) => void
}
