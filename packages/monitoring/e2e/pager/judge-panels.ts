import { basename, dirname } from 'node:path'
import { EMPTY_PANELS, type EmptyPanel } from './empty-panels.ts'
import type { AskedPanel } from './panels.ts'

/** What is to be said of the panels of all dashboards. */
export interface Verdict {
  /** Share of the panels that ask Prometheus whose every query returned data. */
  readonly share: number
  readonly report: string
  /** Panels that are empty and not listed, and those that are listed and not empty. */
  readonly problems: readonly string[]
}

/** Holds what panels returned against the list of those that cannot return anything. */
export function judgePanels(panels: readonly AskedPanel[]): Verdict {
  const asking = panels.filter(({ queries }) =>
    queries.some(({ source }) => source === 'prometheus'),
  )
  const empty = asking.filter(panel => panel.empty.length > 0)
  const full = asking.length - empty.length
  const share = full / asking.length
  const listed = (panel: AskedPanel): EmptyPanel | undefined =>
    EMPTY_PANELS.find(entry => isAbout(entry, panel))
  return {
    share,
    report: [
      `${full} of ${asking.length} panels that ask Prometheus return data: ${(share * 100).toFixed(1)} %`,
      `${panels.length - asking.length} more ask Loki or Tempo, which do not run here`,
      ...EMPTY_PANELS.map(entry => {
        const count = empty.filter(panel => isAbout(entry, panel)).length
        return `empty: ${entry.panel} (${count}): ${entry.reason}`
      }),
    ].join('\n'),
    problems: [
      ...empty
        .filter(panel => listed(panel) === undefined)
        .map(panel => `${nameOf(panel)} is empty: ${panel.empty.join('; ')}`),
      ...asking
        .filter(panel => panel.empty.length === 0 && listed(panel) !== undefined)
        .map(panel => `${nameOf(panel)} is listed as empty, and returns data`),
      ...EMPTY_PANELS.filter(entry => !asking.some(panel => isAbout(entry, panel))).map(
        entry => `${entry.panel} is listed as empty, and is on no dashboard`,
      ),
    ],
  }
}

const nameOf = ({ dashboard, title }: AskedPanel): string => `${dashboard} "${title}"`

function isAbout({ panel, teams }: EmptyPanel, { dashboard, title }: AskedPanel): boolean {
  const team = basename(dirname(dashboard))
  return (
    panel === `${basename(dashboard, '.json')}/${title}` &&
    (teams === undefined || teams.includes(team))
  )
}
