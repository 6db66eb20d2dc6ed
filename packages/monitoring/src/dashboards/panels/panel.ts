import { createHash } from 'node:crypto'
import type { Builder } from '@grafana/grafana-foundation-sdk/cog'
import {
  type DashboardLink,
  type Panel as PanelModel,
  type ThresholdsConfig,
  ThresholdsConfigBuilder,
  ThresholdsMode,
} from '@grafana/grafana-foundation-sdk/dashboard'
import { type AlertName, ALERTS } from '../../alerts/alert-list.ts'
import { type Threshold, THRESHOLDS } from '../../thresholds.ts'
import type { DashboardScope } from '../dashboard-scope.ts'
import { buildLink, type DataLink, runbookLink } from '../data-links.ts'

export type Panel = Builder<PanelModel>

/** From which value on a panel changes its colour; the first has no value. */
export interface Step {
  readonly value: number | null
  readonly color: 'green' | 'yellow' | 'orange' | 'red' | 'blue'
}

/** What every panel says of itself. */
export interface PanelText {
  /** Unique on its dashboard: the panel's id, and so links to it, follow from it. */
  readonly title: string
  /** What it tells, and what to do about it. */
  readonly says: string
  /** In columns of 24; the panels of a row fill whole lines, and those of a line are of one height. */
  readonly width: number
  /** @default 8 */
  readonly height?: number
  /** Alerts that watch what it shows: the limit of the first is drawn, the runbook of each is linked. */
  readonly alerts?: readonly AlertName[]
  /** Colours, where they are not those of an alert's limit. */
  readonly steps?: readonly Step[]
  readonly links?: readonly DataLink[]
  /** Shown where there is nothing. @default 'No data' */
  readonly noValue?: string
}

/** What the SDK's builders of panels have in common. */
interface PanelSetters {
  id(id: number): this
  title(title: string): this
  description(description: string): this
  span(width: number): this
  height(height: number): this
  noValue(text: string): this
  thresholds(thresholds: Builder<ThresholdsConfig>): this
  dataLinks(links: Builder<DashboardLink>[]): this
  links(links: Builder<DashboardLink>[]): this
}

/** Fills in what every panel has: id, texts with the owner, size, colours and links. */
export function describe<B extends PanelSetters>(
  builder: B,
  scope: DashboardScope,
  { title, says, width, height = 8, alerts = [], steps, links = [], noValue }: PanelText,
): B {
  const runbooks = alerts.flatMap(alert => runbookLink(scope, alert))
  return (
    builder
      .id(panelId(title))
      .title(title)
      .description(`${says}\n\n${scope.owner}`)
      .span(width)
      .height(height)
      .noValue(noValue ?? 'No data')
      .thresholds(
        new ThresholdsConfigBuilder()
          .mode(ThresholdsMode.Absolute)
          .steps([...(steps ?? stepsOf(alerts))]),
      )
      .dataLinks([...links, ...runbooks].map(buildLink))
      // A panel without data has nothing to click, and its runbook is wanted most.
      .links(runbooks.map(buildLink))
  )
}

/** For what has no limit. */
export const CALM: readonly Step[] = [{ value: null, color: 'green' }]
/** For a number that is neither good nor bad. */
export const NEUTRAL: readonly Step[] = [{ value: null, color: 'blue' }]

/** Green below the limit of an alert, red from there on. */
function stepsOf([first]: readonly AlertName[]): Step[] {
  const limits: Partial<Record<AlertName, Threshold>> = THRESHOLDS
  const limit = first === undefined ? undefined : limits[first]
  if (limit === undefined) return [...CALM]
  const color = first !== undefined && ALERTS[first].severity === 'page' ? 'red' : 'orange'
  return [...CALM, { value: limit.value, color }]
}

const MOST_IDS = 1_000_000

/** A small number for a panel that stays as long as its title does, however panels move: people link to it. */
export function panelId(title: string): number {
  return 1 + (createHash('sha256').update(title).digest().readUInt32BE() % MOST_IDS)
}
