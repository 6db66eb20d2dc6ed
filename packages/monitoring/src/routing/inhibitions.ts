import type { AlertName } from '../alerts/alert-list.ts'
import { ALERTS } from '../alerts/alert-list.ts'

/** While one alert fires, others say nothing new. */
export interface Inhibition {
  readonly source: AlertName
  readonly targets: readonly AlertName[]
  /** Labels that both must have alike: without them, one alert would silence the whole company. */
  readonly equal: readonly [string, ...string[]]
  readonly reason: string
}

const ROUTE = ['service', 'http_request_method', 'http_route'] as const
const INSTANCE = ['service', 'instance'] as const

const causesBut = (source: AlertName): AlertName[] =>
  (Object.keys(ALERTS) as AlertName[]).filter(
    name => name !== source && ALERTS[name].kind === 'cause',
  )

/** Every inhibition. Those that cross teams leave out `team`, and say why another team need not know. */
export const INHIBITIONS: readonly Inhibition[] = [
  {
    source: 'AvailabilityBurnFast',
    targets: ['AvailabilityBurnMedium', 'AvailabilityBurnSlow'],
    equal: ['team', ...ROUTE, 'slo'],
    reason: 'The same failures, measured over a longer window.',
  },
  {
    source: 'AvailabilityBurnMedium',
    targets: ['AvailabilityBurnSlow'],
    equal: ['team', ...ROUTE, 'slo'],
    reason: 'The same failures, measured over a longer window.',
  },
  {
    source: 'AvailabilityBurnFast',
    targets: ['HttpErrorRatioHigh'],
    equal: ['team', ...ROUTE],
    reason: 'The same failures, held against a fixed limit.',
  },
  {
    source: 'LatencyBurnFast',
    targets: ['LatencyBurnMedium', 'LatencyBurnSlow'],
    equal: ['team', ...ROUTE, 'slo'],
    reason: 'The same slowness, measured over a longer window.',
  },
  {
    source: 'LatencyBurnMedium',
    targets: ['LatencyBurnSlow'],
    equal: ['team', ...ROUTE, 'slo'],
    reason: 'The same slowness, measured over a longer window.',
  },
  {
    source: 'LatencyBurnFast',
    targets: ['HttpLatencyHigh'],
    equal: ['team', ...ROUTE],
    reason: 'The same slowness, held against a fixed limit.',
  },
  {
    source: 'ServiceTelemetryMissing',
    targets: ['HttpTrafficStopped', ...causesBut('ServiceTelemetryMissing')],
    equal: ['service'],
    reason:
      'What nobody can see is no cause: whoever else is told of this service would look at nothing.',
  },
  {
    source: 'TokenVerificationFailing',
    targets: ['AuthFailuresSpike'],
    equal: ['team', 'service'],
    reason: 'Whose credentials cannot be verified is turned away, and counted with the others.',
  },
  {
    source: 'HeapNearLimit',
    targets: ['HeapGrowing', 'GcTimeHigh'],
    equal: [...INSTANCE],
    reason:
      'A heap at its limit has grown, and is collected all the time: whoever fixes production is on it.',
  },
  {
    source: 'EventLoopSaturated',
    targets: ['EventLoopDelayHigh'],
    equal: ['team', ...INSTANCE],
    reason: 'A loop that never waits answers late.',
  },
  {
    source: 'DatabasePoolExhausted',
    targets: ['DatabasePoolWaiting'],
    equal: [...INSTANCE, 'db_client_connection_pool_name'],
    reason: 'The same callers wait, and more of them: whoever fixes production is on it.',
  },
  {
    source: 'DatabaseErrorRatioHigh',
    targets: ['DatabaseOperationsSlow'],
    equal: ['team', 'service', 'db_namespace'],
    reason: 'Operations that fail by a timeout are slow.',
  },
  {
    source: 'QueueStalled',
    targets: ['QueueBacklogGrowing', 'QueueWaitTooLong'],
    equal: ['team', 'service', 'queue'],
    reason: 'Where no job is done, jobs pile up and wait.',
  },
  {
    source: 'DependencyErrorRatioHigh',
    targets: ['DependencySlow'],
    equal: ['team', 'service', 'server_address', 'server_port'],
    reason: 'Calls that fail by a timeout are slow.',
  },
  {
    source: 'CollectorDown',
    targets: ['CollectorExportFailing', 'CollectorQueueNearlyFull', 'CollectorRefusing'],
    equal: ['team', 'service'],
    reason: 'A collector that does not answer hands on nothing.',
  },
  {
    source: 'CollectorDown',
    targets: ['SpansDropped', 'LogsDropped'],
    equal: ['team'],
    reason: 'Applications drop what no collector takes.',
  },
  {
    source: 'CollectorExportFailing',
    targets: ['CollectorQueueNearlyFull', 'CollectorRefusing'],
    equal: ['team', 'service'],
    reason: 'What cannot be handed on fills the queue, and then is refused.',
  },
]
