import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog'
import {
  TableCellDisplayMode,
  TableCellHeight,
  TableSortByFieldStateBuilder,
} from '@grafana/grafana-foundation-sdk/common'
import {
  type DataTransformerConfig,
  type DynamicConfigValue,
  ThresholdsMode,
} from '@grafana/grafana-foundation-sdk/dashboard'
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/table'
import type { DashboardScope } from '../dashboard-scope.ts'
import { METRICS, refId, tableTarget } from '../target.ts'
import { describe, type Panel, type PanelText, type Step } from './panel.ts'

/** A column that a label fills. */
export interface LabelColumn {
  readonly label: string
  readonly title: string
}

/** A column that a query fills, one value for each combination of the labels. */
export interface ValueColumn {
  readonly title: string
  readonly expr: string
  readonly unit: string
  readonly steps?: readonly Step[]
}

/** A table of what queries give at the end of the time that is shown. */
export interface TableText extends PanelText {
  readonly labels: readonly LabelColumn[]
  /** At least one; all give the same labels. */
  readonly values: readonly ValueColumn[]
  /** Title of the column by which it is sorted, the highest first. */
  readonly sortBy?: string
}

/** One row for each combination of labels that any of the queries gives. */
export function createTable(scope: DashboardScope, text: TableText): Panel {
  const { labels, values, sortBy } = text
  const builder = describe(new PanelBuilder(), scope, text)
    .datasource(METRICS)
    .targets(values.map(({ expr }, index): Builder<Dataquery> => tableTarget(expr, index)))
    .transformations(arrange(labels, values))
    .cellHeight(TableCellHeight.Sm)
    .filterable(true)
  for (const column of values) builder.overrideByName(column.title, lookOf(column))
  if (sortBy !== undefined)
    builder.sortBy([new TableSortByFieldStateBuilder().displayName(sortBy).desc(true)])
  return builder
}

/** One row for each series of a query, of which only labels say something. */
export const createLabelTable = (
  scope: DashboardScope,
  { labels, expr, ...text }: PanelText & Pick<TableText, 'labels'> & { readonly expr: string },
): Panel =>
  describe(new PanelBuilder(), scope, text)
    .datasource(METRICS)
    .targets([tableTarget(expr, 0)])
    .transformations(arrange(labels, []))
    .cellHeight(TableCellHeight.Sm)
    .unit('string')
    .filterable(true)

/** Joins the queries by their labels, and names and orders the columns. */
function arrange(
  labels: readonly LabelColumn[],
  values: readonly ValueColumn[],
): DataTransformerConfig[] {
  // Grafana calls the value of the only query of a panel "Value", and those of several by their names.
  const field = (index: number): string => (values.length > 1 ? `Value #${refId(index)}` : 'Value')
  const columns = [
    ...labels.map(({ label, title }) => [label, title] as const),
    ...values.map(({ title }, index) => [field(index), title] as const),
  ]
  const organize = {
    excludeByName: { Time: true, ...(values.length === 0 ? { Value: true } : {}) },
    indexByName: Object.fromEntries(columns.map(([name], index) => [name, index])),
    renameByName: Object.fromEntries(columns),
  }
  return [
    { id: 'merge', options: {} },
    { id: 'organize', options: organize },
  ]
}

function lookOf({ unit, steps }: ValueColumn): DynamicConfigValue[] {
  const look: DynamicConfigValue[] = [{ id: 'unit', value: unit }]
  if (steps === undefined) return look
  return [
    ...look,
    { id: 'thresholds', value: { mode: ThresholdsMode.Absolute, steps } },
    { id: 'custom.cellOptions', value: { type: TableCellDisplayMode.ColorText } },
  ]
}
