import { METRIC_HTTP_SERVER_REQUEST_DURATION } from '@throughline/conventions'

const BUCKETS = METRIC_HTTP_SERVER_REQUEST_DURATION.buckets ?? []

/**
 * Upper bound in seconds of the histogram's bucket at which a limit is measured: the next at or above it, so that a request
 * within the limit never counts as slow. Beyond the last bucket it is the last.
 */
export function bucketAtOrAbove(seconds: number): number {
  return BUCKETS.find(bound => bound >= seconds) ?? BUCKETS.at(-1) ?? seconds
}
