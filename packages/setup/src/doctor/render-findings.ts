import type { Finding } from './finding.ts'

/** Marks a word of a finding. */
export type PaintFinding = (kind: Finding['level'] | 'aside', text: string) => string

const ALL = 'all'

/**
 * Findings as text for a terminal, by service: how bad, what and where, what it costs, and what to do; with their number at the
 * end, and how many can be mended.
 */
export function renderFindings(
  findings: readonly Finding[],
  paint: PaintFinding = (_, text) => text,
): string {
  const groups = Map.groupBy(findings, ({ service }) => service ?? ALL)
  const blocks = [...groups].map(([service, found]) =>
    [service, ...found.map(finding => renderFinding(finding, paint))].join('\n'),
  )
  return [...blocks, summarize(findings)].join('\n\n') + '\n'
}

function renderFinding(
  { code, level, at, what, why, fix, mend }: Finding,
  paint: PaintFinding,
): string {
  const place = at === undefined ? '' : ` ${paint('aside', `(${at})`)}`
  return [
    `  ${paint(level, level)} ${code}: ${what}${place}`,
    `    why: ${why}`,
    `    fix: ${fix}${mend === undefined ? '' : ` ${paint('aside', '[--fix]')}`}`,
  ].join('\n')
}

function summarize(findings: readonly Finding[]): string {
  if (findings.length === 0) return 'nothing found'
  const errors = findings.filter(({ level }) => level === 'error').length
  const mended = findings.filter(({ mend }) => mend !== undefined).length
  const counts = `${count(errors, 'error')}, ${count(findings.length - errors, 'warning')}`
  return mended === 0 ? counts : `${counts}; throughline doctor --fix mends ${mended} of them`
}

const count = (number: number, word: string): string =>
  `${number} ${word}${number === 1 ? '' : 's'}`
