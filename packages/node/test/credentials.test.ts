import type { IncomingHttpHeaders } from 'node:http'
import { describe, expect, test } from 'vitest'
import { createCredentialReader } from '../src/requests/credentials.ts'
import type { Credential } from '../src/requests/request.ts'

const UNSET = { sessionCookies: undefined, apiKeyHeaders: undefined }
const read = createCredentialReader(UNSET)

test.for<[IncomingHttpHeaders, Credential]>([
  [{}, 'none'],
  [{ 'x-api-key': 'k' }, 'api-key'],
  [{ 'api-key': 'k' }, 'api-key'],
  [{ apikey: 'k' }, 'api-key'],
  [{ 'x-api-key': '' }, 'none'],
  [{ 'x-api-keys': 'k' }, 'none'],
  [{ cookie: 'session=abc' }, 'session'],
  [{ cookie: 'theme=dark; session=abc' }, 'session'],
  [{ cookie: 'theme=dark;session=abc' }, 'session'],
  [{ cookie: 'session="abc"' }, 'session'],
  [{ cookie: 'session==' }, 'session'],
  [{ cookie: '__Host-session=abc' }, 'session'],
  [{ cookie: '__Secure-authjs.session-token=abc' }, 'session'],
  [{ cookie: '__Secure-next-auth.session-token.0=abc; other=1' }, 'session'],
  [{ cookie: 'connect.sid=s%3Aabc' }, 'session'],
  [{ cookie: 'better-auth.session_token=abc' }, 'session'],
  [{ cookie: '__session=abc' }, 'session'],
  [{ cookie: 'sb-abcdefgh-auth-token=base64-xyz' }, 'session'],
  [{ cookie: 'sb-abcdefgh-auth-token.1=xyz' }, 'session'],
  // Signed out: the name is there, a value is not.
  [{ cookie: 'session=' }, 'none'],
  [{ cookie: 'session=; theme=dark' }, 'none'],
  [{ cookie: 'session=""' }, 'none'],
  [{ cookie: '' }, 'none'],
  // Names that only look so.
  [{ cookie: 'mysession=abc' }, 'none'],
  [{ cookie: 'session_theme=abc' }, 'none'],
  [{ cookie: 'theme=session=abc' }, 'none'],
  [{ cookie: 'connectXsid=abc' }, 'none'],
  [{ cookie: 'csrf_token=abc' }, 'none'],
  [{ cookie: 'sb-theme=dark; x-auth-token=abc' }, 'none'],
  [{ authorization: 'Bearer abc' }, 'either'],
  [{ authorization: 'bearer abc' }, 'either'],
  [{ authorization: 'Basic abc' }, 'either'],
  [{ authorization: 'Negotiate abc' }, 'either'],
  [{ authorization: 'ApiKey abc' }, 'api-key'],
  [{ authorization: 'Api-Key abc' }, 'api-key'],
  [{ authorization: 'AWS4-HMAC-SHA256 Credential=abc' }, 'api-key'],
  [{ authorization: 'HMAC abc' }, 'api-key'],
  [{ authorization: '' }, 'none'],
  [{ 'proxy-authorization': 'Basic abc' }, 'none'],
  // Several at once: the route knows which of them counts.
  [{ 'x-api-key': 'k', cookie: 'session=abc' }, 'either'],
  [{ 'x-api-key': 'k', cookie: 'theme=dark' }, 'api-key'],
  [{ 'x-api-key': 'k', authorization: 'Bearer abc' }, 'either'],
  [{ authorization: 'ApiKey abc', cookie: 'session=abc' }, 'either'],
  [{ authorization: 'Bearer abc', cookie: 'session=abc' }, 'either'],
])('%j is %s', ([headers, credential]) => {
  expect(read(headers)).toBe(credential)
})

describe('settings', () => {
  test('name the cookies of sessions, and none of the usual ones counts then', () => {
    const reader = createCredentialReader({ ...UNSET, sessionCookies: ['shop.user', 'sess-*'] })
    expect(reader({ cookie: 'shop.user=1' })).toBe('session')
    expect(reader({ cookie: 'a=1; __Host-SESS-eu=1' })).toBe('session')
    expect(reader({ cookie: 'shopXuser=1; session=1' })).toBe('none')
  })

  test('name the headers of API keys', () => {
    const reader = createCredentialReader({ ...UNSET, apiKeyHeaders: ['X-Partner-Key'] })
    expect(reader({ 'x-partner-key': 'k' })).toBe('api-key')
    expect(reader({ 'x-api-key': 'k' })).toBe('none')
  })

  test('make authorization an API key where only partners send it', () => {
    const reader = createCredentialReader({ ...UNSET, apiKeyHeaders: ['authorization'] })
    expect(reader({ authorization: 'Bearer abc' })).toBe('api-key')
    expect(reader({ cookie: 'session=abc' })).toBe('session')
  })
})

test.for([
  ['many cookies', Array.from({ length: 50_000 }, (_, at) => `c${at}=${at}`).join('; ')],
  ['separators alone', ';'.repeat(1_000_000)],
  ['spaces alone', `;${' '.repeat(1_000_000)}`],
  ['the beginning of a name', 'sb-'.repeat(300_000)],
  ['the beginnings of names', '; sb-x'.repeat(150_000)],
] as const)('a megabyte of cookies is read in no time: %s', ([, cookie]) => {
  const from = performance.now()
  expect(read({ cookie })).toBe('none')
  expect(performance.now() - from).toBeLessThan(200)
})
