import { spawnSync } from 'node:child_process'
import { packPackages, type Tarball } from './published.ts'
import { readPublicPackages, root, type Manifest } from './workspace.ts'

/** Files that every package must bring, and those that none may. */
const required = ['package.json', 'README.md', 'LICENSE']
/** Files of a package that is imported; a command line is only run. */
const requiredOfLibrary = ['dist/index.js', 'dist/index.d.ts']
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
  const isLibrary = manifestOf(name).exports?.['.'] !== undefined
  const all = [...required, ...(isLibrary ? requiredOfLibrary : [])]
  return [
    ...all.filter(file => !files.includes(file)).map(file => `${name}: ${file} is missing`),
    ...files.filter(file => unwanted.test(file)).map(file => `${name}: ${file} is published`),
    ...ask(name, 'publint', ['run', path, '--strict']),
    ...(isLibrary ? ask(name, 'attw', [path, ...attwOptions, ...programs(name)]) : []),
  ]
}

function manifestOf(name: string): Partial<Manifest> {
  return readPublicPackages().find(({ manifest }) => manifest.name === name)?.manifest ?? {}
}

const attwOptions = ['--profile', 'esm-only', '--no-definitely-typed', '--no-emoji']

/** Leaves out what nobody imports from TypeScript: bundles, which are started or loaded by our own code. */
function programs(name: string): string[] {
  const { exports = {} } = manifestOf(name)
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
