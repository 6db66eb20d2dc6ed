/** Why a report is not taken, as a label of the metric that counts it. */
export type Refusal = 'cross_site' | 'rate_limited' | 'content_type' | 'too_large' | 'malformed'

/** What each is answered with. */
export const STATUS_OF_REFUSAL: Readonly<Record<Refusal, number>> = {
  cross_site: 403,
  rate_limited: 429,
  content_type: 415,
  too_large: 413,
  malformed: 400,
}
