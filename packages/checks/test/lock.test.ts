import { expect, test } from 'vitest'
import { readText } from '../src/files.ts'
import { readManifest, readWorkspace } from '../src/workspace.ts'
import type { Manifest } from '../src/workspace.ts'

interface LockEntry extends Partial<Manifest> {
  readonly resolved?: string
  readonly link?: boolean
  readonly integrity?: string
  readonly hasInstallScript?: boolean
}

const entries = Object.entries(
  (JSON.parse(readText('package-lock.json')) as { packages: Record<string, LockEntry> }).packages,
)
const nameOf = (path: string): string => path.split('node_modules/').at(-1) ?? path
const names = new Set(entries.map(([path]) => nameOf(path)))

test('no optional platform package is missing, so `npm ci` works on every platform', () => {
  const missing = entries.flatMap(([path, { version, optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter(name => !names.has(name))
      .map(name => `${name} of ${nameOf(path)} ${version}`),
  )
  expect(missing).toEqual([])
})

test('every package from a registry has an integrity, and none names the registry', () => {
  const fetched = entries.filter(([path, { link }]) => path.includes('node_modules/') && !link)
  expect(fetched.filter(([, { integrity }]) => integrity === undefined)).toEqual([])
  expect(fetched.filter(([, { resolved }]) => resolved !== undefined)).toEqual([])
})

test.for([
  { folder: '', manifest: readManifest('') },
  ...readWorkspace('packages'),
  ...readWorkspace('examples'),
])('package-lock.json knows the dependencies of "$folder" as they are', ({ folder, manifest }) => {
  const locked = entries.find(([path]) => path === folder)?.[1]
  expect(locked, 'run `npm install` and commit package-lock.json').toBeDefined()
  for (const kind of ['dependencies', 'devDependencies', 'optionalDependencies'] as const) {
    expect(locked?.[kind] ?? {}, 'run `npm install` and commit package-lock.json').toEqual(
      manifest[kind] ?? {},
    )
  }
})

test('each package with an install script was judged, and nothing else was', () => {
  const scripted = entries
    .filter(([, { hasInstallScript }]) => hasInstallScript)
    .map(([path]) => path)
  const judged = Object.keys(readManifest('').allowScripts ?? {})
  expect(judged.toSorted()).toEqual([...new Set(scripted.map(nameOf))].toSorted())
})

/** Tracers of others, which bring an OpenTelemetry of their own; tests run beside them, and nothing of ours does. */
const NEIGHBOURS = /^node_modules\/(dd-trace|newrelic)\//

test.for([
  '@opentelemetry/api',
  '@opentelemetry/core',
  '@opentelemetry/instrumentation',
  '@opentelemetry/resources',
  '@opentelemetry/sdk-logs',
  '@opentelemetry/sdk-metrics',
  '@opentelemetry/sdk-trace',
])('there is one copy of %s', name => {
  const copies = entries.filter(([path]) => nameOf(path) === name && !NEIGHBOURS.test(path))
  expect(copies.map(([path, { version }]) => `${path} ${version}`)).toHaveLength(1)
})
