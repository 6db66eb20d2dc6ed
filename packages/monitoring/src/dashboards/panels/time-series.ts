import {
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common'
import { FieldColorBuilder, FieldColorModeId } from '@grafana/grafana-foundation-sdk/dashboard'
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries'
import type { DashboardScope } from '../dashboard-scope.ts'
import { METRICS, type Query, rangeTarget } from '../target.ts'
import { describe, type Panel, type PanelText } from './panel.ts'

/** Values over time. */
export interface TimeSeriesText extends PanelText {
  /** Unit of Grafana: `s`, `reqps`, `percentunit`. */
  readonly unit: string
  readonly queries: readonly Query[]
  /** Whether the series add up to something. @default false */
  readonly stacked?: boolean
  /** Whether values below 0 mean something. @default false */
  readonly signed?: boolean
}

/** Lines over time, with a legend that says the last and the highest value of each. */
export function createTimeSeries(scope: DashboardScope, text: TimeSeriesText): Panel {
  const { unit, queries, stacked = false, signed = false } = text
  const limited = (text.alerts ?? text.steps) !== undefined
  const builder = describe(new PanelBuilder(), scope, text)
    .datasource(METRICS)
    .targets(queries.map(rangeTarget))
    .unit(unit)
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.PaletteClassic))
    .thresholdsStyle(
      new GraphThresholdsStyleConfigBuilder().mode(
        limited ? GraphThresholdsStyleMode.Dashed : GraphThresholdsStyleMode.Off,
      ),
    )
    .fillOpacity(stacked ? 25 : 8)
    .showPoints(VisibilityMode.Never)
    .stacking(
      new StackingConfigBuilder()
        .mode(stacked ? StackingMode.Normal : StackingMode.None)
        .group('A'),
    )
    .legend(
      new VizLegendOptionsBuilder()
        .showLegend(true)
        .displayMode(LegendDisplayMode.Table)
        .placement(LegendPlacement.Bottom)
        .calcs(['lastNotNull', 'max']),
    )
    .tooltip({
      build: () => ({ mode: TooltipDisplayMode.Multi, sort: SortOrder.Descending }),
    })
  return signed ? builder : builder.min(0)
}
