import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ask, makeFolder, makePage, PAGE, SCRIPT, share, start } from './running-viewer.ts'

const shared = share()

test.for([
  ['/', 'text/html; charset=utf-8', 'no-cache', PAGE],
  ['/index.html', 'text/html; charset=utf-8', 'no-cache', PAGE],
  ['/traces/abc/def?q=a.b', 'text/html; charset=utf-8', 'no-cache', PAGE],
  ['/no/such/address', 'text/html; charset=utf-8', 'no-cache', PAGE],
  [
    '/assets/index-abc123.js',
    'text/javascript; charset=utf-8',
    'public, max-age=31536000, immutable',
    SCRIPT,
  ],
  ['/icon.svg', 'image/svg+xml', 'no-cache', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
] as const)('%s is %s, kept as %s', async ([path, type, cacheControl, text]) => {
  expect(await ask(shared(), path)).toMatchObject({
    status: 200,
    text,
    headers: { 'content-type': type, 'cache-control': cacheControl },
  })
})

test.for([
  '/missing.js',
  '/assets/../../secret.txt',
  '/../secret.txt',
  '/%2e%2e/secret.txt',
  '/assets/%2e%2e%2f%2e%2e%2fsecret.txt',
  '/..%5csecret.txt',
  '/index.html%00.txt',
])('%s is not served', async path => {
  const pageFolder = makePage()
  writeFileSync(join(pageFolder, '..', 'secret.txt'), 'secret')
  const viewer = await start({}, { pageFolder })
  const answer = await ask(viewer, path)
  expect([answer.status, answer.headers['cache-control']]).toEqual([404, 'no-store'])
  expect(answer.text).not.toContain('secret\n')
})

test.for([
  ['/', '</api/traces?q=&limit=200>; rel=preload; as=fetch; crossorigin'],
  [
    '/traces?q=team%3Aa%20b',
    '</api/traces?q=team%3Aa+b&limit=200>; rel=preload; as=fetch; crossorigin',
  ],
  [
    '/traces?q=%3E500ms%22%0d%0aset-cookie:x',
    '</api/traces?q=%3E500ms%22%0D%0Aset-cookie%3Ax&limit=200>; rel=preload; as=fetch; crossorigin',
  ],
  ['/routes', undefined],
  ['/traces/abc', undefined],
  ['/icon.svg', undefined],
] as const)('%s has the list of traces asked for early: %s', async ([path, link]) => {
  expect((await ask(shared(), path)).headers['link']).toBe(link)
})

test('what is put into the folder later has no address', async () => {
  const pageFolder = makePage()
  const viewer = await start({}, { pageFolder })
  writeFileSync(join(pageFolder, 'later.txt'), 'later')
  expect((await ask(viewer, '/later.txt')).status).toBe(404)
})

test('where the page is not built, its addresses say so, and the rest works', async () => {
  const viewer = await start({}, { pageFolder: join(makeFolder(), 'none') })
  const page = await ask(viewer, '/')
  expect([page.status, page.text]).toEqual([503, expect.stringContaining('npm run build')])
  expect((await ask(viewer, '/api/meta')).status).toBe(200)
})
