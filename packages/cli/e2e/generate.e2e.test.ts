import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { CATALOG, createWorkspace, type Workspace } from './throughline.ts'

/** Texts of all files below a folder, by path. */
function filesOf(folder: string): ReadonlyMap<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(path => statSync(join(folder, path)).isFile())
    .toSorted()
  return new Map(paths.map(path => [path, readFileSync(join(folder, path), 'utf8')]))
}

async function generated(files: Readonly<Record<string, string>> = {}): Promise<Workspace> {
  const shop = createWorkspace({ 'ownership.yaml': CATALOG, ...files })
  expect(await shop.run(['generate'])).toMatchObject({ code: 0, err: '' })
  return shop
}

const clean = { code: 0, out: 'every generated file is what the catalog gives\n', err: '' }

test('what was generated is clean, and generating again changes nothing', async () => {
  const shop = await generated()
  const before = filesOf(shop.folder)
  expect([...before.keys()]).toEqual(
    expect.arrayContaining([
      'alerts/alertmanager.yaml',
      'alerts/billing/alerts.rules.yaml',
      'dashboards/billing/team-home.json',
      'docs/ownership/CODEOWNERS',
      'docs/runbooks/availability-burn-fast.md',
    ]),
  )
  expect(await shop.run(['generate', '--check'])).toEqual(clean)
  expect(await shop.run(['generate'])).toEqual(clean)
  expect(filesOf(shop.folder)).toEqual(before)
})

test('check names each file that was edited, removed or added, changes nothing and ends with 1', async () => {
  const shop = await generated()
  const rules = readFileSync(join(shop.folder, 'alerts/growth/alerts.rules.yaml'), 'utf8')
  shop.write('alerts/gone/alerts.rules.yaml', rules)
  appendFileSync(join(shop.folder, 'alerts/billing/alerts.rules.yaml'), '# mine\n')
  rmSync(join(shop.folder, 'dashboards/billing/team-home.json'))
  rmSync(join(shop.folder, 'docs/runbooks/heap-near-limit.md'))
  const before = filesOf(shop.folder)
  expect(await shop.run(['generate', '--check'])).toEqual({
    code: 1,
    out: `edited  alerts/billing/alerts.rules.yaml
added   alerts/gone/alerts.rules.yaml
missing dashboards/billing/team-home.json
missing docs/runbooks/heap-near-limit.md
`,
    err: 'run throughline generate and commit what it writes\n',
  })
  expect(filesOf(shop.folder)).toEqual(before)
})

test('generate mends it, says what it did, and leaves no empty folder', async () => {
  const shop = await generated()
  const before = filesOf(shop.folder)
  shop.write('alerts/gone/alerts.rules.yaml', before.get('alerts/growth/alerts.rules.yaml') ?? '')
  appendFileSync(join(shop.folder, 'alerts/billing/alerts.rules.yaml'), '# mine\n')
  expect(await shop.run(['generate'])).toEqual({
    code: 0,
    out: 'wrote   alerts/billing/alerts.rules.yaml\nremoved alerts/gone/alerts.rules.yaml\n',
    err: '',
  })
  expect(filesOf(shop.folder)).toEqual(before)
  expect(existsSync(join(shop.folder, 'alerts/gone'))).toBe(false)
})

test('own/ is the user’s, and so are other files beside what is generated', async () => {
  const mine = {
    'alerts/own/mine.rules.yaml': 'groups: []\n',
    'alerts/billing/own/more.yaml': 'x: 1\n',
    'dashboards/own/mine.json': '{}\n',
    'alerts/metrics.txt': '# none\n',
    'alerts/README.md': 'read me\n',
  }
  const shop = await generated(mine)
  expect(await shop.run(['generate', '--check'])).toEqual(clean)
  const files = filesOf(shop.folder)
  for (const [path, text] of Object.entries(mine)) expect(files.get(path)).toBe(text)
})

test('a file that nothing generated is never removed: it is told, and ends with 1', async () => {
  const shop = await generated()
  shop.write('alerts/mine.rules.yaml', 'groups: []\n')
  const { code, out } = await shop.run(['generate'])
  expect([code, out]).toEqual([
    1,
    'left    alerts/mine.rules.yaml: nothing generates it; move it into a folder called own, or delete it\n',
  ])
  expect(existsSync(join(shop.folder, 'alerts/mine.rules.yaml'))).toBe(true)
})

