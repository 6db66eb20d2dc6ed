import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { root } from '../../checks/src/workspace.ts'
import type { PackageManager } from '../src/app.ts'
import { writeFiles } from '../src/app-files.ts'
import { runCommand } from '../src/command.ts'
import { listEntries, renderTypedConsumer } from '../src/consumer-sources.ts'
import { type Consumer, installConsumer, ours, RUNTIME_PACKAGES } from '../src/consumer.ts'
import { measurePackages, readDocument } from '../src/install-size.ts'
import { listCopies } from '../src/installed-files.ts'
import { setUpWorkbench, type Workbench } from '../src/workbench.ts'

/** The others install the applications of `npm run test:installs`. */
const packageManagers: readonly PackageManager[] = ['npm']
const peers = { next: '16.4.5', react: '19.3.1', 'react-dom': '19.3.1', '@types/node': '^24.0.0' }

/** What leaves out the programs for images and compilation, which nothing here runs; Yarn 4 has no such word. */
const flags: Readonly<Record<PackageManager, readonly string[]>> = {
  npm: ['--omit=optional'],
  pnpm: ['--no-optional'],
  yarn: ['--ignore-optional'],
  'yarn-berry': [],
}

let bench: Workbench
const consumers = new Map<PackageManager, Consumer>()
beforeAll(async () => {
  bench = await setUpWorkbench({
    packageManagers,
    signal: new AbortController().signal,
    keeps: false,
  })
  for (const packageManager of packageManagers) {
    const dependencies = { ...ours(RUNTIME_PACKAGES), ...peers }
    const options = { packageManager, dependencies, flags: flags[packageManager] }
    consumers.set(packageManager, await installConsumer(bench, packageManager, options))
  }
})
afterAll(() => bench[Symbol.asyncDispose]())

const consumerOf = (name: PackageManager): Consumer => consumers.get(name) as Consumer

test.for(packageManagers)('%s has no word about peers, and one copy of the API', name => {
  const { output, shell } = consumerOf(name)
  expect(output).not.toMatch(/peer|ERESOLVE/i)
  expect(listCopies(shell.cwd, '@opentelemetry/api')).toHaveLength(1)
})

test.for(listEntries())('$specifier can be imported, and required', async ({ specifier }) => {
  const { shell } = consumerOf('npm')
  const env = { ...shell.env, OTEL_SDK_DISABLED: 'true' }
  const code = JSON.stringify(specifier)
  const ways = [
    ['--input-type=module', `await import(${code})`],
    ['--input-type=commonjs', `require(${code})`],
  ] as const
  for (const [type, script] of ways) {
    const { output, ...result } = await runCommand(['node', type, '-e', script], { ...shell, env })
    expect(result, output).toMatchObject({ code: 0 })
  }
})

test.for(['nodenext', 'bundler'] as const)('types are found by "%s"', async resolution => {
  const { shell } = consumerOf('npm')
  writeFiles(shell.cwd, renderTypedConsumer(resolution))
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  const { code, output } = await runCommand(['node', tsc, '-p', '.'], shell)
  expect(output).toBe('')
  expect(code).toBe(0)
})

test('docs/install-size.md says what an install takes', async () => {
  const measured = await measurePackages(bench)
  const written = readDocument()
  expect(written.map(({ name }) => name)).toEqual(measured.map(({ name }) => name))
  for (const [index, { packages, megabytes, apiCopies }] of measured.entries()) {
    expect(apiCopies).toBe(1)
    expect(written[index]?.packages).toSatisfy(isNear(packages))
    expect(written[index]?.megabytes).toSatisfy(isNear(megabytes))
  }
})

const isNear = (value: number) => (written: number) => Math.abs(written - value) <= value / 10
