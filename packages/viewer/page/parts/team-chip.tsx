import type { ReactElement } from 'react'
import './chips.css'

/** A team by its name. */
export function TeamChip({
  team,
  title,
}: {
  readonly team: string | undefined
  readonly title?: string
}): ReactElement {
  return team === undefined ? (
    <span className="team team-none" title="no line of the catalog gives it to a team">
      no team
    </span>
  ) : (
    <span className="team" title={title}>
      {team}
    </span>
  )
}
