import type { Severity } from '../alerts/alert-list.ts'

/** A severity that a team is told of. */
export type ToldSeverity = Exclude<Severity, 'none'>

/** From the most urgent to the least. */
export const TOLD_SEVERITIES: readonly ToldSeverity[] = ['page', 'ticket', 'notice']

/** Gets whatever names no team of the catalog. */
export const UNROUTED = 'unrouted'

/** Gets the alert that always fires. */
export const WATCHDOG = 'watchdog'

/** Name of the receiver that gets the alerts of a team with a severity. */
export function receiverOf(team: string, severity: ToldSeverity): string {
  return `${team}-${severity}`
}
