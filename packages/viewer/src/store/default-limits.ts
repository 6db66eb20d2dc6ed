import type { StoreLimits } from './store.ts'

/** How much is kept where nobody says otherwise: half a million spans, and 512 MiB. */
export const DEFAULT_STORE_LIMITS: StoreLimits = { maxSpans: 500_000, maxBytes: 512 * 1024 * 1024 }
