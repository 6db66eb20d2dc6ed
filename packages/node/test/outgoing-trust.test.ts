import { Agent as TlsAgent } from 'node:https'
import type { RequestOptions } from 'node:http'
import { createResolver, parseCatalog } from '@throughline/catalog'
import { expect, test } from 'vitest'
import { createReporter } from '../src/diagnostics.ts'
import { createOutgoingTrust, type OutgoingTrust, type Told } from '../src/trust/outgoing-trust.ts'
import { readTrustRules } from '../src/trust/trust-rules.ts'

// That headers are sent or withheld is asked of a running service: e2e/trust-out.e2e.test.ts. Here is what it cannot call.

function trust({ production = true } = {}): OutgoingTrust {
  const parsed = parseCatalog(`version: 1
org: { defaultTeam: a }
teams: { a: { name: A } }
services:
  orders: { kind: node, hosts: [orders.example.com, "secure.example.com:443", "plain.example.com:80", "[2001:db8::1]:8080"] }
  payments: { kind: external, hosts: ["localhost:9999"] }
`)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  const settings = {
    internalCidrs: [],
    internalSecrets: [],
    propagateTo: ['*.allowed.com', '[2001:db8::2]'],
    trustedProxies: [],
  }
  return createOutgoingTrust({
    resolver: createResolver(parsed.value),
    catalog: parsed.value,
    rules: readTrustRules(
      settings,
      production,
      createReporter(() => undefined),
    ),
  })
}

test.for<[options: RequestOptions & { defaultPort?: number }, told: Told]>([
  [{ hostname: 'orders.example.com' }, 'service'],
  [{ host: 'orders.example.com', port: 8443 }, 'service'],
  // As Node does it, the name wins over the host.
  [{ hostname: 'evil.com', host: 'orders.example.com' }, 'nothing'],
  [{ hostname: 'orders.example.com.' }, 'service'],
  [{ hostname: 'secure.example.com', protocol: 'https:' }, 'service'],
  [{ hostname: 'secure.example.com', agent: new TlsAgent() }, 'service'],
  [{ hostname: 'secure.example.com', defaultPort: 443 }, 'service'],
  [{ hostname: 'secure.example.com', port: '443', protocol: 'https:' }, 'service'],
  [{ hostname: 'secure.example.com', protocol: 'http:' }, 'nothing'],
  [{ hostname: 'plain.example.com' }, 'service'],
  [{ hostname: 'plain.example.com', protocol: 'https:' }, 'nothing'],
  [{ hostname: '2001:db8::1', port: 8080 }, 'service'],
  [{ hostname: '2001:db8::1', port: 8081 }, 'nothing'],
  [{ hostname: '2001:db8::2', port: 8080 }, 'trace'],
  [{ hostname: 'a.b.allowed.com' }, 'trace'],
  [{ hostname: 'allowed.com' }, 'nothing'],
  [{ hostname: 'notallowed.com' }, 'nothing'],
  [{ hostname: 'proxy.com', path: 'http://orders.example.com/x' }, 'service'],
  [{ hostname: 'orders.example.com', path: 'http://evil.com/x' }, 'nothing'],
  [{ hostname: 'orders.example.com', path: '//evil.com/x' }, 'service'],
  [{ hostname: 'orders.example.com', path: 'http://' }, 'nothing'],
  [{ hostname: 'proxy.com', path: 'orders.example.com:443', method: 'CONNECT' }, 'nothing'],
  [{}, 'nothing'],
  [{ socketPath: '/var/run/docker.sock' }, 'nothing'],
])('in production node:http with %j tells %s', ([options, told]) => {
  const outgoing = trust()
  outgoing.judgeHttp(options)
  expect(outgoing.take()).toBe(told)
})

test.for<[options: RequestOptions, told: Told]>([
  [{}, 'trace'],
  [{ hostname: 'LOCALHOST', port: 4000 }, 'trace'],
  [{ hostname: '127.1.2.3' }, 'trace'],
  [{ hostname: '::1', port: 4000 }, 'trace'],
  [{ hostname: 'localhost', port: 9999 }, 'nothing'],
  [{ hostname: 'localhost.evil.com' }, 'nothing'],
  [{ hostname: '127.0.0.1.evil.com' }, 'nothing'],
  [{ socketPath: '/tmp/app.sock' }, 'trace'],
])('outside of production node:http with %j tells %s', ([options, told]) => {
  const outgoing = trust({ production: false })
  outgoing.judgeHttp(options)
  expect(outgoing.take()).toBe(told)
})

test.for<[origin: unknown, path: string, told: Told]>([
  ['http://orders.example.com', '/x', 'service'],
  [new URL('https://secure.example.com'), '/x', 'service'],
  ['https://secure.example.com:8443', '/x', 'nothing'],
  ['http://[2001:db8::1]:8080', '/x', 'service'],
  ['http://orders.example.com', '//evil.com/x', 'service'],
  ['http://proxy.com', 'http://orders.example.com/x', 'service'],
  ['http://orders.example.com', 'http://evil.com/x', 'nothing'],
  ['nonsense', '/x', 'nothing'],
  [undefined, '/x', 'nothing'],
])('undici to %s%s tells %s', ([origin, path, told]) => {
  const outgoing = trust()
  outgoing.judgeUndici({ origin, path, headers: [] })
  expect(outgoing.take()).toBe(told)
})

test('a service that is called by gRPC is told the trace, and no secret', () => {
  const outgoing = trust()
  expect(outgoing.judgeGrpc('orders.example.com:50051')).toEqual({})
  expect(outgoing.take()).toBe('trace')
})

test('what cannot be judged is told nothing', () => {
  const outgoing = trust({ production: false })
  const odd = { hostname: 'localhost', path: 7 } as unknown as RequestOptions
  expect(() => outgoing.judgeHttp(odd)).toThrow('startsWith')
  expect(outgoing.take()).toBe('nothing')
  outgoing.judgeHttp({ hostname: 'localhost', agent: null } as unknown as RequestOptions)
  expect(outgoing.take()).toBe('trace')
})

test('a judgement is for the next injection only', () => {
  const outgoing = trust()
  expect(outgoing.judgeGrpc('evil.com:80')).toEqual({ 'throughline.propagation': 'withheld' })
  expect(outgoing.take()).toBe('nothing')
  expect(outgoing.take()).toBeUndefined()
})
