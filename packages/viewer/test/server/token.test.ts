import { expect, test } from 'vitest'
import { bodyOf, JSON_TYPE, served } from './otlp-body.ts'
import { ask, PAGE, start } from './running-viewer.ts'

const EVERYWHERE = { host: '0.0.0.0' }
const OTLP = { method: 'POST', body: bodyOf([served()]) }

test('a viewer that only this machine reaches has no token', async () => {
  const viewer = await start()
  expect([viewer.token, viewer.pageUrl]).toEqual([undefined, `${viewer.url}/`])
})

test('a viewer that others reach makes a random token, and asks everybody for it', async () => {
  const viewer = await start(EVERYWHERE)
  expect(viewer.token).toMatch(/^[\w-]{32}$/)
  expect((await start(EVERYWHERE)).token).not.toBe(viewer.token)
  expect(viewer.pageUrl).toBe(`http://localhost:${viewer.port}/?token=${viewer.token}`)
  const refused = await Promise.all([
    ask(viewer, '/'),
    ask(viewer, '/assets/index-abc123.js'),
    ask(viewer, '/api/meta'),
    ask(viewer, '/api/live'),
    ask(viewer, '/v1/traces', { ...OTLP, headers: JSON_TYPE }),
    ask(viewer, '/api/import', { ...OTLP, headers: JSON_TYPE }),
  ])
  expect(refused.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 401])
  expect(refused[0]?.headers['www-authenticate']).toMatch(/^Bearer/)
  for (const { text } of refused) {
    expect(text).toContain('?token=')
    expect(text).toContain('OTEL_EXPORTER_OTLP_HEADERS=authorization=Bearer%20TOKEN')
    expect(text).not.toContain(viewer.token)
  }
})

test('the address that opens the page gives a cookie and leads to the address without the token', async () => {
  const viewer = await start(EVERYWHERE)
  const opened = await ask(viewer, `/traces/abc?q=a%26b&token=${viewer.token}&x=1`)
  expect(opened).toMatchObject({
    status: 303,
    headers: { location: '/traces/abc?q=a%26b&x=1', 'cache-control': 'no-store' },
  })
  const [cookie = ''] = opened.headers['set-cookie'] ?? []
  expect(cookie).toBe(
    `throughline-viewer-${viewer.port}=${viewer.token}; Path=/; HttpOnly; SameSite=Strict`,
  )
  const headers = { cookie: `other=1; ${cookie.split(';')[0]}` }
  expect(await ask(viewer, '/traces/abc', { headers })).toMatchObject({ status: 200, text: PAGE })
  expect(await ask(viewer, '/api/meta', { headers })).toMatchObject({ status: 200 })
})

test.for([
  ['the token', (token: string) => `Bearer ${token}`, 200],
  ['the token, by another spelling', (token: string) => `bearer  ${token} `, 200],
  ['a part of it', (token: string) => `Bearer ${token.slice(1)}`, 401],
  ['more than it', (token: string) => `Bearer ${token}x`, 401],
  ['another of its length', (token: string) => `Bearer ${'x'.repeat(token.length)}`, 401],
  ['another scheme', (token: string) => `Basic ${token}`, 401],
  ['nothing', () => '', 401],
] as const)('an exporter that shows %s', async ([, authorizationOf, status]) => {
  const viewer = await start(EVERYWHERE)
  const headers = { ...JSON_TYPE, authorization: authorizationOf(viewer.token ?? '') }
  expect((await ask(viewer, '/v1/traces', { ...OTLP, headers })).status).toBe(status)
})

test.for([
  ['a wrong token', '/?token=wrong', {}],
  ['the token of OTLP in an address', '/v1/traces?token=TOKEN', {}],
  ['the token of the API in an address', '/api/meta?token=TOKEN', {}],
  ['a wrong cookie', '/', { cookie: 'throughline-viewer-PORT=wrong' }],
  ['a cookie that cannot be read', '/', { cookie: 'throughline-viewer-PORT=%' }],
  ['the cookie of another port', '/', { cookie: 'throughline-viewer-1=TOKEN' }],
] as const)('%s opens nothing', async ([, path, sent]) => {
  const viewer = await start(EVERYWHERE)
  const fill = (text: string): string =>
    text.replace('TOKEN', viewer.token ?? '').replace('PORT', String(viewer.port))
  const headers = JSON.parse(fill(JSON.stringify(sent))) as Record<string, string>
  expect((await ask(viewer, fill(path), { headers })).status).toBe(401)
})

test('a token does not lift the other guards', async () => {
  const viewer = await start(EVERYWHERE)
  const authorization = `Bearer ${viewer.token}`
  const foreign = await ask(viewer, '/api/meta', { headers: { authorization, host: 'evil.com' } })
  const page = await ask(viewer, '/api/meta', {
    headers: { authorization, origin: 'http://evil.com' },
  })
  expect([foreign.status, page.status]).toEqual([421, 403])
})

test('a link of another site brings no cookie, so the browser is told to ask once more from here', async () => {
  const viewer = await start(EVERYWHERE)
  const headers = {
    'sec-fetch-site': 'cross-site',
    'sec-fetch-mode': 'navigate',
    'sec-fetch-dest': 'document',
  }
  expect(await ask(viewer, '/traces/abc', { headers })).toMatchObject({
    status: 401,
    headers: { refresh: '0' },
  })
  const again = await ask(viewer, '/traces/abc', {
    headers: { ...headers, 'sec-fetch-site': 'same-origin' },
  })
  expect([again.status, again.headers['refresh']]).toEqual([401, undefined])
})

test('a given token is used, on the loopback address too', async () => {
  const token = 'given:100%&more=x;y,"z'
  const viewer = await start({ token })
  expect(viewer.pageUrl).toBe(`${viewer.url}/?token=${encodeURIComponent(token)}`)
  const opened = await ask(viewer, `/?token=${encodeURIComponent(token)}`)
  const [cookie = ''] = opened.headers['set-cookie'] ?? []
  const headers = { cookie: cookie.split(';')[0] ?? '' }
  expect((await ask(viewer, '/api/meta', { headers })).status).toBe(200)
  expect((await ask(viewer, '/api/meta')).status).toBe(401)
})

test.for([
  '',
  'fifteen-letters',
  'a token with spaces in it',
  'ein-schönes-Zeichen',
  'x'.repeat(513),
])('the token "%s" cannot be used', async token => {
  await expect(start({ token })).rejects.toMatchObject({
    code: 'TOKEN_UNUSABLE',
    message: expect.stringContaining(`${token.length} characters`),
  })
})
