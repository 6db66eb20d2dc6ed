import { expect, test } from 'vitest'
import { createReporter } from '../src/diagnostics.ts'
import { createCallers, type Callers } from '../src/trust/callers.ts'
import { readTrustRules } from '../src/trust/trust-rules.ts'

interface Setting {
  readonly networks?: readonly string[]
  readonly production?: boolean
}

function callersOf({ networks = [], production = true }: Setting): Callers {
  const settings = {
    internalCidrs: networks,
    internalSecrets: ['first-secret-of-ours', 'second-secret-of-ours'],
    propagateTo: [],
    trustedProxies: [],
  }
  return createCallers(
    readTrustRules(
      settings,
      production,
      createReporter(() => undefined),
    ),
  )
}

const from = (peer: string | undefined, headers: Record<string, string | string[]> = {}) => ({
  method: 'GET',
  path: '/',
  headers,
  peer,
})

test.for<[peer: string | undefined, isInternal: boolean]>([
  ['10.0.0.0', true],
  ['10.255.255.255', true],
  ['11.0.0.0', false],
  ['9.255.255.255', false],
  ['::ffff:10.1.2.3', true],
  ['::ffff:11.1.2.3', false],
  ['fd12::1', true],
  ['fe80::1%eth0', true],
  ['2001:db8::1', false],
  ['127.0.0.1', false],
  ['nonsense', false],
  [undefined, false],
])('with networks of ours, %s is internal: %s', ([peer, isInternal]) => {
  const callers = callersOf({ networks: ['10.0.0.0/8', 'fd00::/8', 'fe80::/10'] })
  expect(callers.isInternal(from(peer))).toBe(isInternal)
})

test.for<[given: string | string[], isInternal: boolean]>([
  ['first-secret-of-ours', true],
  ['second-secret-of-ours', true],
  ['first-secret-of-our', false],
  ['first-secret-of-ours, first-secret-of-ours', false],
  [['first-secret-of-ours'], false],
  ['', false],
])('the secret %j proves it: %s', ([given, isInternal]) => {
  const request = from('203.0.113.7', { 'throughline-internal': given })
  expect(callersOf({}).isInternal(request)).toBe(isInternal)
})

test.for<
  [what: string, setting: Setting, peer: string, headers: Record<string, string>, is: boolean]
>([
  ['loopback in development', { production: false }, '127.0.0.1', {}, true],
  ['loopback by IPv6', { production: false }, '::1', {}, true],
  ['loopback in IPv6 form', { production: false }, '::ffff:127.0.0.53', {}, true],
  ['another machine', { production: false }, '10.0.0.1', {}, false],
  ['an address that looks like it', { production: false }, '1270.0.0.1', {}, false],
  ['loopback in production', {}, '127.0.0.1', {}, false],
  [
    'loopback where networks are set',
    { production: false, networks: ['10.0.0.0/8'] },
    '::1',
    {},
    false,
  ],
  ['a proxy', { production: false }, '127.0.0.1', { 'x-forwarded-for': '::1' }, false],
  ['a proxy of the standard', { production: false }, '127.0.0.1', { forwarded: 'for=_x' }, false],
])('%s is a neighbour or is not', ([, setting, peer, headers, is]) => {
  expect(callersOf(setting).isNeighbour(from(peer, headers))).toBe(is)
})
