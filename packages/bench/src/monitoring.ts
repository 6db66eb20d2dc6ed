import { execFile } from 'node:child_process'
import { globSync, statSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { startPrometheus } from '@throughline/checks/prometheus'
import { type CatalogSize, writeLargeCatalog } from './large-catalog.ts'

/** What `throughline generate` takes in a process of its own, and what Prometheus makes of the rules. */
export interface MonitoringCost {
  readonly size: CatalogSize
  readonly files: number
  readonly megabytes: number
  readonly alerts: number
  readonly recordingRules: number
  readonly generate: GenerateCost
  /** The same again, with every file there: all are read and compared. */
  readonly check: GenerateCost
  /** From the start of Prometheus until it has loaded the rules. */
  readonly loadSeconds: number
}

/** What one run took. */
export interface GenerateCost {
  readonly seconds: number
  /** Most memory that the process occupied. */
  readonly peakMb: number
}

const SIZE: CatalogSize = { teams: 50, services: 200, routes: 5000 }
const CLI = fileURLToPath(new URL('../../cli/bin/throughline.js', import.meta.url))
const REPORT_PEAK = new URL('apps/report-peak.mjs', import.meta.url).href
const execute = promisify(execFile)

/** Generates everything for a large catalog, and has a real Prometheus load its rules. */
export async function measureMonitoring(): Promise<MonitoringCost> {
  const folder = await mkdtemp(join(tmpdir(), 'throughline-monitoring-'))
  try {
    await writeFile(join(folder, 'ownership.yaml'), writeLargeCatalog(SIZE))
    const generate = await runGenerate(folder)
    const check = await runGenerate(folder, '--check')
    const files = globSync(join(folder, '{alerts,dashboards,docs}/**/*.*'))
    return { size: SIZE, ...sizeOf(files), generate, check, ...(await load(folder)) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function runGenerate(folder: string, ...options: string[]): Promise<GenerateCost> {
  const start = performance.now()
  const args = ['--import', REPORT_PEAK, CLI, 'generate', ...options]
  const { stderr } = await execute(process.execPath, args, {
    cwd: folder,
    maxBuffer: 64 * 1024 ** 2,
  })
  const seconds = (performance.now() - start) / 1000
  const [, kilobytes] = /^peak (\d+) kB$/m.exec(stderr) ?? []
  return { seconds, peakMb: Number(kilobytes) / 1024 }
}

function sizeOf(files: readonly string[]): { readonly files: number; readonly megabytes: number } {
  const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0)
  return { files: files.length, megabytes: bytes / 1024 ** 2 }
}

async function load(
  folder: string,
): Promise<Pick<MonitoringCost, 'alerts' | 'recordingRules' | 'loadSeconds'>> {
  const start = performance.now()
  // Evaluated once a minute, as in production: a second would be a benchmark of Prometheus.
  await using prometheus = await startPrometheus({
    ruleFiles: globSync(join(folder, 'alerts/*/*.rules.yaml')),
    intervalSeconds: 60,
    readyTimeoutMs: 120_000,
  })
  const loadSeconds = (performance.now() - start) / 1000
  const rules = await prometheus.rules()
  const recordingRules = rules.filter(({ name }) => name.includes(':')).length
  return { alerts: rules.length - recordingRules, recordingRules, loadSeconds }
}
