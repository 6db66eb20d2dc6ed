import { expect, test } from 'vitest'
import { createRedactor } from '../src/redaction/redactor.ts'
import { isSuspicious } from '../src/redaction/suspicion.ts'
import { chooseTextRules } from '../src/redaction/text-rules.ts'
import { applySettings } from '../src/redaction/settings.ts'

const NOTHING = { keys: [], patterns: [], allow: [] }
const KEYS = [
  'text',
  'url.full',
  'url.path',
  'db.query.text',
  'graphql.source',
  'exception.stacktrace',
  'process.command_args',
  'service.version',
  'password',
  'http.request.header.cookie',
]
/** What rules look for, and what they stumble over. */
const PIECES = [
  'password',
  'token',
  'cookie',
  'authorization',
  'Bearer ',
  'Basic ',
  '--',
  'http://',
  'postgres://a:b@c/',
  '@',
  '%40',
  '?',
  '#',
  '=',
  ':',
  ': ',
  '&',
  ';',
  ',',
  '"',
  "'",
  '`',
  '\\',
  '\\"',
  '{',
  '}',
  '[',
  ']',
  '(',
  ')',
  '<',
  '>',
  '/',
  '.',
  '-',
  '_',
  '+',
  ' ',
  '\n',
  '\n    at f (',
  ':1:2)',
  '4111 1111 1111 1111',
  '4111111111111111',
  'DE89370400440532013000',
  '+49 30 901820',
  'jo',
  'example.com',
  'jo@example.com',
  'eyJhbGciOiJIUzI1NiJ9',
  '9f86d081884c7d659a2feaa0c55ad015',
  'select x from ',
  'where ',
  'insert into ',
  '$1',
  '$$',
  '/*',
  '*/',
  '-- ',
  'E',
  '0',
  '7',
  'Key (a)=(',
  ') already exists',
  'at or near "',
  ' is not valid JSON',
  '[redacted:',
  '[redacted:email]',
  '[redacted:secret]',
  'é',
  '🎉',
  '\ud800',
  '\u0000',
  '%',
  '%2',
  '-----BEGIN PRIVATE KEY-----',
  'Xk3vQ9zLm2RtY7wBp4NcHd8s',
  '550e8400-e29b-41d4-a716-446655440000',
  'a',
  'word',
]

/** Random numbers that are the same in each run (mulberry32). */
function createRandom(seed: number): (below: number) => number {
  let state = seed
  return below => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

function* createTexts(count: number, seed: number): Generator<string> {
  const random = createRandom(seed)
  for (let made = 0; made < count; made++) {
    yield Array.from({ length: 1 + random(12) }, () => PIECES[random(PIECES.length)]).join('')
  }
}

test('what was redacted once stays as it is, whatever the text and the attribute', () => {
  const redactor = createRedactor(NOTHING)
  for (const text of createTexts(20_000, 1)) {
    const once = redactor.text(text)
    expect(redactor.text(once), JSON.stringify(text)).toBe(once)
  }
  for (const key of KEYS) {
    for (const text of createTexts(1_500, 2)) {
      const once = redactor.attribute(key, text)
      expect(redactor.attribute(key, once), `${key} ${JSON.stringify(text)}`).toBe(once)
    }
  }
})

test('no text makes redaction throw', () => {
  const redactor = createRedactor({ ...NOTHING, keys: ['word'], patterns: ['wor.', 'email'] })
  const failed: string[] = []
  redactor.listen(rule => rule === 'error' && failed.push(rule))
  for (const key of KEYS) for (const text of createTexts(2_000, 3)) redactor.attribute(key, text)
  expect(failed).toEqual([])
})

test('a text that is not suspicious holds nothing that a rule finds', () => {
  const rules = chooseTextRules(applySettings(NOTHING), []).all
  let unsuspicious = 0
  const plain = PIECES.filter(piece => /^[\w./*,-]+$/.test(piece))
  const random = createRandom(4)
  for (let made = 0; made < 20_000; made++) {
    const text = Array.from({ length: 1 + random(6) }, () => plain[random(plain.length)]).join('')
    if (isSuspicious(text)) continue
    unsuspicious++
    for (const rule of rules)
      expect(
        rule.redact(text, () => '!'),
        text,
      ).toBe(text)
  }
  expect(unsuspicious).toBeGreaterThan(1_000)
})

test('the time for a text grows with its length, whatever it is made of', () => {
  const redactor = createRedactor(NOTHING)
  const slow: string[] = []
  for (const piece of PIECES) {
    for (const key of ['text', 'db.query.text', 'url.full', 'exception.stacktrace']) {
      const text = piece.repeat(Math.floor(32_000 / piece.length))
      const started = performance.now()
      redactor.attribute(key, text)
      const took = performance.now() - started
      if (took > 500) slow.push(`${key} ${JSON.stringify(piece)}: ${took.toFixed(0)} ms`)
    }
  }
  expect(slow).toEqual([])
})
