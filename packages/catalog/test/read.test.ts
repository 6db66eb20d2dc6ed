import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createResolver, findCatalog, readCatalog } from '../src/index.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'catalog-'))
  await mkdir(join(folder, 'apps', 'web', 'src'), { recursive: true })
  await writeFile(
    join(folder, 'ownership.yaml'),
    'version: 1\norg: { defaultTeam: a }\nteams: { a: { name: A } }\n',
  )
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('the nearest catalog above a folder is found', async () => {
  const path = join(folder, 'ownership.yaml')
  expect(findCatalog(folder)).toBe(path)
  expect(findCatalog(join(folder, 'apps', 'web', 'src'))).toBe(path)
  const nearer = join(folder, 'apps', 'web', 'ownership.yaml')
  await writeFile(nearer, '')
  expect(findCatalog(join(folder, 'apps', 'web', 'src'))).toBe(nearer)
  expect(findCatalog(join(folder, 'apps'))).toBe(path)
})

test('where there is none, none is found', () => {
  expect(findCatalog('/')).toBeUndefined()
})

test('a catalog is read; owners name its file without the folder', () => {
  const parsed = readCatalog(join(folder, 'ownership.yaml'))
  expect(parsed).toMatchObject({ ok: true })
  if (!parsed.ok) return
  expect(parsed.value.file).toContain('ownership.yaml')
  expect(createResolver(parsed.value).route('web', 'GET', '/').decidedBy?.at).toBe(
    'ownership.yaml:2',
  )
})

test('problems name the file as a reader in the working directory would', async () => {
  const path = join(folder, 'broken.yaml')
  await writeFile(path, 'version: 2\n')
  const parsed = readCatalog(relative(process.cwd(), path))
  expect(parsed).toMatchObject({
    problems: [{}, {}, { at: `${relative(process.cwd(), path)}:1:10` }],
  })
  expect(readCatalog(path, { file: 'mine.yaml' })).toMatchObject({
    problems: [{ at: 'mine.yaml:1:1' }, {}, {}],
  })
})

test('a file that is not there is a problem, not an error', () => {
  expect(readCatalog('nowhere/ownership.yaml')).toEqual({
    ok: false,
    problems: [
      {
        at: 'nowhere/ownership.yaml',
        message: 'there is no such file',
        fix: 'write ownership.yaml, or name another file in THROUGHLINE_CATALOG',
      },
    ],
  })
})

test('a folder is a problem, not an error', () => {
  expect(readCatalog(folder, { file: 'apps' })).toEqual({
    ok: false,
    problems: [
      {
        at: 'apps',
        message: 'it is a folder, not a file',
        fix: 'name the file in it: ownership.yaml',
      },
    ],
  })
})

test('a path through a file is a problem, not an error', () => {
  expect(
    readCatalog(join(folder, 'ownership.yaml', 'ownership.yaml'), { file: 'x' }),
  ).toMatchObject({
    problems: [{ at: 'x', message: 'it cannot be read: ENOTDIR' }],
  })
})
