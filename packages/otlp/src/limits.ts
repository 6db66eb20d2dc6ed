/** How deep attributes may nest; deeper ones are an attack, not telemetry. */
export const MAX_DEPTH = 32

/**
 * How many messages, or objects and lists of JSON, a request may hold. Two bytes make one, and one takes two hundred
 * bytes once it is read, so the size of a body alone would not bound the memory. 20 MiB of spans hold some 600,000.
 */
export const MAX_PARTS = 1_000_000
