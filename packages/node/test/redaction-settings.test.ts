import { expect, test } from 'vitest'
import { createRedactor } from '../src/redaction/redactor.ts'

const NOTHING = { keys: [], patterns: [], allow: [] }

test('names that are added are secrets, however they are written', () => {
  const redactor = createRedactor({ ...NOTHING, keys: ['birthday', 'customer-name'] })
  expect(
    redactor.attributes({ birthday: '1 May', 'user.birthday': 7, customerName: 'Jo', day: 'x' }),
  ).toEqual({
    birthday: '[redacted:secret]',
    'user.birthday': '[redacted:secret]',
    customerName: '[redacted:secret]',
    day: 'x',
  })
  expect(redactor.text('customerName=Jo&day=x')).toBe('customerName=[redacted:secret]&day=x')
})

test('patterns that are added are taken out, whatever they match looks like', () => {
  const redactor = createRedactor({ ...NOTHING, patterns: ['acme', 'K-\\d{3}'] })
  expect(redactor.text('acme/K-123')).toBe('[redacted:pattern]/[redacted:pattern]')
  expect(redactor.attribute('url.path', '/tenants/acme/7')).toBe('/tenants/[redacted:pattern]/7')
})

test('a pattern does not match what a rule has left', () => {
  const redactor = createRedactor({ ...NOTHING, patterns: ['redacted', 'email'] })
  expect(redactor.text('to jo@example.com')).toBe('to [redacted:email]')
})

test('a pattern that is broken or matches everything is said and left out, and the others hold', () => {
  const redactor = createRedactor({ ...NOTHING, patterns: ['(', 'a*', 'acme'] })
  expect(redactor.notices).toEqual([
    expect.stringContaining('Unterminated group'),
    'the pattern a* of redaction matches nothing at all, too; it is left out',
  ])
  expect(redactor.text('acme and a')).toBe('[redacted:pattern] and a')
})

test('a rule that is switched off is off, and said', () => {
  const redactor = createRedactor({ ...NOTHING, allow: ['email'] })
  expect(redactor.text('jo@example.com, 4111111111111111')).toBe('jo@example.com, [redacted:card]')
  expect(redactor.notices).toEqual([
    'the rule of redaction email is off, so these are sent: e-mail addresses',
  ])
})

test.for([
  ['*', 'redaction is not switched off as a whole'],
  ['ALL', 'redaction is not switched off as a whole'],
  ['emails', 'there is no rule of redaction called "emails"'],
  ['body', 'the rule of redaction body cannot be switched off'],
])('%s switches nothing off, and is said', ([name = '', said = '']) => {
  const redactor = createRedactor({ ...NOTHING, allow: [name] })
  expect(redactor.notices).toEqual([expect.stringContaining(said)])
  expect(redactor.text('jo@example.com')).toBe('[redacted:email]')
})

test('a header, an address and a query whose rule is off are searched as texts', () => {
  const redactor = createRedactor({ ...NOTHING, allow: ['header', 'query'] })
  expect(redactor.attribute('http.request.header.x-mail', ['jo@example.com', 'a'])).toEqual([
    '[redacted:email]',
    'a',
  ])
  expect(redactor.attribute('http.request.header.cookie', ['sid=1'])).toEqual(['[redacted:secret]'])
  expect(redactor.attribute('url.query', 'page=1&token=x')).toBe('page=1&token=[redacted:secret]')
  expect(redactor.attribute('headers', { a: 'b', cookie: 'x' })).toEqual({
    a: 'b',
    cookie: '[redacted:secret]',
  })
})