test('a team that goes takes its files along, and Grafana is told to delete its rules', async () => {
  const shop = await generated()
  await shop.run(['owners', 'rename', 'billing', 'money'])
  const { code, out } = await shop.run(['generate'])
  expect(code).toBe(0)
  expect(out).toContain('wrote   alerts/money/alerts.rules.yaml\n')
  expect(out).toContain('removed dashboards/billing/team-home.json\n')
  expect(existsSync(join(shop.folder, 'alerts/billing'))).toBe(false)
  expect(await shop.run(['generate', '--check'])).toEqual(clean)
})

test('a runbook is begun once, and belongs to its team from then on', async () => {
  const shop = await generated({ 'docs/runbooks/heap-near-limit.md': '# Ours\n' })
  expect(readFileSync(join(shop.folder, 'docs/runbooks/heap-near-limit.md'), 'utf8')).toBe(
    '# Ours\n',
  )
  expect(await shop.run(['generate', '--check'])).toEqual(clean)
})

test('--only leaves the rest alone', async () => {
  const shop = createWorkspace({ 'ownership.yaml': CATALOG })
  expect((await shop.run(['generate', '--only', 'exports, runbooks'])).code).toBe(0)
  expect(readdirSync(shop.folder).toSorted()).toEqual(['docs', 'ownership.yaml'])
  expect(await shop.run(['generate', '--check', '--only', 'exports'])).toEqual(clean)
  const { code, out } = await shop.run(['generate', '--check', '--only', 'dashboards'])
  expect(code).toBe(1)
  expect(out).not.toContain('alerts/')
})

test('--out generates into another folder, which --check then finds clean', async () => {
  const shop = createWorkspace({ 'ownership.yaml': CATALOG })
  expect((await shop.run(['generate', '--out', 'ops/monitoring'])).code).toBe(0)
  expect(readdirSync(shop.folder).toSorted()).toEqual(['ops', 'ownership.yaml'])
  expect(await shop.run(['generate', '--check', '--out', 'ops/monitoring'])).toEqual(clean)
})

test('a CODEOWNERS with marks gets its block, and keeps all else', async () => {
  const around = [
    '* @acme/platform\n# <throughline>\nold\n# </throughline>\n',
    '/docs/ @acme/writers\n',
  ] as const
  const shop = await generated({ '.github/CODEOWNERS': around.join('') })
  const text = readFileSync(join(shop.folder, '.github/CODEOWNERS'), 'utf8')
  expect(text.startsWith('* @acme/platform\n# <throughline>\n')).toBe(true)
  expect(text.endsWith(around[1])).toBe(true)
  expect(text).toContain('/alerts/billing/ @acme/billing\n')
  shop.write(
    '.github/CODEOWNERS',
    text.replace('/alerts/billing/ @acme/billing', '/alerts/billing/ @acme/other'),
  )
  expect(await shop.run(['generate', '--check'])).toMatchObject({
    code: 1,
    out: 'edited  .github/CODEOWNERS\n',
  })
})

test('a CODEOWNERS with one mark is refused, and nothing is written', async () => {
  const shop = createWorkspace({ 'ownership.yaml': CATALOG, CODEOWNERS: '# <throughline>\n' })
  expect(await shop.run(['generate'])).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringContaining('CODEOWNERS:1: "# <throughline>" has no "# </throughline>"'),
  })
  expect(readdirSync(shop.folder).toSorted()).toEqual(['CODEOWNERS', 'ownership.yaml'])
})

test('the result is JSON when asked for', async () => {
  const shop = await generated()
  rmSync(join(shop.folder, 'alerts/alertmanager.yaml'))
  const { code, out } = await shop.run(['generate', '--check', '--json'])
  expect(code).toBe(1)
  expect(JSON.parse(out)).toEqual({
    schema: 1,
    changes: [{ path: 'alerts/alertmanager.yaml', state: 'missing' }],
  })
})

test('a catalog that package.json names is generated beside that package.json', async () => {
  const shop = createWorkspace({
    'package.json': JSON.stringify({ throughline: { catalog: 'config/ownership.yaml' } }),
    'config/ownership.yaml': CATALOG,
    'src/x': '',
  })
  expect((await shop.run(['generate', '--only', 'exports'], { in: 'src' })).code).toBe(0)
  const codeowners = readFileSync(join(shop.folder, 'docs/ownership/CODEOWNERS'), 'utf8')
  expect(codeowners).toContain('/config/ownership.yaml @acme/leads\n')
})
