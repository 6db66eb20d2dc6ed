import {
  BigValueColorMode,
  BigValueGraphMode,
  BigValueTextMode,
  ReduceDataOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common'
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/stat'
import type { DashboardScope } from '../dashboard-scope.ts'
import { METRICS, type Query, rangeTarget } from '../target.ts'
import { describe, type Panel, type PanelText } from './panel.ts'

const HEIGHT = 4

/** One number. */
export interface StatText extends PanelText {
  readonly unit: string
  readonly query: Query
}

/** The last value of a query as one big number, with its course behind it. */
export const createStat = (scope: DashboardScope, text: StatText): Panel =>
  describe(new PanelBuilder(), scope, { height: HEIGHT, ...text })
    .datasource(METRICS)
    .targets([rangeTarget(text.query, 0)])
    .unit(text.unit)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']))
    .colorMode(BigValueColorMode.Value)
    .graphMode(BigValueGraphMode.Area)
    .textMode(BigValueTextMode.Auto)
