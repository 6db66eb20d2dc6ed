import { html, type Html } from './html.ts'
import type { OwnershipReport } from './ownership-report.ts'

/** Shows a team; with dashes when it has something only by default. */
export type Chip = (team: string, byDefault?: boolean) => Html

/** A team as a chip with its name; the hue only helps the eye, and stays the team's as long as the teams do. */
export function createChip({ teams }: OwnershipReport): Chip {
  const ids = teams.map(({ id }) => id).toSorted()
  return (team, byDefault = false) => {
    const hue = Math.round((Math.max(0, ids.indexOf(team)) * 360) / Math.max(1, ids.length))
    return html`<span class="team${byDefault ? ' default' : ''}" style="--hue:${hue}"
      >${team}</span
    >`
  }
}

/** A table that scrolls where it is too wide. */
export function table(heads: readonly string[], rows: readonly Html[], name = ''): Html {
  return html`<div class="scroll" tabindex="0">
    <table class="${name}">
      <thead>
        <tr>
          ${heads.map(head => html`<th scope="col" ${NUMBERS.includes(head) ? { markup: ' class="number"' } : undefined}>${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`
}

/** Columns of numbers. */
const NUMBERS = ['routes', 'alerts']
