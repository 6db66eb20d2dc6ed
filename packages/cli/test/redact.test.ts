import { expect, test } from 'vitest'
import { type Outcome, runThroughline, type TerminalState } from './run-throughline.ts'

const redact = (args: readonly string[], state: TerminalState = {}): Promise<Outcome> =>
  runThroughline(['redact', ...args], state)

test('a text is printed as it would leave a process', async () => {
  expect(await redact(['GET /reset?token=abc'])).toEqual({
    code: 0,
    out: 'GET /reset?[redacted:query]\n',
    err: '',
  })
})

test('--explain lists what was taken out, by which rule and why', async () => {
  expect(await redact(['--explain', 'jo@example.com paid'])).toEqual({
    code: 0,
    out: '[redacted:email] paid\n\nemail  jo@example.com  e-mail addresses\n',
    err: '',
  })
  expect((await redact(['--explain', 'paid'])).out).toBe('paid\n\nnothing is taken out\n')
})

test('without a text, what is piped in is taken, with its end', async () => {
  expect((await redact([], { piped: 'jo@example.com\nmo@example.com\n' })).out).toBe(
    '[redacted:email]\n[redacted:email]\n',
  )
  expect(await redact([])).toEqual({
    code: 2,
    out: '',
    err: 'throughline: redact needs a text\n  fix: write it as an argument, or pipe it in\n',
  })
})

test('--key says which attribute the text is the value of', async () => {
  expect((await redact(['--key', 'db.query.text', "SELECT 'jo'"])).out).toBe('SELECT ?\n')
  expect((await redact(['--key', 'db.query.parameter.0', 'jo'])).out).toBe('[redacted:body]\n')
})

test('the settings and secrets of the environment hold', async () => {
  const env = {
    THROUGHLINE_REDACT_ALLOW: 'email,*',
    THROUGHLINE_REDACT_KEYS: 'birthday',
    SMTP_PASSWORD: 'smtp-password-1',
  }
  expect(await redact(['jo@example.com birthday=1 smtp-password-1'], { env })).toEqual({
    code: 0,
    out: 'jo@example.com birthday=[redacted:secret] [redacted:own-secret]\n',
    err: 'the rule of redaction email is off, so these are sent: e-mail addresses\nredaction is not switched off as a whole; throughline redact --rules lists them\n',
  })
})

test('--json gives result and reasons, and with --rules the rules', async () => {
  expect(JSON.parse((await redact(['--json', 'jo@example.com'])).out)).toEqual({
    schema: 1,
    result: '[redacted:email]',
    taken: [
      {
        rule: 'email',
        meaning: 'e-mail addresses',
        found: 'jo@example.com',
        replacement: '[redacted:email]',
      },
    ],
  })
  const { rules } = JSON.parse((await redact(['--rules', '--json'])).out) as { rules: object[] }
  expect(rules).toContainEqual({ name: 'email', meaning: 'e-mail addresses' })
})

test('--rules lists each rule on a line, and says which always hold', async () => {
  const { code, out } = await redact(['--rules'])
  expect(code).toBe(0)
  expect(out).toMatch(/^email\s+e-mail addresses$/m)
  expect(out).toMatch(/^body\s.*\(cannot be switched off\)$/m)
})
