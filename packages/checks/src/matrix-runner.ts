import { startVitest, type TestSuite } from 'vitest/node'
import { listCells } from './matrix-cells.ts'
import type { CellOutcome } from './matrix-outcome.ts'
import { root } from './workspace.ts'

// Runs the cells that its arguments name, and sends an outcome to its parent as each of them ends. A process of its own,
// so that matrix.ts can end it with all that it started.
const wanted = process.argv.slice(2)
const files = listCells().flatMap(({ name, file }) => (wanted.includes(name) ? file : []))
const literally = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)

const pending = new Set(wanted)
const started = new Map<string, number>()

/** Sends what became of the cells in a suite: itself, or those that did not run since it failed before them. */
function report(suite: TestSuite): void {
  for (const cell of [suite, ...suite.children.allSuites()]) {
    if (pending.delete(cell.name)) process.send?.(outcomeOf(cell, suite))
  }
}

function outcomeOf(cell: TestSuite, around: TestSuite): CellOutcome {
  const tests = [...cell.children.allTests()]
  const now = performance.now()
  return {
    name: cell.name,
    tests: tests.map(test => {
      const { state } = test.result()
      return { name: test.name, state: state === 'pending' ? 'skipped' : state }
    }),
    errors: around.errors().map(({ message }) => message.split('\n')[0] ?? message),
    seconds: (now - (started.get(around.id) ?? now)) / 1000,
    server: tests.map(test => test.meta().server).find(server => server !== undefined),
  }
}

process.env['THROUGHLINE_CELLS'] = 'all'
const vitest = await startVitest([...new Set(files)], {
  root,
  config: '.config/vitest.config.ts',
  project: ['e2e'],
  testNamePattern: `(?:${wanted.map(literally).join('|')}) `,
  reporters: [
    {
      onTestSuiteReady: ({ id }) => void started.set(id, performance.now()),
      onTestSuiteResult: report,
    },
    'minimal',
  ],
  watch: false,
})
await vitest.close()
