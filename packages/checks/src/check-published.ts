import { spawnSync } from 'node:child_process'
import { packPackages, type Tarball } from './published.ts'
import { readPublicPackages, root } from './workspace.ts'

/** Files that every package must bring, and those that none may. */
const required = ['package.json', 'README.md', 'LICENSE', 'dist/index.js', 'dist/index.d.ts']
const unwanted = /(?:^|\/)(?:test|e2e|node_modules)\/|\.test\.|\.tsbuildinfo$|\.env|\.log$/

/** Asks publint and attw about every package as a registry would get it; exits with 1 on any finding. */
function main(): void {
  using tarballs = packPackages()
  const findings = tarballs.all.flatMap(judge)
  for (const finding of findings) process.stderr.write(`${finding}\n`)
  process.stdout.write(`${tarballs.all.length} packages packed, ${findings.length} findings\n`)
  process.exitCode = findings.length === 0 ? 0 : 1
}

function judge({ name, path, files }: Tarball): string[] {
  return [
    ...required.filter(file => !files.includes(file)).map(file => `${name}: ${file} is missing`),
    ...files.filter(file => unwanted.test(file)).map(file => `${name}: ${file} is published`),
    ...ask(name, 'publint', ['run', path, '--strict']),
    ...ask(name, 'attw', [path, ...attwOptions, ...programs(name)]),
  ]
}

const attwOptions = ['--profile', 'esm-only', '--no-definitely-typed', '--no-emoji']

/** Leaves out what nobody imports from TypeScript: bundles, which are started or loaded by our own code. */
function programs(name: string): string[] {
  const { exports = {} } =
    readPublicPackages().find(({ manifest }) => manifest.name === name)?.manifest ?? {}
  const bundles = Object.entries(exports).filter(
    ([, target]) => typeof target === 'string' && target.endsWith('.cjs'),
  )
  return bundles.length === 0
    ? []
    : ['--exclude-entrypoints', ...bundles.map(([entry]) => entry.replace('./', ''))]
}

function ask(name: string, command: string, args: readonly string[]): string[] {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: root, encoding: 'utf8' })
  return status === 0 ? [] : [`${name}: ${command} found:\n${stdout}${stderr}`]
}

main()
