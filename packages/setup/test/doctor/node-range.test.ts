import { expect, test } from 'vitest'
import { admitsOurNode } from '../../src/doctor/node-range.ts'

test.for([
  ['>=22.15', true],
  ['>=18', true],
  ['*', true],
  ['', true],
  ['22', true],
  ['22.x', true],
  ['v22.15.0', true],
  ['22.15', true],
  ['^22.10.0', true],
  ['>= 20 < 25', true],
  ['20 || 24', true],
  ['18 - 24', true],
  ['<=22', true],
  ['lts/*', true],
  ['lts/jod', true],
  ['node', true],
  ['22.14', false],
  ['22.14.0', false],
  ['~22.14.1', false],
  ['20', false],
  ['^20.11.0 || ^18', false],
  ['>=18 <22', false],
  ['>=18 <22.15', false],
  ['18 - 20', false],
  ['<=22.14', false],
  ['lts/Iron', false],
] as const)('a range of "%s" lets in a Node that is new enough: %s', ([range, admits]) => {
  expect(admitsOurNode(range)).toBe(admits)
})
