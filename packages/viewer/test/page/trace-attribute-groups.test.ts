import { expect, test } from 'vitest'
import { groupAttributes, queryOf } from '../../page/trace/attribute-groups.ts'
import { attributeText } from '../../page/trace/attribute-text.ts'

test('attributes are grouped by what they are about, those with a name first', () => {
  const groups = groupAttributes({
    'zebra.stripes': 3,
    'http.response.status_code': 502,
    'http.request.method': 'POST',
    'http.request.header.x': 'y',
    'url.full': 'https://payments.example.com',
    'db.namespace': 'plans',
    'error.type': '502',
    team: 'billing',
    'team.name': 'not ours',
    'throughline.audience': 'browser',
    'client.address': '10.0.0.1',
    'server.port': 443,
    'next.span_type': 'AppRender.fetch',
    'messaging.system': 'pg-boss',
  })
  expect(
    groups.map(({ title, attributes }) => [title, attributes.map(({ name }) => name)]),
  ).toEqual([
    ['Error', ['Kind of error']],
    ['HTTP', ['Method', 'Status', 'URL', 'http.request.header.x']],
    ['Database', ['Database']],
    ['Messaging', ['Product']],
    ['Owner and Throughline', ['Team', 'Audience']],
    ['Code', ['Kind of span of Next.js']],
    ['Client', ['Address of the caller']],
    ['Network', ['Port']],
    ['Other', ['team.name', 'zebra.stripes']],
  ])
})

test('no group stands there without attributes', () => {
  expect(groupAttributes({})).toEqual([])
})

test('attributes that are named like parts of an object are as good as others', () => {
  const [group] = groupAttributes({ constructor: 'a', toString: 'b' })
  expect(group?.attributes.map(({ name }) => name)).toEqual(['constructor', 'toString'])
})

test.for([
  [{ 'db.query.text': 'SELECT 1' }, 'SELECT 1'],
  [{ 'db.statement': 'SELECT 2' }, 'SELECT 2'],
  [{ 'db.query.text': '' }, undefined],
  [{ 'db.query.text': 7 }, undefined],
  [{}, undefined],
] as const)('the query of %j is %j', ([attributes, query]) => {
  expect(queryOf(attributes)).toBe(query)
})

test.for([
  ['a text', 'a text'],
  [7, '7'],
  [[1, 'b'], '[1,"b"]'],
  [{ a: null }, '{"a":null}'],
] as const)('the value %j is copied as %s', ([value, text]) => {
  expect(attributeText(value)).toBe(text)
})
