import { parseCatalog } from '@throughline/catalog'
import { expect, test } from 'vitest'
import { createReporter } from '../src/diagnostics.ts'
import type { TrustSettings } from '../src/environment.ts'
import { readTrustRules, warnOfStrangers, type TrustRules } from '../src/trust/trust-rules.ts'

const NOTHING: TrustSettings = {
  internalCidrs: [],
  internalSecrets: [],
  propagateTo: [],
  trustedProxies: [],
}

/** The rules of settings, with what is said of them. */
function read(
  settings: Partial<TrustSettings>,
  production = true,
): { rules: TrustRules; said: string[] } {
  const said: string[] = []
  const reporter = createReporter(line => void said.push(line))
  return { rules: readTrustRules({ ...NOTHING, ...settings }, production, reporter), said }
}

test('good settings are taken, and nothing is said', () => {
  const { rules, said } = read({
    internalCidrs: ['10.0.0.0/8', 'fd00::/8', '192.0.2.7'],
    internalSecrets: ['a'.repeat(16), 'b'.repeat(512)],
    propagateTo: ['*.Example.com', 'api:4000', '[::1]:80'],
  })
  expect(said).toEqual([])
  expect(rules.secrets).toHaveLength(2)
  expect(rules.internalPeers.has('10.1.2.3')).toBe(true)
  expect(rules.allowedHosts.find('eu.example.com:443')).toBe(true)
  expect(rules.allowedHosts.find('api:4001')).toBeUndefined()
})

test('what is bad is said with its place and left out, a secret without its text', () => {
  const { rules, said } = read({
    internalCidrs: ['10.0.0.0/33', 'everywhere'],
    internalSecrets: [
      'fifteen-letters',
      'with a space in it',
      'a-good-secret-of-the-house',
      'ümlaut-in-a-secret',
    ],
    propagateTo: ['https://api.example.com/', 'api.example.com'],
  })
  expect(rules.internalPeers.isEmpty).toBe(true)
  expect(rules.secrets).toEqual(['a-good-secret-of-the-house'])
  expect(rules.allowedHosts.find('api.example.com:443')).toBe(true)
  expect(said).toHaveLength(6)
  for (const words of [
    'THROUGHLINE_INTERNAL_CIDRS holds "10.0.0.0/33"',
    'THROUGHLINE_INTERNAL_CIDRS holds "everywhere"',
    'THROUGHLINE_INTERNAL_SECRET holds at place 1 a secret',
    'THROUGHLINE_INTERNAL_SECRET holds at place 2 a secret',
    'THROUGHLINE_INTERNAL_SECRET holds at place 4 a secret',
    'THROUGHLINE_PROPAGATE_TO holds "https://api.example.com/"',
  ]) {
    expect(said.join('')).toContain(words)
  }
  expect(said.join('')).not.toMatch(/fifteen-letters|with a space in it|mlaut/)
})

const catalogOf = (services: string): NonNullable<Parameters<typeof warnOfStrangers>[1]> => {
  const parsed = parseCatalog(
    `version: 1\norg: { defaultTeam: a }\nteams: { a: { name: A } }\nservices: { ${services} }\n`,
  )
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return parsed.value
}
const TWO = 'web: { kind: next }, api: { kind: node }'
const ONE = 'web: { kind: next }, payments: { kind: external }'

test.for<
  [
    what: string,
    services: string,
    settings: Partial<TrustSettings>,
    production: boolean,
    lines: number,
  ]
>([
  ['two services and nothing set', TWO, {}, true, 1],
  ['one service and an external one', ONE, {}, true, 0],
  ['a secret', TWO, { internalSecrets: ['a'.repeat(16)] }, true, 0],
  ['networks', TWO, { internalCidrs: ['10.0.0.0/8'] }, true, 0],
  ['development', TWO, {}, false, 0],
])(
  'with %s in production it is said whether callers can be told',
  ([, services, settings, production, lines]) => {
    const said: string[] = []
    warnOfStrangers(
      read(settings, production).rules,
      catalogOf(services),
      createReporter(line => void said.push(line)),
    )
    expect(said).toHaveLength(lines)
    for (const line of said) expect(line).toContain('THROUGHLINE_INTERNAL_SECRET')
  },
)
