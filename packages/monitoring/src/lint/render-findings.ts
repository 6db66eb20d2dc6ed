import type { Finding } from './finding.ts'
import { count } from './wording.ts'

/** Findings as text for a terminal: two lines each, and their number at the end. */
export function renderFindings(findings: readonly Finding[]): string {
  const lines = findings.flatMap(({ at, level, rule, message, fix }) => [
    `${at}: ${level}: ${message} [${rule}]`,
    `  fix: ${fix}`,
  ])
  const errors = findings.filter(({ level }) => level === 'error').length
  const summary = `${count(errors, 'error')}, ${count(findings.length - errors, 'warning')}`
  return [...lines, summary, ''].join('\n')
}
