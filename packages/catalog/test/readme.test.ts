import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { EXCEPTION_RULES, parseCatalog, renderProblems } from '../src/index.ts'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')

/** Code blocks of one language, in their order. */
const blocks = (language: string): string[] =>
  [...readme.matchAll(/```(\w+)\n([^`]*)```/g)]
    .filter(([, name]) => name === language)
    .map(([, , code = '']) => code)

const [yaml = ''] = blocks('yaml')
const [code = ''] = blocks('ts')
const [output, problems] = blocks('text')

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'readme-'))
  const modules = fileURLToPath(new URL('../../../node_modules', import.meta.url))
  await symlink(modules, join(folder, 'node_modules'))
  await writeFile(join(folder, 'ownership.yaml'), yaml)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('the code prints what the README says', async () => {
  await writeFile(join(folder, 'example.mts'), code)
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--conditions=@throughline/source', 'example.mts'],
    { cwd: folder },
  )
  expect(stdout).toBe(output)
})

test('a broken catalog is told as the README says', () => {
  const broken = yaml
    .replace('authReview: security', 'authReview: secuirty')
    .replace('objective: { availability: 99.9, latency: { p95: 400ms } }', 'objective:')
  const parsed = parseCatalog(broken, { today: new Date('2026-11-23') })
  expect(parsed.ok ? '' : renderProblems(parsed.problems)).toBe(problems)
})

test('every rule that can be silenced is explained', () => {
  for (const rule of EXCEPTION_RULES) expect(readme).toContain(`| \`${rule}\` |`)
})
