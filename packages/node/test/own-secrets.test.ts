import { expect, test } from 'vitest'
import { readOwnSecrets } from '../src/redaction/own-secrets.ts'
import { createRedactor } from '../src/redaction/redactor.ts'

test('secrets are what stands under the name of one in the environment', () => {
  expect(
    readOwnSecrets({
      THROUGHLINE_INTERNAL_SECRET: 'first-secret-value,second-secret-value',
      OTEL_EXPORTER_OTLP_HEADERS: 'x-team=collector-key-1,other=collector-key-2',
      DATABASE_URL: 'postgres://app:database-pass@db/app',
      STRIPE_API_KEY: 'stripe-key-1',
      SESSION_SECRET: 'session-secret-1',
      NPM_TOKEN: 'npm-token-1',
      SMTP_PASSWORD: 'smtp-password-1',
      PATH: '/usr/bin:/usr/local/bin',
      HOSTNAME: 'machine-number-one',
    }).toSorted(),
  ).toEqual([
    'collector-key-1',
    'collector-key-2',
    'database-pass',
    'first-secret-value',
    'npm-token-1',
    'second-secret-value',
    'session-secret-1',
    'smtp-password-1',
    'stripe-key-1',
  ])
})

test.for([
  ['DB_PASSWORD', 'seven77', 'shorter than eight'],
  ['DB_PASSWORD', 'postgres', 'a word'],
  ['JWT_SECRET', '/run/secrets/jwt', 'a path'],
  ['API_TOKEN', '12345678', 'a number'],
])('%s=%s is no secret: it is %s', ([name = '', value = '']) => {
  expect(readOwnSecrets({ [name]: value })).toEqual([])
})

test('eight characters are enough', () => {
  expect(readOwnSecrets({ DB_PASSWORD: 'eight-88' })).toEqual(['eight-88'])
})

test('a secret is taken out wherever it stands, as it is and percent-encoded', () => {
  const redactor = createRedactor(
    { keys: [], patterns: [], allow: [] },
    { ownSecrets: readOwnSecrets({ DB_PASSWORD: 'p$s/word.1' }) },
  )
  expect(redactor.text('xp$s/word.1x')).toBe('x[redacted:own-secret]x')
  expect(redactor.text('p%24s%2Fword.1')).toBe('[redacted:own-secret]')
  expect(redactor.text('pas/word.1')).toBe('pas/word.1')
  expect(redactor.attribute('url.path', '/a/p$s/word.1')).toBe('/a/[redacted:own-secret]')
  expect(redactor.attribute('service.version', 'p$s/word.1')).toBe('[redacted:own-secret]')
  expect(redactor.attribute('db.query.text', 'SELECT a FROM p$s/word.1')).toBe(
    'SELECT a FROM [redacted:own-secret]',
  )
})
