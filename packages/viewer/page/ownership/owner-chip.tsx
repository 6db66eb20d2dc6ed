import type { ReactElement } from 'react'
import { TeamChip } from '../parts/team-chip.tsx'

/** A team; with dashes where it has something only because the catalog names nobody. */
export function OwnerChip({
  team,
  byDefault = false,
}: {
  readonly team: string | undefined
  readonly byDefault?: boolean
}): ReactElement {
  if (!byDefault || team === undefined) return <TeamChip team={team} />
  return <span className="team ownership-by-default">{team}</span>
}
