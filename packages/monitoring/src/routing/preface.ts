import type { TeamChannel } from './team-channel.ts'
import type { ToldSeverity } from './receiver-names.ts'

/** What an alert says first that no team of the catalog owns. */
export const unroutedPreface = (told: string): string =>
  `Nobody owns this alert: {{ with .CommonLabels.team }}its team "{{ . }}" is not in the catalog{{ else }}it names no team{{ end }}. Team ${told} is told instead.`

/** What an alert says first that does not go where its severity asks for; nothing where it does. */
export function prefaceOf(
  team: string,
  severity: ToldSeverity,
  { team: told, purpose }: TeamChannel,
): string | undefined {
  if (team === told && purpose === severity) return undefined
  const where = team === told ? `its channel for ${WORDS[purpose]}` : `team ${told}`
  return `Team ${team} names no channel for a ${severity}: ${where} is told.`
}

const WORDS: Readonly<Record<TeamChannel['purpose'], string>> = {
  page: 'pages',
  ticket: 'tickets',
  notice: 'notices',
  people: 'people',
}
