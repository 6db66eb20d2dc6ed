import { expect, test } from 'vitest'
import { renderImported } from '../../page/traces/import-files.ts'

const ONE = { traceIds: ['a'], spans: 1, logs: 0, rejected: 0, reason: '' }

test.for([
  [ONE, 'Imported 1 trace with 1 span'],
  [
    { ...ONE, traceIds: ['a', 'b'], spans: 1200, logs: 4 },
    'Imported 2 traces with 1,200 spans and 4 logs',
  ],
  [
    { ...ONE, rejected: 1, reason: 'no trace id' },
    'Imported 1 trace with 1 span; 1 record was left out: no trace id',
  ],
  [
    { ...ONE, traceIds: [], spans: 0, rejected: 3, reason: 'no trace id' },
    'Imported 0 traces with 0 spans; 3 records were left out: no trace id',
  ],
] as const)('%j is said in words', ([imported, words]) => {
  expect(renderImported(imported)).toBe(words)
})
