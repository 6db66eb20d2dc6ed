import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, test } from 'vitest'

const run = promisify(execFile)
const entry = fileURLToPath(new URL('../src/index.ts', import.meta.url))
const fixture = fileURLToPath(new URL('fixtures/ownership.yaml', import.meta.url))

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bundled-'))
  await build({
    entryPoints: [entry],
    outfile: join(folder, 'catalog.mjs'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    conditions: ['@throughline/source'],
    logLevel: 'silent',
  })
  await writeFile(
    join(folder, 'main.mjs'),
    `import { readCatalog } from './catalog.mjs'
const parsed = readCatalog(process.argv[2], { today: new Date('2026-11-23') })
process.stdout.write(JSON.stringify(parsed.ok ? 'valid' : parsed.problems))`,
  )
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function readBundled(path: string): Promise<unknown> {
  const { stdout } = await run(process.execPath, [join(folder, 'main.mjs'), path], { cwd: folder })
  return JSON.parse(stdout) as unknown
}

test('bundled into one file, a valid catalog is read without the yaml package', async () => {
  expect(await readBundled(fixture)).toBe('valid')
})

test('bundled into one file, a mistake in a plain catalog is still told', async () => {
  const path = join(folder, 'mistake.yaml')
  await writeFile(path, 'version: 1\norg: { defaultTeam: a }\nteams: { b: { name: B } }\n')
  expect(await readBundled(path)).toMatchObject([
    { at: 'mistake.yaml:2:21', message: 'team "a" is not defined' },
  ])
})

test('bundled into one file, what only the yaml package can read is a problem, not an error', async () => {
  const path = join(folder, 'other.yaml')
  await writeFile(path, 'version: &v 1\n')
  expect(await readBundled(path)).toMatchObject([
    { at: 'other.yaml:1:1', message: expect.stringContaining('"yaml"') as string },
  ])
})
