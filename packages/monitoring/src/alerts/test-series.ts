import type { RouteSample } from '../partition/route-sample.ts'
import type { TestSeries } from './alert-rule.ts'

/** A series of a test: its labels, and values in promtool's notation (`1+0x20` is 1, twenty-one times). */
export function testSeries(
  metric: string,
  labels: Readonly<Record<string, string>>,
  values: string,
): TestSeries {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`)
  return { series: pairs.length === 0 ? metric : `${metric}{${pairs.join(',')}}`, values }
}

/** Spacing of the samples of long cases, in place of a minute: within the 5 for which Prometheus takes a sample as current. */
export const LONG_STEP = '4m'

/** Values that stay the same for longer than any case lasts. */
export const constant = (value: number): string => `${value}+0x200`

/** A counter that grows by `perMinute`. */
export const counting = (perMinute: number): string => `0+${perMinute}x200`

/** Labels of the series of one route of a service. */
export const routeLabels = (
  job: string,
  { method, route }: RouteSample,
): Readonly<Record<string, string>> => ({
  job,
  http_request_method: method,
  http_route: route,
})

/** Steps of the calendar: tests of promtool begin in 1970, and end decades later. */
const CALENDAR_STEP_DAYS = 90
const SECONDS_PER_DAY = 86_400

/** The last look before an instant, in seconds since 1970, and the first after it, with the step between looks. */
export function calendarAround(seconds: number): {
  readonly step: string
  readonly before: string
  readonly after: string
} {
  const steps = Math.floor(seconds / SECONDS_PER_DAY / CALENDAR_STEP_DAYS)
  const days = (count: number): string => `${count * CALENDAR_STEP_DAYS}d`
  return { step: days(1), before: days(steps), after: days(steps + 1) }
}
