import { ALL_CELLS, describeCell, USUAL_CELLS, type Cell } from '../../next/e2e/cell.ts'
import { cellsOf } from '../../node/e2e/cell.ts'

/** One combination that is run. */
export interface MatrixCell {
  /** As a person would say it; the `describe` that holds its tests has the same name. */
  readonly name: string
  /** The file of its tests, relative to the checkout. */
  readonly file: string
  /** Whether `npm test` runs it, too. */
  readonly usual: boolean
}

export interface MatrixRow {
  readonly heads: readonly string[]
  readonly cells: readonly MatrixCell[]
}

/** A table of docs/compatibility.md. */
export interface MatrixTable {
  readonly title: string
  readonly heads: readonly string[]
  /** One for each cell of a row. */
  readonly columns: readonly string[]
  readonly rows: readonly MatrixRow[]
}

const usual = new Set(USUAL_CELLS.map(describeCell))

const nextRows = Map.groupBy(ALL_CELLS, ({ next, bundler, mode }) => `${next} ${bundler} ${mode}`)

function nextCell(cell: Cell): MatrixCell {
  const name = describeCell(cell)
  return { name, file: 'packages/next/e2e/next.e2e.test.ts', usual: usual.has(name) }
}

function nodeTable(
  title: string,
  head: string,
  files: Readonly<Record<string, string>>,
): MatrixTable {
  return {
    title,
    heads: [head],
    columns: cellsOf('').map(({ format }) => format),
    rows: Object.entries(files).map(([library, file]) => ({
      heads: [library],
      cells: cellsOf(library).map(({ name }) => ({
        name,
        file: `packages/node/e2e/${file}`,
        usual: true,
      })),
    })),
  }
}

/** All that is run, as it is shown. */
export const TABLES: readonly MatrixTable[] = [
  {
    title: 'Next.js',
    heads: ['Next.js', 'bundler', 'mode'],
    columns: ['register', 'preload'],
    rows: [...nextRows.values()].map(cells => {
      const [{ next, bundler, mode }] = cells as [Cell]
      return { heads: [String(next), bundler, mode], cells: cells.map(nextCell) }
    }),
  },
  nodeTable('Frameworks of Node.js', 'framework', {
    Fastify: 'frameworks.e2e.test.ts',
    Express: 'frameworks.e2e.test.ts',
    Koa: 'libraries.e2e.test.ts',
  }),
  nodeTable('Libraries, loaded on demand', 'library', {
    ioredis: 'libraries.e2e.test.ts',
    knex: 'libraries.e2e.test.ts',
  }),
]

/** Every cell of `tables`, in their order. */
export function listCells(tables: readonly MatrixTable[] = TABLES): MatrixCell[] {
  return tables.flatMap(({ rows }) => rows.flatMap(({ cells }) => cells))
}
