import type { RouteRow } from '../../src/api/routes.ts'

/** Whether a route keeps all that it promises; `none` where it promises nothing. */
export type PromiseState = 'met' | 'missed' | 'unknown' | 'none'

/** One promise that is missed is enough; one that nobody can judge yet leaves the rest in doubt. */
export function promiseState({ objectives }: RouteRow): PromiseState {
  const states = objectives.map(({ state }) => state)
  if (states.length === 0) return 'none'
  if (states.includes('missed')) return 'missed'
  return states.includes('unknown') ? 'unknown' : 'met'
}

export const PROMISE_WORDS: Readonly<Record<PromiseState, string>> = {
  met: 'met',
  missed: 'missed',
  unknown: 'not enough data',
  none: 'none',
}
