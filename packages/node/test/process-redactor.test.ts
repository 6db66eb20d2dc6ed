import {
  METRIC_HTTP_CLIENT_REQUEST_DURATION,
  METRIC_THROUGHLINE_AUDIENCE_MISMATCH,
} from '@throughline/conventions'
import { expect, test } from 'vitest'
import { createReporter } from '../src/diagnostics.ts'
import { createMetrics, type Metrics } from '../src/metrics/instruments.ts'
import { createProcessRedactor, reportRedactions } from '../src/redaction/process-redactor.ts'
import type { Redactor } from '../src/redaction/redactor.ts'

function start(environment: NodeJS.ProcessEnv): {
  redactor: Redactor
  metrics: Metrics
  said: string[]
} {
  const said: string[] = []
  const redactor = createProcessRedactor(environment)
  const metrics = createMetrics({ maxSeries: 100, redactor })
  reportRedactions(
    redactor,
    metrics,
    createReporter(line => void said.push(line)),
  )
  return { redactor, metrics, said }
}

test('the environment says what is redacted, and what is off is said once', () => {
  const { redactor, said } = start({
    THROUGHLINE_REDACT_KEYS: 'birthday',
    THROUGHLINE_REDACT_PATTERNS: 'K-\\d+ acme',
    THROUGHLINE_REDACT_ALLOW: 'email,nothing',
    SMTP_PASSWORD: 'smtp-password-1',
  })
  expect(redactor.text('birthday=1 K-7 acme jo@example.com smtp-password-1')).toBe(
    'birthday=[redacted:secret] [redacted:pattern] [redacted:pattern] jo@example.com [redacted:own-secret]',
  )
  expect(said).toEqual([
    'throughline: the rule of redaction email is off, so these are sent: e-mail addresses\n',
    'throughline: there is no rule of redaction called "nothing"; throughline redact --rules lists them\n',
  ])
})

test('labels of metrics hold no secret, and hosts and words about secrets stay', async () => {
  const { metrics } = start({})
  const calls = metrics.instrument(METRIC_HTTP_CLIENT_REQUEST_DURATION)
  calls.observe(['GET', 'partner-api-7d9f8b6c5d-x2x4z', '80', '200', ''], 1)
  calls.observe(['GET', 'api', '80', '200', 'jo@example.com'], 1)
  calls.observe(['GET', 'api', '80', '200', 'mo@example.com'], 1)
  metrics.instrument(METRIC_THROUGHLINE_AUDIENCE_MISMATCH).add(['/a', 'partner', 'session'], 1)
  const text = await metrics.scrape()
  expect(text).not.toContain('@example.com')
  expect(text).toContain('partner-api-7d9f8b6c5d-x2x4z')
  expect(text).toContain('credential="session"')
  expect(text).toMatch(/_count\{[^}]*error_type="\[redacted:email\]"[^}]*\} 2/)
})

test('what is taken out is counted by rule, also where a pattern matches the name of a rule', async () => {
  const { redactor, metrics } = start({ THROUGHLINE_REDACT_PATTERNS: 'pattern' })
  redactor.text('jo@example.com, mo@example.com')
  redactor.text('a pattern')
  const text = await metrics.scrape()
  expect(text).toContain('throughline_redactions_total{rule="email"} 2')
  expect(text).toMatch(/throughline_redactions_total\{rule="\[redacted:pattern\]"\} 1/)
})
