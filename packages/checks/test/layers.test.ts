import { expect, test } from 'vitest'
import { listImports } from '../src/imports.ts'
import { layers } from '../src/layers.ts'
import { readManifest, readPublicPackages, readWorkspace } from '../src/workspace.ts'
import type { Manifest, WorkspacePackage } from '../src/workspace.ts'

const published = readPublicPackages()
const everything: readonly WorkspacePackage[] = [
  { folder: '.', manifest: readManifest('') },
  ...readWorkspace('packages'),
  ...readWorkspace('examples'),
]
const isOurs = (name: string): boolean => name.startsWith('@throughline/')

test('every published package has its place in the table of layers', () => {
  expect(Object.keys(layers)).toEqual(
    expect.arrayContaining(published.map(({ manifest }) => manifest.name)),
  )
})

test('arrows in the table go down', () => {
  const upward = Object.entries(layers).flatMap(([name, { level, mayImport }]) =>
    mayImport.filter(other => (layers[other]?.level ?? level) >= level).map(other => [name, other]),
  )
  expect(upward).toEqual([])
})

test.for(published)('$folder depends only on what it may', ({ manifest }) => {
  const { dependencies = {}, optionalDependencies = {}, peerDependencies = {} } = manifest
  const ours = Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies })
  expect(allowedFor(manifest)).toEqual(expect.arrayContaining(ours.filter(isOurs)))
})

test.for(published)('$folder/src imports only what it may and declares', ({ folder, manifest }) => {
  const { scripts, dependencies, optionalDependencies, peerDependencies, devDependencies } =
    manifest
  // What a package bundles it brings along, so that its users need not install it.
  const bundled = scripts?.['bundle'] === undefined ? {} : devDependencies
  const atRun = { ...dependencies, ...optionalDependencies, ...peerDependencies, ...bundled }
  const undeclared = listImports(`${folder}/src`).filter(({ packageName, typeOnly }) => {
    if (packageName === manifest.name) return false
    if (isOurs(packageName)) return !allowedFor(manifest).includes(packageName)
    return !(packageName in (typeOnly ? { ...atRun, ...devDependencies } : atRun))
  })
  expect(undeclared).toEqual([])
})

test.for(published.filter(({ manifest }) => layers[manifest.name]?.runtime))(
  '$folder reaches no tooling, however far one follows its imports',
  ({ manifest }) => {
    const tooling = reach(manifest.name).filter(name => !layers[name]?.runtime)
    expect(tooling).toEqual([])
  },
)

test.for(everything)('$folder pins each dependency exactly', ({ manifest }) => {
  const { dependencies, devDependencies, optionalDependencies } = manifest
  const all = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies })
  expect(all.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([])
})

test.for(everything)('$folder depends on our packages as they are here', ({ manifest }) => {
  const here = new Map(everything.map(({ manifest: { name, version } }) => [name, version]))
  const { dependencies, devDependencies } = manifest
  const stale = Object.entries({ ...dependencies, ...devDependencies }).filter(
    ([name, version]) => name.startsWith('@throughline') && here.get(name) !== version,
  )
  expect(stale).toEqual([])
})

function allowedFor({ name }: Manifest): readonly string[] {
  return layers[name]?.mayImport ?? []
}

/** Every one of our packages that `name` pulls in, by its package.json or by an import in its sources. */
function reach(name: string, seen: Set<string> = new Set()): string[] {
  const found = published.find(({ manifest }) => manifest.name === name)
  if (found === undefined || seen.has(name)) return [...seen]
  seen.add(name)
  const declared = Object.keys(found.manifest.dependencies ?? {})
  const imported = listImports(`${found.folder}/src`).map(({ packageName }) => packageName)
  for (const next of [...declared, ...imported].filter(isOurs)) reach(next, seen)
  return [...seen]
}
