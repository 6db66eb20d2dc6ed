import { matchesGlob } from 'node:path'
import { expect, test } from 'vitest'
import { listFiles, readText } from '../src/files.ts'
import { readManifest, readPublicPackages, readWorkspace } from '../src/workspace.ts'
import type { Manifest } from '../src/workspace.ts'

const files = new Set(listFiles())
const published = readPublicPackages()
const entries = published.flatMap(({ folder, manifest }) =>
  Object.entries(manifest.exports ?? {})
    .filter(([, target]) => typeof target !== 'string')
    .map(([name, target]) => ({ folder, name, target })),
)

/** Files that are exported as they are, such as a JSON Schema. A bundle, exported likewise, is among what was built. */
const dataFiles = ({ exports = {} }: Manifest): string[] =>
  Object.values(exports)
    .filter(target => typeof target === 'string')
    .filter(target => target !== './package.json' && !target.startsWith('./dist/'))
    .map(target => target.slice(2))

/** Conditions of runtimes that are not Node, for which an entry may have another file. */
const edgeConditions = new Set(['edge-light', 'workerd', 'browser'])

test.for(published)(
  '$folder says what it is, under which licence and for which Node',
  ({ manifest }) => {
    expect(manifest).toMatchObject({
      description: expect.stringMatching(/^[A-Z].*\.$/),
      license: 'MIT',
      type: 'module',
      engines: { node: '>=22.15' },
      exports: { './package.json': './package.json' },
    })
    expect(manifest.version).toBe(published[0]?.manifest.version)
  },
)

test.for(published)(
  '$folder ships its sources, what was built, its program and the data it exports, nothing else',
  ({ folder, manifest }) => {
    const data = dataFiles(manifest)
    const program = manifest.bin === undefined ? [] : ['bin']
    expect(manifest.files).toEqual([...program, 'dist', 'src', ...data, '!**/*.tsbuildinfo'])
    for (const file of data) expect(files).toContain(`${folder}/${file}`)
  },
)

test.for(entries)(
  '$folder exports "$name" as source, types and JavaScript',
  ({ folder, target }) => {
    expect(target).toBeTypeOf('object')
    const conditions = target as Readonly<Record<string, string>>
    expect(Object.keys(conditions).filter(name => !edgeConditions.has(name))).toEqual([
      '@throughline/source',
      'types',
      'default',
    ])
    const source = conditions['@throughline/source'] ?? ''
    expect(files).toContain(`${folder}/${source.slice(2)}`)
    const built = source.replace('./src/', './dist/').replace(/\.(?<m>[cm]?)tsx?$/, '.$<m>js')
    expect(conditions['default']).toBe(built)
    expect(conditions['types']).toBe(built.replace(/\.(?<m>[cm]?)js$/, '.d.$<m>ts'))
  },
)

test.for(published)('$folder has a README that says how to install it', ({ folder, manifest }) => {
  expect(files).toContain(`${folder}/README.md`)
  const readme = readText(`${folder}/README.md`)
  expect(readme).toMatch(new RegExp(`^# ${manifest.name}$`, 'm'))
  expect(readme).toContain(`npm install ${manifest.name}`)
})

test.for(published)('$folder carries the licence that its users must pass on', ({ folder }) => {
  expect(files).toContain(`${folder}/LICENSE`)
  expect(readText(`${folder}/LICENSE`)).toBe(readText('LICENSE'))
})

test('the root pins Node, so that every script runs on the same', () => {
  expect(readManifest('').devDependencies?.['node']).toMatch(/^24\.\d+\.\d+$/)
})

test.for([
  { folder: '', manifest: readManifest('') },
  ...readWorkspace('packages'),
  ...readWorkspace('examples'),
])(
  'docs/decisions/dependencies.md says why "$folder" has each of its dependencies',
  ({ manifest: { dependencies, devDependencies, optionalDependencies } }) => {
    const page = readText('docs/decisions/dependencies.md')
    const named = [...page.matchAll(/`(?<name>[@\w/.*-]+)`/g)].map(
      match => match.groups?.['name'] ?? '',
    )
    const all = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies })
    expect(all.filter(name => !named.some(pattern => matchesGlob(name, pattern)))).toEqual([])
  },
)
