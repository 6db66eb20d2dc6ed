import { expect, test } from 'vitest'
import { createHostTable } from '../src/host-table.ts'

const table = createHostTable(
  [
    'web:3000',
    'pay.example.com',
    'pay.example.com:8443',
    '*.s3.example.com',
    '*.example.com',
    '*.example.com:81',
    '[::1]:9',
  ].map(host => [host, host] as const),
)

test.for([
  ['web:3000', 'web:3000'],
  ['WEB:3000', 'web:3000'],
  ['web', undefined],
  ['web:3001', undefined],
  ['pay.example.com', 'pay.example.com'],
  ['pay.example.com:443', 'pay.example.com'],
  ['pay.example.com:8443', 'pay.example.com:8443'],
  ['a.s3.example.com', '*.s3.example.com'],
  ['a.b.s3.example.com:443', '*.s3.example.com'],
  ['s3.example.com', '*.example.com'],
  ['x.example.com:81', '*.example.com:81'],
  ['example.com', undefined],
  ['evilexample.com', undefined],
  ['[::1]:9', '[::1]:9'],
  ['', undefined],
] as const)('%s is found as %s', ([host, expected]) => {
  expect(table.find(host)).toBe(expected)
})
