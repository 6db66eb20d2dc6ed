import { listCells, TABLES, type MatrixCell, type MatrixTable } from './matrix-cells.ts'
import { describeOutcome, judge, type CellOutcome } from './matrix-outcome.ts'
import type { Version } from './matrix-versions.ts'
import { renderTable } from './markdown-table.ts'

/** What became of every cell, by its name. */
export type Outcomes = ReadonlyMap<string, CellOutcome>

/** A run of the whole matrix. */
export interface MatrixRun {
  readonly outcomes: Outcomes
  readonly versions: readonly Version[]
  /** Day of the run, e.g. `2026-11-24`. */
  readonly date: string
  readonly seconds: number
}

const USUAL = '●'

/** `docs/compatibility.md`: what was run, and what became of it. */
export function renderDocument(
  { outcomes, versions, date, seconds }: MatrixRun,
  tables: readonly MatrixTable[] = TABLES,
): string {
  const cells = listCells(tables)
  const passed = cells.filter(({ name }) => judge(outcomes.get(name)) === 'passed')
  const servers = new Set([...outcomes.values()].flatMap(({ server }) => server ?? []))
  return `${[
    '# Compatibility',
    [
      'What was run, and what became of it. Written by `npm run test:matrix`, which starts the application of each cell',
      'below as a process of its own, asks it over HTTP, and compares the traces, metrics and owners that arrive. It',
      'fails when a cell fails or did not run. `npm run test:matrix -- --only "15, webpack"` runs a part, and leaves',
      'this file as it is.',
    ].join('\n'),
    `**${passed.length} of ${cells.length} cells passed** on ${date}, in ${describeDuration(seconds)}, with:`,
    renderTable(
      ['', 'version'],
      [
        ...versions.map(({ name, version }) => [`\`${name}\``, version]),
        ...[...servers].toSorted().map(server => server.split(' ')),
      ],
    ),
    [
      'A cell says how many of its tests passed, and how long they took with the start of the application, but without',
      `the build that the cells of a row share. ${USUAL} marks what \`npm test\` runs each time, too.`,
    ].join('\n'),
    ...tables.flatMap(table => renderSection(table, outcomes)),
  ].join('\n\n')}\n`
}

function renderSection({ title, heads, columns, rows }: MatrixTable, outcomes: Outcomes): string[] {
  const cells = rows.flatMap(row => row.cells)
  const againstServer = cells.some(({ name }) => outcomes.get(name)?.server !== undefined)
  return [
    `## ${title}`,
    renderTable(
      [...heads, ...columns, ...(againstServer ? ['against'] : [])],
      rows.map(row => [
        ...row.heads,
        ...row.cells.map(cell => renderCell(cell, outcomes)),
        ...(againstServer ? [serversOf(row.cells, outcomes)] : []),
      ]),
    ),
    'What a cell asserts:',
    listAssertions(cells, outcomes),
  ]
}

function renderCell({ name, usual }: MatrixCell, outcomes: Outcomes): string {
  const outcome = outcomes.get(name)
  const text = describeOutcome(outcome)
  return `${judge(outcome) === 'passed' ? text : `**${text}**`}${usual ? ` ${USUAL}` : ''}`
}

function serversOf(cells: readonly MatrixCell[], outcomes: Outcomes): string {
  return [...new Set(cells.flatMap(({ name }) => outcomes.get(name)?.server ?? []))].join(', ')
}

/** Names of the tests, as a list; those that not every cell has say how many do. */
function listAssertions(cells: readonly MatrixCell[], outcomes: Outcomes): string {
  const ran = cells.flatMap(({ name }) => outcomes.get(name) ?? [])
  const names = ran.flatMap(({ tests }) => tests.map(({ name }) => name))
  return [...Map.groupBy(names, name => name)]
    .map(([name, { length }]) =>
      length === ran.length ? `- ${name}` : `- ${name} (${length} of ${ran.length} cells)`,
    )
    .join('\n')
}

function describeDuration(seconds: number): string {
  const rounded = Math.round(seconds)
  return `${Math.floor(rounded / 60)} min ${rounded % 60} s`
}
