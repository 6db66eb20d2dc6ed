import { TooltipDisplayMode } from '@grafana/grafana-foundation-sdk/common'
import {
  CellValuesBuilder,
  HeatmapColorMode,
  HeatmapColorOptionsBuilder,
  HeatmapTooltipBuilder,
  PanelBuilder,
  YAxisConfigBuilder,
} from '@grafana/grafana-foundation-sdk/heatmap'
import type { DashboardScope } from '../dashboard-scope.ts'
import { heatmapTarget, METRICS } from '../target.ts'
import { describe, type Panel, type PanelText } from './panel.ts'

/** How values are spread over a histogram's buckets. */
export interface HeatmapText extends PanelText {
  /** Unit of the buckets' bounds. */
  readonly unit: string
  /** One series for each bucket. */
  readonly expr: string
}

/** A column for each moment, darker where more of the values are; traces are marked on it. */
export const createHeatmap = (scope: DashboardScope, text: HeatmapText): Panel =>
  describe(new PanelBuilder(), scope, text)
    .datasource(METRICS)
    .targets([heatmapTarget(text.expr)])
    .color(
      new HeatmapColorOptionsBuilder()
        .mode(HeatmapColorMode.Scheme)
        .scheme('Blues')
        .fill('dark-blue')
        .steps(64)
        .exponent(0.5)
        .reverse(false),
    )
    .yAxis(new YAxisConfigBuilder().unit(text.unit))
    .cellValues(new CellValuesBuilder().unit('reqps'))
    .tooltip(new HeatmapTooltipBuilder().mode(TooltipDisplayMode.Single).yHistogram(true))
    .showLegend()
    .unit(text.unit)
