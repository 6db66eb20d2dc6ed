import { expect, test } from 'vitest'
import { redactEvent } from '../src/errors/event-redaction.ts'
import type { SentryEvent } from '../src/errors/sentry-parts.ts'
import { createRedactor } from '../src/redaction/redactor.ts'

const redactor = createRedactor({ keys: [], patterns: [], allow: [] })

function redact(event: object): SentryEvent {
  const copy = structuredClone(event) as SentryEvent
  redactEvent(copy, redactor)
  return copy
}

test('of a request only its method and path are kept', () => {
  const { request } = redact({
    request: {
      method: 'POST',
      url: 'https://shop.example.com/pay?token=abc#part',
      headers: { authorization: 'Bearer abc' },
      cookies: { session: 'abc' },
      data: { card: 'abc' },
      query_string: 'token=abc',
      env: { SECRET: 'abc' },
    },
  })
  expect(request).toEqual({ method: 'POST', url: 'https://shop.example.com/pay' })
})

test('texts lose their secrets wherever they are, and the ids of the span stay', () => {
  const mail = 'somebody@example.com'
  const trace = { trace_id: 'a'.repeat(32), span_id: 'b'.repeat(16) }
  const redacted = redact({
    message: `no mail to ${mail}`,
    transaction: `GET /users/${mail}`,
    tags: { owner: mail, team: 'shop' },
    extra: { owner: { mail, password: 'hunter2' } },
    contexts: { trace, order: { mail } },
    user: { id: '7', email: mail, ip_address: '192.0.2.7' },
    breadcrumbs: [
      { category: 'http', message: 'GET https://example.com' },
      { category: 'console', message: 'hello' },
      { category: 'auth', message: `${mail} came in` },
    ],
    exception: {
      values: [
        {
          type: 'Error',
          value: `no mail to ${mail}`,
          mechanism: { type: 'generic', data: { mail } },
          stacktrace: {
            frames: [
              {
                filename: '/app/dist/mail-0123456789abcdef.js',
                function: 'sendMail',
                vars: { mail },
                pre_context: [`// ask ${mail}`],
                context_line: `send('${mail}')`,
              },
            ],
          },
        },
      ],
    },
  })
  expect(JSON.stringify(redacted)).not.toMatch(/somebody|hunter2|192\.0\.2\.7|"vars"/)
  expect(redacted).toMatchObject({
    message: 'no mail to [redacted:email]',
    tags: { team: 'shop' },
    contexts: { trace },
    user: { id: '7' },
    breadcrumbs: [{ message: '[redacted:email] came in' }],
    exception: {
      values: [
        {
          stacktrace: {
            frames: [{ filename: '/app/dist/mail-0123456789abcdef.js', function: 'sendMail' }],
          },
        },
      ],
    },
  })
})
