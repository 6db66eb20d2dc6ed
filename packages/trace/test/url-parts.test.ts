import { expect, test } from 'vitest'
import { hostOfUrl, pathOfUrl } from '../src/url-parts.ts'

test.for([
  ['https://pay.example.com/v1/charges?key=1#top', 'pay.example.com', '/v1/charges'],
  ['https://pay.example.com:443', 'pay.example.com', '/'],
  ['http://pay.example.com:443/', 'pay.example.com:443', '/'],
  ['HTTP://me:secret@host:80/a', 'host', '/a'],
  ['http://[::1]:3000/a', '[::1]:3000', '/a'],
  ['http://host?x=http://other/', 'host', '/'],
  ['/a/b?url=http://x/y', undefined, '/a/b'],
  ['', undefined, '/'],
  ['http://', undefined, '/'],
  ['nonsense', undefined, 'nonsense'],
] as const)('%s has the host %s and the path %s', ([url, host, path]) => {
  expect(hostOfUrl(url)).toBe(host)
  expect(pathOfUrl(url)).toBe(path)
})
