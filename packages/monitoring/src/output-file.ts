/** One generated file. */
export interface OutputFile {
  /** Path below the folder that is generated into, with `/`: `alerts/billing/alerts.rules.yaml`. */
  readonly path: string
  readonly text: string
}
