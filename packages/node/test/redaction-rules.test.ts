import { expect, test } from 'vitest'
import { createRedactor } from '../src/redaction/redactor.ts'
import { RULES } from '../src/redaction/rules.ts'

// In parts, so that no scanner takes it for a key that works.
const STRIPE = ['sk', 'live'].join('_')

/** For each rule a value that it alone takes out, under the name of an attribute; and what of it must not be sent. */
const ALONE: Readonly<Record<string, readonly [key: string, value: unknown, secret: string]>> = {
  header: ['http.request.header.x-tenant', ['acme'], 'acme'],
  pattern: ['text', 'order ZX-77', 'ZX-77'],
  'private-key': ['text', '-----BEGIN PRIVATE KEY-----\nabcdef', 'abcdef'],
  'error-value': ['exception.message', 'Key (name)=(jo) already exists.', 'jo'],
  sql: ['db.query.text', "SELECT * FROM t WHERE name = 'jo'", 'jo'],
  graphql: ['graphql.source', '{ user(name: "jo") { id } }', 'jo'],
  userinfo: ['url.full', 'https://jo@example/', 'jo'],
  query: ['url.query', 'illness', 'illness'],
  authorization: ['text', 'Bearer a1b2c3d4', 'a1b2c3d4'],
  secret: ['text', 'password=hunter2', 'hunter2'],
  jwt: ['text', 'eyJhbGciOiJub25l.e30.', 'eyJhbGciOiJub25l'],
  'api-key': ['text', `${STRIPE}_abcdefgh`, 'abcdefgh'],
  email: ['text', 'jo@example.com', 'jo@'],
  iban: ['text', 'DE89 3704 0044 0532 0130 00', '3704'],
  card: ['text', '4111 1111 1111 1111', '4111'],
  phone: ['text', '+49 30 901820', '901820'],
  token: ['text', 'Xk3vQ9zLm2RtY7wBp4NcHd8s', 'Xk3vQ9'],
}

const redact = (allow: readonly string[], key: string, value: unknown): string =>
  JSON.stringify(createRedactor({ keys: [], patterns: ['ZX-\\d+'], allow }).attribute(key, value))

test('every rule but those that always hold has a case that it alone takes out', () => {
  const switchable = RULES.filter(({ fixed }) => fixed !== true).map(({ name }) => name)
  expect(Object.keys(ALONE).toSorted()).toEqual(switchable.toSorted())
})

test.for(Object.entries(ALONE))(
  'without the rule %s its case leaks',
  ([rule, [key, value, secret]]) => {
    expect(redact([], key, value)).not.toContain(secret)
    expect(redact([rule], key, value)).toContain(secret)
    const others = Object.keys(ALONE).filter(name => name !== rule)
    expect(redact(others, key, value)).not.toContain(secret)
  },
)

test.for([
  ['db.query.parameter.0', 'jo'],
  ['body', 'jo'],
  ['text', 'own-secret-jo'],
])('no setting sends %s', ([key = '', value = '']) => {
  const allow = [...RULES.map(({ name }) => name), '*', 'all']
  const redactor = createRedactor(
    { keys: [], patterns: [], allow },
    { ownSecrets: ['own-secret-jo'] },
  )
  expect(redactor.attribute(key, value)).not.toContain('jo')
})
