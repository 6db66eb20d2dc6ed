import { expect, test } from 'vitest'
import { readText } from '../src/files.ts'
import { listCells, TABLES, type MatrixTable } from '../src/matrix-cells.ts'
import { renderDocument } from '../src/matrix-document.ts'
import {
  describeOutcome,
  judge,
  type CellOutcome,
  type TestOutcome,
} from '../src/matrix-outcome.ts'
import { readVersions } from '../src/matrix-versions.ts'

const passed = (name: string): TestOutcome => ({ name, state: 'passed' })
const failed = (name: string): TestOutcome => ({ name, state: 'failed' })

function makeOutcome(outcome: Partial<CellOutcome>): CellOutcome {
  return { name: 'cell', tests: [], errors: [], seconds: 1.25, server: undefined, ...outcome }
}

const table: MatrixTable = {
  title: 'Stores',
  heads: ['store', 'size'],
  columns: ['ES modules', 'CommonJS'],
  rows: ['small', 'large'].map(size => ({
    heads: ['ioredis', size],
    cells: ['ES modules', 'CommonJS'].map(format => ({
      name: `${size}, ${format}`,
      file: 'stores.e2e.test.ts',
      usual: size === 'small',
    })),
  })),
}

const outcomes = new Map(
  [
    makeOutcome({
      name: 'small, ES modules',
      tests: [passed('a trace is whole'), passed('an error is seen')],
      server: 'Redis 7.0.15',
    }),
    makeOutcome({
      name: 'small, CommonJS',
      tests: [passed('a trace is whole'), failed('an error is seen')],
      server: 'Redis 7.0.15',
    }),
    makeOutcome({ name: 'large, ES modules', tests: [passed('a trace is whole')] }),
  ].map(outcome => [outcome.name, outcome]),
)

const run = {
  outcomes,
  versions: [{ name: 'ioredis', version: '6.0.0' }],
  date: '2026-11-24',
  seconds: 61.6,
}

test('a document shows what passed, what failed by which test, and what did not run', () => {
  const document = renderDocument(run, [table])
  expect(document.slice(document.indexOf('## Stores'))).toBe(`## Stores

| store | size | ES modules | CommonJS | against |
| --- | --- | --- | --- | --- |
| ioredis | small | passed 2/2 in 1.3 s ● | **FAILED: an error is seen** ● | Redis 7.0.15 |
| ioredis | large | passed 1/1 in 1.3 s | **NOT RUN** |  |

What a cell asserts:

- a trace is whole
- an error is seen (2 of 3 cells)
`)
})

test('a document says when it was run, with what, and by which command', () => {
  const document = renderDocument(run, [table])
  expect(document).toContain('`npm run test:matrix`')
  expect(document).toContain('**2 of 4 cells passed** on 2026-11-24, in 1 min 2 s')
  expect(document).toContain('| `ioredis` | 6.0.0 |\n| Redis | 7.0.15 |')
})

test.for<[string, CellOutcome | undefined, string, string]>([
  ['did not run', undefined, 'not run', 'NOT RUN'],
  ['passed', makeOutcome({ tests: [passed('a')] }), 'passed', 'passed 1/1 in 1.3 s'],
  ['failed', makeOutcome({ tests: [failed('a'), failed('b')] }), 'failed', 'FAILED: a; b'],
  [
    'skipped a test',
    makeOutcome({ tests: [passed('a'), { name: 'b', state: 'skipped' }] }),
    'failed',
    'FAILED: b (skipped)',
  ],
  [
    'could not be built',
    makeOutcome({ tests: [{ name: 'a', state: 'skipped' }], errors: ['next build failed'] }),
    'failed',
    'FAILED: next build failed',
  ],
  [
    'could not be ended',
    makeOutcome({ tests: [passed('a')], errors: ['it lives'] }),
    'failed',
    'FAILED: it lives',
  ],
  ['has no tests', makeOutcome({}), 'failed', 'FAILED: it has no tests'],
])('a cell that %s', ([, outcome, verdict, text]) => {
  expect(judge(outcome)).toBe(verdict)
  expect(describeOutcome(outcome)).toBe(text)
})

test('every combination that is asked for is a cell, by a name of its own', () => {
  const names = listCells().map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
  expect(names.filter(name => name.startsWith('Next.js'))).toHaveLength(2 * 2 * 3 * 2)
  expect(names).toContain('Next.js 15, webpack, standalone, preload')
  for (const library of ['Fastify', 'Express', 'Koa', 'ioredis', 'knex']) {
    expect(names).toContain(`${library}, ES modules`)
    expect(names).toContain(`${library}, CommonJS`)
  }
})

test('docs/compatibility.md is of the cells and the versions that there are', () => {
  const document = readText('docs/compatibility.md')
  const stale = 'stale: run `npm run test:matrix` and commit the result'
  for (const { name, version } of readVersions()) {
    expect(document, stale).toContain(`| \`${name}\` | ${version} |`)
  }
  for (const { heads } of TABLES.flatMap(({ rows }) => rows)) {
    expect(document, stale).toContain(`| ${heads.join(' | ')} | `)
  }
})
