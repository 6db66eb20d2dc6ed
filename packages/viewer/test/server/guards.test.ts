import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { createHostTest } from '../../src/server/host-names.ts'
import { bodyOf, JSON_TYPE, served } from './otlp-body.ts'
import { ask, PAGE, share, type Asked } from './running-viewer.ts'

const PORT = 4318
const LOCAL = { port: PORT, host: '127.0.0.1', allowedHosts: [] }

test.for([
  [LOCAL, 'localhost:4318', true],
  [LOCAL, 'LOCALHOST:4318', true],
  [LOCAL, 'web.localhost:4318', true],
  [LOCAL, '127.0.0.1:4318', true],
  [LOCAL, '127.1.2.3:4318', true],
  [LOCAL, '[::1]:4318', true],
  [LOCAL, 'localhost', false],
  [LOCAL, 'localhost:4319', false],
  [LOCAL, 'example.com:4318', false],
  [LOCAL, 'localhost.example.com:4318', false],
  [LOCAL, '127.0.0.1.example.com:4318', false],
  [LOCAL, '127.example.com:4318', false],
  [LOCAL, 'notlocalhost:4318', false],
  [LOCAL, '192.168.1.5:4318', false],
  [LOCAL, 'localhost:4318@example.com', false],
  [LOCAL, 'localhost:4318/x', false],
  [LOCAL, '', false],
  [LOCAL, undefined, false],
  [{ ...LOCAL, port: 80 }, 'localhost', true],
  [{ ...LOCAL, host: '192.168.1.5' }, '192.168.1.5:4318', true],
  [{ ...LOCAL, host: '192.168.1.5' }, '192.168.1.6:4318', false],
  [{ ...LOCAL, host: 'Devbox' }, 'devbox:4318', true],
  [{ ...LOCAL, host: '0.0.0.0' }, '192.168.1.6:4318', true],
  [{ ...LOCAL, host: '::' }, '[fd00::7]:4318', true],
  [{ ...LOCAL, host: '0.0.0.0' }, 'devbox:4318', false],
  [{ ...LOCAL, allowedHosts: ['viewer.example.com'] }, 'viewer.example.com', true],
  [{ ...LOCAL, allowedHosts: ['viewer.example.com'] }, 'viewer.example.com:8080', true],
  [{ ...LOCAL, allowedHosts: ['viewer.example.com'] }, 'a.viewer.example.com', false],
  [{ ...LOCAL, allowedHosts: ['viewer.example.com:8080'] }, 'viewer.example.com:8080', true],
  [{ ...LOCAL, allowedHosts: ['viewer.example.com:8080'] }, 'viewer.example.com', false],
] as const)('%o called by the Host %o: %o', ([names, header, isOurs]) => {
  expect(createHostTest(names)(header)).toBe(isOurs)
})

const OTLP: Asked = { method: 'POST', headers: JSON_TYPE, body: bodyOf([served()]) }
const shared = share({ allowedHosts: ['viewer.test'] })
const NAVIGATION = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
const OWN = 'http://OWN'

/** `OWN` stands for the address of the viewer. */
test.for([
  ['no Origin', {}, 200, 200, 200],
  ['its own Origin', { origin: OWN }, 200, 200, 200],
  ['the Origin of another port', { origin: 'http://127.0.0.1:1' }, 403, 403, 403],
  ['the Origin of another site', { origin: 'https://example.com' }, 403, 403, 403],
  ['its own Origin, and more', { origin: `${OWN}.example.com` }, 403, 403, 403],
  ['an Origin that is hidden', { origin: 'null' }, 403, 403, 403],
  ['a browser that asks for itself', { 'sec-fetch-site': 'none' }, 200, 200, 200],
  ['its own page', { 'sec-fetch-site': 'same-origin' }, 200, 200, 200],
  ['a page of another port', { 'sec-fetch-site': 'same-site' }, 403, 403, 403],
  ['a page of another site', { 'sec-fetch-site': 'cross-site' }, 403, 403, 403],
  ['a link of another site', { 'sec-fetch-site': 'cross-site', ...NAVIGATION }, 200, 403, 403],
  [
    'a frame of another site',
    { 'sec-fetch-site': 'cross-site', ...NAVIGATION, 'sec-fetch-dest': 'iframe' },
    403,
    403,
    403,
  ],
  ['a foreign Host', { host: 'example.com' }, 421, 421, 421],
  ['the Host of another port', { host: 'localhost:1' }, 421, 421, 421],
  ['a foreign Host and Origin', { host: 'evil.com', origin: 'http://evil.com' }, 421, 421, 421],
  ['an allowed Host', { host: 'viewer.test', origin: 'https://viewer.test' }, 200, 200, 200],
  [
    'an allowed Host, another Origin',
    { host: 'viewer.test', origin: 'https://b.test' },
    403,
    403,
    403,
  ],
] as const)('%s: %o gets the page %i, the API %i, OTLP %i', async ([, sent, page, api, otlp]) => {
  const viewer = shared()
  const traceId = randomBytes(16).toString('hex')
  const body = bodyOf([served({ traceId })])
  const headers = JSON.parse(
    JSON.stringify(sent).replace('OWN', `127.0.0.1:${viewer.port}`),
  ) as Record<string, string>
  const answers = [
    await ask(viewer, '/traces', { headers }),
    await ask(viewer, '/api/meta', { headers }),
    await ask(viewer, '/v1/traces', {
      method: 'POST',
      body,
      headers: { ...JSON_TYPE, ...headers },
    }),
  ]
  expect(answers.map(({ status }) => status)).toEqual([page, api, otlp])
  const refused = answers.filter(({ status }) => status !== 200)
  for (const { text } of refused) {
    expect(text).not.toContain(PAGE)
    expect(text).toMatch(/gets nothing here|not known as/)
  }
  const kept = await ask(viewer, `/api/traces/${traceId}`)
  expect(kept.status).toBe(otlp === 200 ? 200 : 404)
})

test('every answer keeps other pages away, and none lets one in', async () => {
  const viewer = shared()
  const answers = await Promise.all([
    ask(viewer, '/'),
    ask(viewer, '/assets/index-abc123.js'),
    ask(viewer, '/missing.js'),
    ask(viewer, '/api/meta'),
    ask(viewer, '/api/nothing'),
    ask(viewer, '/v1/traces', OTLP),
    ask(viewer, '/v1/traces', { method: 'OPTIONS' }),
    ask(viewer, '/', { headers: { host: 'example.com' } }),
    ask(viewer, '/', { headers: { origin: 'http://example.com' } }),
  ])
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 404, 200, 404, 200, 405, 421, 403])
  for (const { headers } of answers) {
    expect(headers).toMatchObject({
      'content-security-policy':
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-resource-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
    })
    expect(Object.keys(headers).filter(name => name.startsWith('access-control-'))).toEqual([])
  }
})

test.for(['http://example.com/', '//example.com/', '/\\example.com', '*'])(
  'a request for %s is refused: it is no path of this server',
  async target => {
    expect(await ask(shared(), target)).toMatchObject({ status: 400 })
  },
)
