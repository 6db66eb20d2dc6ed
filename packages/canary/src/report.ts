import type { CanaryReport } from './run.ts'

/** Most findings that are shown; the rest is counted. */
const SHOWN = 40

/** Why a report is no success, one line each; empty when nothing leaked and every place was heard of. */
export function listProblems({ findings, silent }: CanaryReport): string[] {
  const leaks = findings
    .slice(0, SHOWN)
    .map(
      ({ plant, source, around }) => `${plant.kind}, ${plant.place}: found in ${source}: ${around}`,
    )
  const more = findings.length > SHOWN ? [`… and ${findings.length - SHOWN} more`] : []
  return [...leaks, ...more, ...silent.map(place => `nothing was heard of: ${place}`)]
}

/** What was planted and where it was looked for, as text. */
export function renderReport({ plants, searched, findings }: CanaryReport): string {
  const places = Map.groupBy(plants, ({ place }) => place)
  const kinds = Map.groupBy(plants, ({ kind }) => kind)
  const leaked = new Set(findings.map(({ plant }) => plant))
  return [
    `Planted ${plants.length} secrets of ${kinds.size} kinds in ${places.size} places:`,
    ...[...places].map(([place, own]) => `  ${String(own.length).padStart(3)}  ${place}`),
    '',
    'Kinds:',
    ...[...kinds].map(([kind, own]) => `  ${String(own.length).padStart(3)}  ${kind}`),
    '',
    'Looked for them, as they are and encoded, in:',
    ...[...searched].map(([source, bytes]) => `  ${formatBytes(bytes).padStart(9)}  ${source}`),
    '',
    `${leaked.size} of ${plants.length} secrets were found.`,
  ].join('\n')
}

function formatBytes(bytes: number): string {
  return bytes < 10_240 ? `${bytes} B` : `${(bytes / 1024).toFixed(0)} KB`
}
