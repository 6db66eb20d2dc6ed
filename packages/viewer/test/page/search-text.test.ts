import { expect, test } from 'vitest'
import { readTokens, removeToken, setTerm, valueOfTerm } from '../../page/traces/search-text.ts'
import { parseSearch } from '../../src/store/parse-search.ts'

test.for([
  ['', 'service', 'web', 'service:web'],
  ['timeout', 'service', 'web', 'timeout service:web'],
  ['service:web timeout', 'service', 'partner-api', 'service:partner-api timeout'],
  ['service:web timeout', 'service', '', 'timeout'],
  ['Service:web', 'service', 'api', 'service:api'],
  ['a service:web b service:api', 'service', 'x', 'a service:x b'],
  ['-service:web', 'service', 'api', '-service:web service:api'],
  ['>100ms', '>', '1s', '>1s'],
  ['<1s', '>', '100ms', '<1s >100ms'],
  ['', 'route', 'has space', 'route:"has space"'],
  ['"plan change" x', 'status', 'error', '"plan change" x status:error'],
  ['route:"a b" x', 'route', '', 'x'],
  ['https://a.example/b', 'team', 'billing', 'https://a.example/b team:billing'],
] as const)('in %j, %s becomes %j: %j', ([search, name, value, expected]) => {
  expect(setTerm(search, name, value)).toBe(expected)
})

test.for([
  ['service:web', 'service', 'web'],
  ['route:"a b"', 'route', 'a b'],
  [String.raw`route:"a \"b\" \\c"`, 'route', String.raw`a "b" \c`],
  ['route:"not closed', 'route', 'not closed'],
  ['x >500ms', '>', '500ms'],
  ['-status:error', 'status', ''],
  ['words only', 'service', ''],
  ['', 'service', ''],
] as const)('%j asks of %s: %j', ([search, name, value]) => {
  expect(valueOfTerm(search, name)).toBe(value)
})

test('a value with spaces and quotes is read as it was set', () => {
  const value = String.raw`GET "/a b" \d`
  expect(valueOfTerm(setTerm('x', 'route', value), 'route')).toBe(value)
  expect(parseSearch(setTerm('', 'route', value)).terms).toMatchObject([
    { kind: 'facet', name: 'route', value },
  ])
})

test('each piece can be taken out, and the others stay as they are', () => {
  const search = 'timeout  -"plan change" service:web >1s'
  const pieces = readTokens(search).map(({ text }) => text)
  expect(pieces).toEqual(['timeout', '-"plan change"', 'service:web', '>1s'])
  expect(pieces.map((_, place) => removeToken(search, place))).toEqual([
    '-"plan change" service:web >1s',
    'timeout service:web >1s',
    'timeout -"plan change" >1s',
    'timeout -"plan change" service:web',
  ])
})

test.for(['a b', 'team:"x y" -z', '-"q r"s >1s', 'x:"', '"open end', 'a"b c" d', '- -- -a'])(
  'the page and the viewer see as many pieces in %j',
  search => {
    expect(readTokens(search)).toHaveLength(
      parseSearch(search).terms.length + parseSearch(search).complaints.length,
    )
  },
)
