import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'

interface Report {
  readonly plants: readonly { readonly place: string; readonly kind: string }[]
  readonly findings: readonly { readonly plant: { readonly kind: string } }[]
  readonly silent: readonly string[]
}

const LEAST_PLANTS = 60
const TIMEOUT_MS = 240_000

function runCanary(...args: readonly string[]): {
  status: number | null
  said: string
  report: Report
} {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, '../src/main.ts'), '--json', ...args],
    { encoding: 'utf8', maxBuffer: 64 * 1024 ** 2, timeout: TIMEOUT_MS },
  )
  return { status, said: stderr, report: JSON.parse(stdout || '{}') as Report }
}

test('no planted secret leaves any process', { timeout: TIMEOUT_MS }, () => {
  const { status, said, report } = runCanary()
  expect(status, said).toBe(0)
  expect(report.findings).toEqual([])
  expect(report.silent).toEqual([])
  expect(report.plants.length).toBeGreaterThanOrEqual(LEAST_PLANTS)
})

test('without the rule for e-mail addresses they are found', { timeout: TIMEOUT_MS }, () => {
  const { status, report } = runCanary('--without', 'email')
  expect(status).toBe(1)
  expect(new Set(report.findings.map(({ plant }) => plant.kind))).toEqual(
    new Set(['e-mail address']),
  )
})
