import type { Outcome } from './run-app.ts'

const STEPS = [
  'make',
  'install',
  'build',
  'init',
  'build again',
  'trace',
  'init again',
  'doctor',
  'uninstall',
]

/** A line for each application with the seconds of each step and the first line of what failed. */
export function renderReport(outcomes: readonly Outcome[]): string {
  const rows = outcomes.map(({ app, seconds, failure }) => [
    app.name,
    app.packageManager,
    ...STEPS.map(step => seconds.get(step)?.toFixed(1) ?? '-'),
    failure === undefined ? 'passed' : `FAILED at ${failure.split('\n')[0]}`,
  ])
  const remarks = outcomes.flatMap(({ app, notes }) => notes.map(text => `${app.name}: ${text}`))
  const table = alignColumns([['application', 'by', ...STEPS, 'result'], ...rows])
  return `${[table, ...remarks].join('\n')}\n`
}

/** Lines whose cells stand one below the other. */
function alignColumns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map(row => row[column]?.length ?? 0)),
  )
  return rows
    .map(row =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
