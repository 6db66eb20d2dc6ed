import { LogsSortOrder } from '@grafana/grafana-foundation-sdk/common'
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/dashboard'
import { PanelBuilder as LogsPanelBuilder } from '@grafana/grafana-foundation-sdk/logs'
import { PanelBuilder as TablePanelBuilder } from '@grafana/grafana-foundation-sdk/table'
import { PanelBuilder as TextPanelBuilder, TextMode } from '@grafana/grafana-foundation-sdk/text'
import { table } from '../../markdown.ts'
import type { DashboardScope } from '../dashboard-scope.ts'
import { LOGS, logTarget, TRACES, traceTarget } from '../target.ts'
import { describe, type Panel, type PanelText } from './panel.ts'

/** Log lines that a LogQL query finds. */
export const createLogs = (
  scope: DashboardScope,
  text: PanelText & { readonly query: string },
): Panel =>
  describe(new LogsPanelBuilder(), scope, text)
    .datasource(LOGS)
    .targets([logTarget(text.query)])
    .showTime(true)
    .enableLogDetails(true)
    .wrapLogMessage(true)
    .sortOrder(LogsSortOrder.Descending)

/** Traces that a TraceQL query finds; each opens with a click. */
export const createTraces = (
  scope: DashboardScope,
  text: PanelText & { readonly query: string },
): Panel =>
  describe(new TablePanelBuilder(), scope, text)
    .datasource(TRACES)
    .targets([traceTarget(text.query)])
    // A click on a trace opens it; with another link, it would ask first.
    .dataLinks([])

/** A table for a text in Markdown, of cells that are Markdown already; a word instead when it has no rows. */
export const renderTable = (
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string => (rows.length === 0 ? 'None.' : table(head, rows).join('\n'))

/** A text in Markdown. */
export const createText = (
  scope: DashboardScope,
  text: PanelText & { readonly markdown: string },
): Panel =>
  describe(new TextPanelBuilder(), scope, text).mode(TextMode.Markdown).content(text.markdown)

/** Alerts that are pending or fire, of every source that Grafana knows. */
export const createAlertList = (
  scope: DashboardScope,
  text: PanelText & { readonly labels: string },
): Panel =>
  describe(new PanelBuilder().type('alertlist'), scope, text).options({
    viewMode: 'list',
    groupMode: 'default',
    groupBy: [],
    maxItems: 30,
    sortOrder: 3, // by importance
    dashboardAlerts: false,
    alertName: '',
    alertInstanceLabelFilter: text.labels,
    showInstances: true,
    stateFilter: { firing: true, pending: true, noData: false, normal: false, error: true },
  })
