/** How the service behaves, so that others can see what becomes of them. */
export type Mode = 'normal' | 'slow' | 'failing'

/** What `slow` adds to each request, in milliseconds. */
export const SLOW_MS = 1_500

const MODES: readonly string[] = ['normal', 'slow', 'failing'] satisfies Mode[]

/** Whether `value` names a mode. */
export function isMode(value: unknown): value is Mode {
  return typeof value === 'string' && MODES.includes(value)
}
