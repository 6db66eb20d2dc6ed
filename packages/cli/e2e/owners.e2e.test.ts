import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { CATALOG, createWorkspace, MOVED } from './throughline.ts'

const read = (folder: string, path: string): string => readFileSync(join(folder, path), 'utf8')
const today = (): string => new Date().toISOString().slice(0, 10)

test('who names the team, from a folder below', async () => {
  const shop = createWorkspace({ 'ownership.yaml': CATALOG, 'src/a/x': '' })
  const { code, out, err } = await shop.run(['owners', 'who', 'web', 'POST /api/billing/plan'], {
    in: 'src/a',
  })
  expect([code, err]).toEqual([0, ''])
  expect(out).toMatch(/^web POST \/api\/billing\/plan: billing\n/)
  expect(out).toContain('ownership.yaml:13  POST /api/billing/*')
})

test('who takes the method and the path as two words, a role, and --json', async () => {
  const shop = createWorkspace({ 'ownership.yaml': CATALOG })
  const { code, out } = await shop.run([
    'owners',
    'who',
    'web',
    'post',
    '/api/billing/plan',
    '--role',
    'telemetry',
    '--json',
  ])
  expect(code).toBe(0)
  expect(JSON.parse(out)).toMatchObject({
    schema: 1,
    method: 'POST',
    role: 'telemetry',
    team: 'platform',
  })
})

test('who suggests the nearest service, and ends with 1', async () => {
  const shop = createWorkspace({ 'ownership.yaml': CATALOG })
  expect(await shop.run(['owners', 'who', 'wbe', '/'])).toEqual({
    code: 1,
    out: '',
    err: 'ownership.yaml: service "wbe" is not in the catalog\n  fix: name web\n1 problem\n',
  })
})

test('a broken catalog prints all its problems and ends with 1', async () => {
  const broken = CATALOG.replace('team: billing', 'team: biling').replace('kind: node', 'kind: nod')
  const shop = createWorkspace({ 'ownership.yaml': broken })
  for (const args of [
    ['generate'],
    ['owners', 'report'],
    ['owners', 'confirm', 'billing'],
    ['owners', 'who', 'web', '/'],
  ]) {
    const { code, out, err } = await shop.run(args)
    expect([code, out]).toEqual([1, ''])
    expect(err).toContain('ownership.yaml:9:11: ')
    expect(err).toContain('team "biling" is not defined\n  fix: write billing\n2 problems\n')
  }
})

test('diff names each alert, receiver and dashboard that moves with a route', async () => {
  const shop = createWorkspace({ 'ownership.yaml': CATALOG })
  await shop.commit()
  shop.write('ownership.yaml', MOVED)
  const { code, out, err } = await shop.run(['owners', 'diff', 'main'])
  expect([code, err]).toEqual([0, ''])
  expect(out).toContain('1 route, 5 alerts and ')
  expect(out).toContain('\nbilling → growth\n  web POST /api/billing/*  ownership.yaml:13\n')
  for (const [alert, severity] of [
    ['AvailabilityBurnFast (availability, 1h)', 'page'],
    ['AvailabilityBurnMedium (availability, 6h)', 'page'],
    ['AvailabilityBurnSlow (availability, 1d)', 'ticket'],
    ['AvailabilityBurnSlow (availability, 3d)', 'ticket'],
    ['ReplaysBlocked', 'ticket'],
  ]) {
    const line = out.split('\n').find(text => text.includes(`alert ${alert}`))
    expect(line).toContain(`billing-${severity} → growth-${severity}`)
  }
  for (const dashboard of ['route-detail', 'slo', 'team-home']) {
    expect(out).toContain(`billing-${dashboard} → growth-${dashboard}`)
  }
  expect(out).toContain('billing (@b @acme/billing): loses web POST /api/billing/*')
  expect(out).toContain('growth (@g @acme/growth): gains web POST /api/billing/*')
})

