import { expect, test } from 'vitest'
import { redactLine } from '../src/logs/line-redaction.ts'
import { createRedactor } from '../src/redaction/redactor.ts'

const redactor = createRedactor({ keys: ['colour'], patterns: [], allow: [] })
const redact = (line: string): string => redactLine(line, redactor)

test('a line without secrets is the very same', () => {
  const line = '{"level":30, "id":12345678901234567890,"msg":"an item"}\n'
  expect(redact(line)).toBe(line)
})

test('secrets go by the name of their field and by what they look like, and the line stays one of JSON', () => {
  const line = `${JSON.stringify({
    level: 30,
    password: 'p"q\\r\n',
    colour: 'mauve',
    headers: { authorization: 'Bearer abc', cookie: 'sid=1' },
    msg: 'said "token=abc123def456" to jo@example.com\nand more',
  })}\n`
  const redacted = redact(line)
  expect(redacted.trimEnd().split('\n')).toHaveLength(1)
  expect(JSON.parse(redacted)).toMatchObject({ level: 30, password: expect.any(String) as string })
  for (const secret of ['p\\"q', 'mauve', 'Bearer', 'sid=1', 'abc123def456', 'jo@example.com'])
    expect(redacted).not.toContain(secret)
})

test('a field is harmless by its name and its value together', () => {
  const line = `${JSON.stringify({ time: 'jo@example.com', trace_id: 'jo@example.com', level: 'jo@example.com' })}\n`
  expect(redact(line)).not.toContain('jo@example.com')
  const ids = `${JSON.stringify({ time: 4111111111111, trace_id: '0af7651916cd43dd8448eb211c80319c' })}\n`
  expect(redact(ids)).toBe(ids)
})

test('the names of fields hold no secret, either, and fields keep their order', () => {
  const redacted = redact('{"b":1,"jo@example.com":2,"__proto__":"jo@example.com","a":3}\n')
  expect(redacted).not.toContain('jo@example.com')
  expect(redacted).toMatch(/^\{"b":1,.*"a":3\}\n$/)
})

test('a line that is no JSON is searched as text', () => {
  expect(redact('hello jo@example.com\n')).toMatch(/^hello \[redacted.*\]\n$/)
})
