import { join } from 'node:path'
import { expect, test } from 'vitest'
import { locateCatalog } from '../src/locate-catalog.ts'
import { createTempFolder } from './temp-folder.ts'

const manifest = (catalog: string): string => JSON.stringify({ throughline: { catalog } })

test('the nearest ownership.yaml above the working directory is taken', () => {
  const root = createTempFolder({ 'ownership.yaml': '', 'a/b/x': '' })
  expect(locateCatalog(join(root, 'a/b'), {}, undefined)).toEqual({
    path: join(root, 'ownership.yaml'),
    root,
    file: 'ownership.yaml',
  })
})

test('a package.json may name another, and is the root then', () => {
  const root = createTempFolder({
    'package.json': manifest('config/owners.yaml'),
    'config/owners.yaml': '',
    'config/deep/ownership.yaml': '',
    'config/deep/package.json': '{}',
  })
  expect(locateCatalog(join(root, 'config/deep'), {}, undefined)).toEqual({
    path: join(root, 'config/owners.yaml'),
    root,
    file: 'config/owners.yaml',
  })
})

test('THROUGHLINE_CATALOG wins over a package.json, and --catalog over all', () => {
  const root = createTempFolder({
    'package.json': manifest('a.yaml'),
    'a.yaml': '',
    'b.yaml': '',
    'c.yaml': '',
  })
  const env = { THROUGHLINE_CATALOG: 'b.yaml' }
  expect(locateCatalog(root, {}, undefined).file).toBe('a.yaml')
  expect(locateCatalog(root, { THROUGHLINE_CATALOG: '' }, undefined).file).toBe('a.yaml')
  expect(locateCatalog(root, env, undefined).file).toBe('b.yaml')
  expect(locateCatalog(root, env, 'c.yaml').file).toBe('c.yaml')
})

test('without a package.json that names it, the root is that of git', () => {
  const root = createTempFolder({ '.git/HEAD': '', 'package.json': '{}', 'sub/ownership.yaml': '' })
  expect(locateCatalog(join(root, 'sub'), {}, undefined)).toMatchObject({
    root,
    file: 'sub/ownership.yaml',
  })
})

test('without git, the root is the folder of the catalog', () => {
  const root = createTempFolder({ 'sub/ownership.yaml': '' })
  expect(locateCatalog(join(root, 'sub'), {}, undefined)).toMatchObject({
    root: join(root, 'sub'),
    file: 'ownership.yaml',
  })
})

test('a package.json that cannot be read names nothing', () => {
  const root = createTempFolder({ 'package.json': '{', 'ownership.yaml': '' })
  expect(locateCatalog(root, {}, undefined).file).toBe('ownership.yaml')
})

test.for(['--catalog', 'THROUGHLINE_CATALOG'])('a file that is not there, by %s, is told', how => {
  const root = createTempFolder({ 'ownership.yaml': '' })
  const env = how === '--catalog' ? {} : { THROUGHLINE_CATALOG: 'nope.yaml' }
  const named = how === '--catalog' ? 'nope.yaml' : undefined
  expect(() => locateCatalog(root, env, named)).toThrow(
    `there is no catalog at ${join(root, 'nope.yaml')}`,
  )
})

test('no catalog at all is told with what to do', () => {
  const root = createTempFolder()
  expect(() => locateCatalog(root, {}, undefined)).toThrow(
    `there is no ownership.yaml in ${root} or above`,
  )
})