test('diff writes a comment for a pull request, and JSON', async () => {
  const shop = createWorkspace({ 'ownership.yaml': CATALOG })
  await shop.commit()
  shop.write('ownership.yaml', MOVED)
  const comment = await shop.run(['owners', 'diff', 'HEAD', '--format', 'md'])
  expect(comment.out).toMatch(/^### Ownership\n/)
  expect(comment.out).toContain('- `billing` @acme/billing, @b: loses web POST /api/billing/\\*')
  const data = await shop.run(['owners', 'diff', 'HEAD', '--format', 'json'])
  expect(JSON.parse(data.out)).toMatchObject({
    schema: 1,
    moves: [{ from: 'billing', to: 'growth' }],
  })
})

test('diff says when nothing moves, and reads a catalog in a folder below, whose exceptions have expired since', async () => {
  const expired = `${CATALOG}exceptions:\n  - { rule: route-unowned, target: "web /old", until: 2020-01-01, reason: r, by: growth }\n`
  const shop = createWorkspace({ 'config/ownership.yaml': expired })
  await shop.commit()
  shop.write('config/ownership.yaml', CATALOG)
  expect(await shop.run(['owners', 'diff', 'main', '--catalog', 'config/ownership.yaml'])).toEqual({
    code: 0,
    out: 'Nobody owns anything else than before.\n',
    err: '',
  })
})

test('diff takes all as new where the catalog was not there', async () => {
  const shop = createWorkspace({ 'README.md': '' })
  await shop.commit()
  shop.write('ownership.yaml', CATALOG)
  const { code, out, err } = await shop.run(['owners', 'diff', 'main'])
  expect([code, err]).toEqual([0, 'ownership.yaml is not there at main: all of it is new\n'])
  expect(out).toContain('+ web POST /api/billing/*')
})

test('diff prints the problems of an earlier catalog that cannot be read', async () => {
  const shop = createWorkspace({ 'ownership.yaml': CATALOG.replace('version: 1', 'version: 9') })
  await shop.commit()
  shop.write('ownership.yaml', CATALOG)
  const { code, err } = await shop.run(['owners', 'diff', 'main'])
  expect(code).toBe(1)
  expect(err).toMatch(/^the catalog at main cannot be read\nownership\.yaml:1:10: /)
})

test.for([
  ['nope', 'git knows no commit "nope"'],
  ['main:README.md', 'git knows no commit "main:README.md"'],
])('diff with %s: %s', async ([ref = '', message]) => {
  const shop = createWorkspace({ 'ownership.yaml': CATALOG })
  await shop.commit()
  const { code, out, err } = await shop.run(['owners', 'diff', ref])
  expect([code, out]).toEqual([2, ''])
  expect(err).toContain(`throughline: ${message}\n`)
})

test('diff says where there is no repository, and no git', async () => {
  const shop = createWorkspace({ 'ownership.yaml': CATALOG })
  const outside = await shop.run(['owners', 'diff', 'main'], {
    env: { GIT_CEILING_DIRECTORIES: '/' },
  })
  expect(outside).toMatchObject({
    code: 2,
    err: expect.stringContaining('it is in no git repository'),
  })
  const without = await shop.run(['owners', 'diff', 'main'], { env: { PATH: shop.folder } })
  expect(without).toMatchObject({
    code: 2,
    err: expect.stringContaining('git is not installed, or not on PATH'),
  })
})

test('confirm writes today for the team and what it fixes, and nothing else', async () => {
  const shop = createWorkspace({ 'ownership.yaml': CATALOG })
  const { code, out, err } = await shop.run(['owners', 'confirm', 'growth'])
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(out).toBe(
    `ownership.yaml:5: growth reviewedAt: ${today()}\nownership.yaml:15: web reviewedAt: ${today()}\n`,
  )
  expect(read(shop.folder, 'ownership.yaml')).toBe(
    CATALOG.replace('"#growth" } }', `"#growth" }, reviewedAt: ${today()} }`).concat(
      `    reviewedAt: ${today()}\n`,
    ),
  )
})

test('rename changes the id everywhere, and refuses one that is taken without a change', async () => {
  const shop = createWorkspace({ 'ownership.yaml': CATALOG })
  expect(await shop.run(['owners', 'rename', 'billing', 'growth'])).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringContaining('team "growth" is there already'),
  })
  expect(read(shop.folder, 'ownership.yaml')).toBe(CATALOG)
  const { code, out } = await shop.run(['owners', 'rename', 'billing', 'money'])
  expect([code, out]).toEqual([
    0,
    'ownership.yaml:4: billing is now money\nownership.yaml:13: billing is now money\n',
  ])
  expect(read(shop.folder, 'ownership.yaml')).toBe(
    CATALOG.replace('  billing: {', '  money: {').replace('team: billing', 'team: money'),
  )
})

