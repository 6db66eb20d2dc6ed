import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runThroughline } from './run-throughline.ts'
import { createTempFolder } from './temp-folder.ts'

const API = {
  'package.json':
    '{\n  "name": "api",\n  "type": "module",\n  "scripts": { "start": "node server.js" },\n  "dependencies": { "fastify": "5.12.8" }\n}\n',
  'server.js':
    "import Fastify from 'fastify'\n\nconst app = Fastify()\napp.get('/v1/things', async () => [])\nawait app.listen({ port: 3001 })\n",
}

const manifestOf = (cwd: string): string => readFileSync(join(cwd, 'package.json'), 'utf8')

test.for(['init', 'doctor', 'uninstall'])(
  '%s says where it looked for an application',
  async name => {
    const cwd = createTempFolder()
    const { code, out, err } = await runThroughline([name], { cwd })
    expect([code, out]).toEqual([1, ''])
    expect(err).toBe(
      `throughline: there is no package.json in ${cwd} or above\n  fix: go to the folder of an application, or name it\n`,
    )
  },
)

test('init says that there is no application in a package that is none', async () => {
  const cwd = createTempFolder({ 'package.json': '{ "name": "library" }' })
  const { code, err } = await runThroughline(['init', '--yes'], { cwd })
  expect(code).toBe(1)
  expect(err).toBe(
    'no application was found here or below\n  fix: name its folder: throughline init apps/web\n',
  )
})

test('init writes nothing when it is dry, or nobody can be asked, or somebody says no', async () => {
  const cwd = createTempFolder(API)
  const dry = await runThroughline(['init', '--dry-run'], { cwd })
  expect([dry.code, dry.err]).toEqual([0, ''])
  expect(dry.out).toContain(
    '~ package.json    adds @throughline/node, starts Throughline in "start"',
  )
  expect(dry.out).toContain(
    '+  "scripts": { "start": "node --import @throughline/node/register server.js" },',
  )
  const alone = await runThroughline(['init'], { cwd })
  expect([alone.code, alone.err]).toEqual([
    2,
    'throughline: nobody can be asked here, so nothing was written\n  fix: say --yes to do it, or --dry-run to see what would be done\n',
  ])
  const refused = await runThroughline(['init', '--no-install'], { cwd, answer: 'no' })
  expect(refused.code).toBe(0)
  expect(manifestOf(cwd)).toBe(API['package.json'])
})

test.for(['', 'y', 'Yes'])(
  'init writes when somebody answers %j, and changes nothing again',
  async answer => {
    const cwd = createTempFolder(API)
    const first = await runThroughline(['init', '--no-install'], { cwd, answer })
    expect(first).toMatchObject({ code: 0, err: 'run npm install, then throughline doctor\n' })
    expect(first.out).toMatch(/wrote 2 files\n$/)
    const written = manifestOf(cwd)
    expect(written).toContain('"@throughline/node": "^0.1.0"')
    const again = await runThroughline(['init'], { cwd })
    expect(again.code).toBe(0)
    expect(again.out).toMatch(/nothing to change: throughline doctor says whether it works\n$/)
    expect(manifestOf(cwd)).toBe(written)
  },
)

test('for programs, init and uninstall say in JSON what they did', async () => {
  const cwd = createTempFolder(API)
  const init = await runThroughline(['init', '--yes', '--json', '--no-install'], { cwd })
  expect(JSON.parse(init.out)).toMatchObject({
    schema: 1,
    root: cwd,
    packageManager: 'npm',
    apps: [{ service: 'api', kind: 'node', path: '', refused: false }],
    changes: [{ path: 'ownership.yaml' }, { path: 'package.json', before: API['package.json'] }],
    remarks: [],
    applied: true,
    traces: [],
  })
  const removal = await runThroughline(['uninstall', '--yes', '--json', '--no-install'], { cwd })
  expect(JSON.parse(removal.out)).toMatchObject({ schema: 1, applied: true })
  expect(manifestOf(cwd)).toBe(API['package.json'])
})

test('uninstall leaves a catalog that was edited, and says so', async () => {
  const cwd = createTempFolder({ ...API, 'ownership.yaml': 'version: 1\n' })
  const { code, out, err } = await runThroughline(['uninstall', '--yes'], { cwd })
  expect([code, out.endsWith('nothing of Throughline is here\n')]).toEqual([0, true])
  expect(err).toBe(
    'ownership.yaml: who owns what stays: it was edited, or is not of throughline init\n  fix: remove it if nothing else needs it\n',
  )
})

test('doctor names what is wrong with files, and ends with 1', async () => {
  const cwd = createTempFolder({
    ...API,
    'package.json': API['package.json'].replace(
      '"node server.js"',
      '"node --import @throughline/node/register server.js"',
    ),
  })
  const { code, out } = await runThroughline(['doctor', '--no-run'], { cwd })
  expect(code).toBe(1)
  expect(out).toContain('PACKAGE_MISSING')
  const json = await runThroughline(['doctor', '--no-run', '--json'], { cwd })
  const { findings } = JSON.parse(json.out) as {
    readonly findings: readonly { readonly code: string }[]
  }
  expect(findings.map(finding => finding.code)).toContain('PACKAGE_MISSING')
})
