import { expect, test } from 'vitest'
import { readSorting, renderSorting, sortRows } from '../../page/parts/sorted-rows.ts'

const ROWS = [
  { name: 'b', p95: 20 },
  { name: 'a10', p95: undefined },
  { name: 'a9', p95: 100 },
  { name: 'c', p95: 20 },
]

test.for([
  ['ascending', ['b', 'c', 'a9', 'a10']],
  ['descending', ['a9', 'b', 'c', 'a10']],
] as const)('%s, what is unknown comes last and equals stay in order', ([direction, expected]) => {
  expect(sortRows(ROWS, row => row.p95, direction).map(({ name }) => name)).toEqual(expected)
})

test('numbers within names count as numbers', () => {
  expect(sortRows(ROWS, row => row.name, 'ascending').map(({ name }) => name)).toEqual([
    'a9',
    'a10',
    'b',
    'c',
  ])
})

test.for([
  ['p95', { column: 'p95', direction: 'ascending' }],
  ['-p95', { column: 'p95', direction: 'descending' }],
  ['', { column: 'name', direction: 'ascending' }],
  ['-constructor', { column: 'name', direction: 'ascending' }],
] as const)('the address %j sorts as %j', ([text, sorting]) => {
  const otherwise = { column: 'name', direction: 'ascending' } as const
  expect(readSorting(text, ['name', 'p95'], otherwise)).toEqual(sorting)
})

test.for(['p95', '-p95'])('%j is written as it was read', text => {
  const otherwise = { column: 'p95', direction: 'ascending' } as const
  expect(renderSorting(readSorting(text, ['p95'], otherwise))).toBe(text)
})