test('report is Markdown, a page, or data', async () => {
  const shop = createWorkspace({ 'ownership.yaml': CATALOG })
  const markdown = await shop.run(['owners', 'report'])
  expect(markdown).toMatchObject({ code: 0, err: '' })
  expect(markdown.out).toMatch(/^# Ownership on \d{4}-\d\d-\d\d\n\n2 of 2 routes have a team; /)
  const page = await shop.run(['owners', 'report', '--format', 'html'])
  expect(page.out).toMatch(/^<!doctype html>[\s\S]+<\/html>\n$/)
  const data = await shop.run(['owners', 'report', '--format', 'json'])
  expect(JSON.parse(data.out)).toMatchObject({ schema: 1, coverage: { routes: 2, owned: 2 } })
})

test('a reader that has enough ends the report without a word', async () => {
  const shop = createWorkspace({ 'ownership.yaml': CATALOG })
  const bin = fileURLToPath(new URL('../bin/throughline.js', import.meta.url))
  const child = spawn(process.execPath, [bin, 'owners', 'report', '--format', 'json'], {
    cwd: shop.folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let err = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
  child.stdout.once('data', () => child.stdout.destroy())
  await once(child, 'close')
  expect(err).toBe('')
})

test('lint ends with 1 on errors, colours only when asked to, and prints JSON', async () => {
  const shop = createWorkspace({ 'ownership.yaml': CATALOG })
  const plain = await shop.run(['owners', 'lint'], {
    env: { NO_COLOR: '1', FORCE_COLOR: undefined },
  })
  expect(plain).toMatchObject({ code: 1, err: '' })
  expect(plain.out).toMatch(/^\S+: (error|warning): .+ \[[a-z-]+\]\n {2}fix: /m)
  expect(plain.out).not.toContain('\u001B')
  const coloured = await shop.run(['owners', 'lint'], {
    env: { FORCE_COLOR: '1', NO_COLOR: undefined },
  })
  expect(coloured.out).toContain('\u001B[31merror\u001B[39m')
  const data = await shop.run(['owners', 'lint', '--json'])
  const { findings } = JSON.parse(data.out) as { findings: { rule: string; level: string }[] }
  expect(findings.length).toBeGreaterThan(0)
})

test('import drafts a catalog on stdout and says the rest on stderr; what it drafts can be used', async () => {
  const shop = createWorkspace({
    '.github/CODEOWNERS': '* @acme/platform\n/apps/web/ @acme/growth\n*.md @mira\n',
  })
  const { code, out, err } = await shop.run([
    'owners',
    'import',
    'codeowners',
    '.github/CODEOWNERS',
  ])
  expect(code).toBe(0)
  expect(out).toMatch(/^# Drafted from \.github\/CODEOWNERS: /)
  expect(err).toContain('.github/CODEOWNERS:3:1: "*.md" is a glob, not a folder')
  shop.write('ownership.yaml', out)
  expect(await shop.run(['owners', 'who', 'web', '/'])).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^web \/: growth\n/),
  })
})

test('import reads several files of Backstage, and ends with 1 where they say nothing', async () => {
  const group = 'kind: Group\nmetadata: { name: growth }\nspec: { type: team }\n'
  const component =
    'kind: Component\nmetadata: { name: web }\nspec: { type: website, owner: growth }\n'
  const shop = createWorkspace({
    'org.yaml': group,
    'web/catalog-info.yaml': component,
    'none.yaml': '',
  })
  const { code, out } = await shop.run([
    'owners',
    'import',
    'backstage',
    'org.yaml',
    'web/catalog-info.yaml',
    '--json',
  ])
  expect(code).toBe(0)
  expect(JSON.parse(out)).toMatchObject({ schema: 1, remarks: [] })
  expect(await shop.run(['owners', 'import', 'backstage', 'none.yaml'])).toMatchObject({
    code: 1,
    out: '',
  })
})
