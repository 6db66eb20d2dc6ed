import { expect, test } from 'vitest'
import { createReporter } from '../src/diagnostics.ts'
import { readNetworks, type Networks } from '../src/networks.ts'

function read(networks: readonly string[]): { networks: Networks; said: string[] } {
  const said: string[] = []
  const reporter = createReporter(line => void said.push(line))
  return { networks: readNetworks('VARIABLE', networks, reporter), said }
}

test.for([
  ['10.0.0.0/8', '10.255.255.255', '11.0.0.0'],
  ['10.0.0.0/8', '::ffff:10.1.2.3', '::ffff:11.1.2.3'],
  ['192.0.2.7', '192.0.2.7', '192.0.2.8'],
  ['0.0.0.0/0', '203.0.113.9', '2001:db8::1'],
  ['fd00::/8', 'fd12:3456::1', 'fe80::1'],
  ['2001:db8::1', '2001:DB8:0::1', '2001:db8::2'],
  ['fe80::/10', 'fe80::1%eth0', 'fec0::1'],
] as const)('%s has %s, and not %s', ([network, inside, outside]) => {
  const { networks, said } = read([network])
  expect(networks.has(inside)).toBe(true)
  expect(networks.has(outside)).toBe(false)
  expect(said).toEqual([])
})

test.for([
  '10.0.0.0/33',
  'fd00::/129',
  '10.0.0.0/',
  '10.0.0.0/8/8',
  '10.0.0/8',
  '10.0.0.0/-1',
  'proxy',
  '/8',
])('%s is said and left out, and the others stay', bad => {
  const { networks, said } = read([bad, '10.0.0.0/8'])
  expect(said).toEqual([expect.stringContaining(`VARIABLE holds ${JSON.stringify(bad)}`)])
  expect(networks.has('10.0.0.1')).toBe(true)
  expect(networks.has('192.0.2.1')).toBe(false)
})

test('what is no address is in no network', () => {
  const { networks } = read(['0.0.0.0/0', '::/0'])
  for (const text of ['', 'localhost', '1.2.3', '1.2.3.4 ', '1.2.3.4:80', '[::1]'])
    expect(networks.has(text)).toBe(false)
})
