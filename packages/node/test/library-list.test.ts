import { readFileSync } from 'node:fs'
import { createRequire, findPackageJSON } from 'node:module'
import { expect, test } from 'vitest'
import { LIBRARIES } from '../src/instrumentations/library-list.ts'

const require = createRequire(import.meta.url)
const readJson = (path: string): { dependencies: Record<string, string> } =>
  JSON.parse(readFileSync(path, 'utf8')) as { dependencies: Record<string, string> }

const PREFIX = '@opentelemetry/instrumentation-'
const auto = readJson(
  findPackageJSON('@opentelemetry/auto-instrumentations-node', import.meta.url) ?? '',
).dependencies
const ours = readJson(new URL('../package.json', import.meta.url).pathname).dependencies

/** Not for a library: they are started by ourselves, replaced by our own metrics, or too noisy to be worth a span. */
const LEFT_OUT = [
  'http',
  'undici',
  'runtime-node',
  'host-metrics',
  'fs',
  'net',
  'dns',
  'aws-lambda',
]

test('every library of auto-instrumentations-node is on the list, and no other', () => {
  const theirs = Object.keys(auto)
    .filter(name => name.startsWith(PREFIX))
    .map(name => name.slice(PREFIX.length))
    .filter(name => !LEFT_OUT.includes(name))
  expect(LIBRARIES.map(({ name }) => name)).toEqual(theirs.toSorted())
})

test.for(LIBRARIES)(
  '$name is installed in the version that auto-instrumentations-node asks for, and exports $exportName',
  ({ name, exportName }) => {
    const [, minor] = /^\^(\d+\.\d+)\./.exec(auto[PREFIX + name] ?? '') ?? []
    expect(ours[PREFIX + name]?.startsWith(`${minor}.`)).toBe(true)
    expect(require(PREFIX + name)).toHaveProperty([exportName])
  },
)
