import { expect, test } from 'vitest'
import { isSameOrigin } from '../../src/reports/same-origin.ts'

test.for([
  ['a page of this origin', { 'sec-fetch-site': 'same-origin' }, true],
  ['a page of another site', { 'sec-fetch-site': 'cross-site' }, false],
  ['a page of a sister domain', { 'sec-fetch-site': 'same-site' }, false],
  ['the address bar', { 'sec-fetch-site': 'none' }, false],
  [
    'a page of another site that names us as its origin',
    { 'sec-fetch-site': 'cross-site', origin: 'http://shop.example' },
    false,
  ],
  ['a page over plain HTTP', { origin: 'http://shop.example' }, true],
  ['a page of another port', { origin: 'http://shop.example:8080' }, false],
  ['a page of another host', { origin: 'http://evil.example' }, false],
  ['a host that only begins like ours', { origin: 'http://shop.example.evil.example' }, false],
  ['a page without an origin', { origin: 'null' }, false],
  ['an origin that is no address', { origin: 'shop.example' }, false],
  ['a file', { origin: 'file://shop.example' }, false],
  ['no page at all', {}, false],
  [
    'a page behind a proxy that asks by another name',
    { origin: 'https://www.shop.example', 'x-forwarded-host': 'www.shop.example' },
    true,
  ],
] as const)('%s', ([, headers, expected]) => {
  expect(isSameOrigin(new Headers({ host: 'shop.example', ...headers }))).toBe(expected)
})
