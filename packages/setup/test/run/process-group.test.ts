import { expect, test } from 'vitest'
import { membersOf, parseProcesses } from '../../src/run/process-group.ts'

const ROWS = parseProcesses(
  [
    '    1     0     1 Ss',
    '  100    50   100 Ssl',
    '  101   100   100 S+',
    '  102   101   100 Rl',
    '  103   102   103 Ss',
    '  104   103   103 S',
    '  105     1   100 S',
    '  106   101   100 Z+',
    '  200    50   200 S',
    '',
  ].join('\n'),
)

test('a group has its members, what its parents have left behind, and what has left it', () => {
  expect(membersOf(100, ROWS)).toEqual([100, 101, 102, 103, 104, 105])
})

test('what has ended and waits for its parent is no member', () => {
  expect(ROWS.find(({ pid }) => pid === 106)?.isZombie).toBe(true)
  expect(membersOf(106, ROWS)).toEqual([])
})
