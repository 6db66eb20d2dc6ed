import { describe, expect, test } from 'vitest'
import { createReporter } from '../src/diagnostics.ts'
import { readNetworks } from '../src/networks.ts'
import { createAddressReader, networkOf } from '../src/requests/caller-address.ts'

const readerBehind = (...proxies: string[]): ReturnType<typeof createAddressReader> =>
  createAddressReader(readNetworks('PROXIES', proxies, createReporter()))

const read = readerBehind('10.0.0.0/8', 'fd00::/8')

describe('the address of a caller', () => {
  test.for([
    ['is that of the connection', '203.0.113.1', undefined, '203.0.113.1'],
    [
      'is that of the connection whatever a stranger says',
      '203.0.113.1',
      '198.51.100.7',
      '203.0.113.1',
    ],
    ['is what a trusted proxy saw', '10.0.0.1', '198.51.100.7', '198.51.100.7'],
    [
      'is the nearest that is no proxy',
      '10.0.0.1',
      '1.1.1.1, 198.51.100.7, 10.0.0.2',
      '198.51.100.7',
    ],
    ['is read without spaces, too', '10.0.0.1', '1.1.1.1,198.51.100.7,10.0.0.2', '198.51.100.7'],
    ['is found behind a proxy in IPv6 form', '::ffff:10.0.0.1', '198.51.100.7', '198.51.100.7'],
    ['may be IPv6', 'fd00::1', '2001:db8::7', '2001:db8::7'],
    ['may have a port', '10.0.0.1', '198.51.100.7:4711', '198.51.100.7'],
    ['may be IPv6 with a port', '10.0.0.1', '[2001:db8::7]:4711', '2001:db8::7'],
    ['may be IPv6 in brackets', '10.0.0.1', '[2001:db8::7]', '2001:db8::7'],
    [
      'is the farthest proxy when there are only proxies',
      '10.0.0.1',
      '10.0.0.3, 10.0.0.2',
      '10.0.0.3',
    ],
    ['is the proxy when it says nothing', '10.0.0.1', '', '10.0.0.1'],
    ['is the proxy when it says no address', '10.0.0.1', 'unknown', '10.0.0.1'],
    ['is the last that makes sense', '10.0.0.1', '1.1.1.1, <script>, 10.0.0.2', '10.0.0.2'],
    ['is no half of an address', '10.0.0.1', '198.51.100', '10.0.0.1'],
    ['is no address with a wrong port', '10.0.0.1', '198.51.100.7:port', '10.0.0.1'],
    ['is no gap', '10.0.0.1', '1.1.1.1, , 10.0.0.2', '10.0.0.2'],
    ['is not known where the connection has none', undefined, '198.51.100.7', undefined],
  ] as const)('%s', ([, peer, forwarded, address]) => {
    const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }
    expect(read(peer, headers)).toBe(address)
  })

  test('is that of the connection when no proxy is trusted', () => {
    expect(readerBehind()('10.0.0.1', { 'x-forwarded-for': '198.51.100.7' })).toBe('10.0.0.1')
  })

  test.for([
    ['one entry', 'x'.repeat(1_000_000)],
    ['commas', ','.repeat(1_000_000)],
    ['digits', '1'.repeat(1_000_000)],
    ['proxies', '10.0.0.2,'.repeat(100_000)],
    ['opened brackets', '['.repeat(1_000_000)],
    ['spaces', ' '.repeat(1_000_000)],
  ] as const)('is found in no time in a megabyte of %s', ([, forwarded]) => {
    const from = performance.now()
    expect(read('10.0.0.1', { 'x-forwarded-for': forwarded })).toMatch(/^10\.0\.0\.[12]$/)
    expect(performance.now() - from).toBeLessThan(100)
  })
})

describe('a source', () => {
  test.for([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::FFFF:c000:201', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:db8:1:2::', '2001:db8:1:2'],
    ['2001:0DB8:0001:0002:ffff::1', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['2001:db8::1:2:3:4:5', '2001:db8:0:1'],
    ['::1', '0:0:0:0'],
    ['::', '0:0:0:0'],
    ['1::', '1:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['not an address', 'not an address'],
  ] as const)('%s is counted as %s', ([address, network]) => {
    expect(networkOf(address)).toBe(network)
  })
})
