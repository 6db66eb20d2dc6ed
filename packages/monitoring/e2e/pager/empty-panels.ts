/** A panel that asks Prometheus and gets nothing from the running examples. */
export interface EmptyPanel {
  /** Key of its dashboard and its title: `ownership/Overdue reviews`. */
  readonly panel: string
  /** Teams on whose dashboard it is empty. @default every team that has it */
  readonly teams?: readonly string[]
  readonly reason: string
}

const NO_COLLECTOR = 'no OpenTelemetry Collector runs here: the apps send to the test itself'

/** Every panel that is empty there, and why it cannot be otherwise. */
export const EMPTY_PANELS: readonly EmptyPanel[] = [
  { panel: 'telemetry-health/Spans in and out', reason: NO_COLLECTOR },
  { panel: 'telemetry-health/Spans lost in the collector', reason: NO_COLLECTOR },
  { panel: 'telemetry-health/Queue of the collector', reason: NO_COLLECTOR },
  {
    panel: 'ownership/Unowned routes',
    teams: ['data', 'growth'],
    reason: 'the services of the team serve no route that the catalog does not list',
  },
  {
    panel: 'team-home/Routes',
    teams: ['data', 'platform', 'security'],
    reason:
      'no route of data promises a latency, and none of platform and security promises anything, so a column has no budget',
  },
]
