import { execFile, execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { root } from '../src/workspace.ts'
import { createTinyWorkspace, startGate } from './tiny-workspace.ts'

const execute = promisify(execFile)
const silent = { code: 0, stdout: '', stderr: '' }

test('a fresh checkout is installed and built, and told so on stderr only', async () => {
  await using workspace = await createTinyWorkspace()
  const { code, stdout, stderr } = await workspace.prepare().ended
  expect({ code, stdout }, stderr).toEqual({ code: 0, stdout: '' })
  expect(stderr).toMatch(/^throughline: installing packages, because nothing is installed yet/)
  expect(await workspace.read('packages/next/dist/bundle.js')).toContain('answer = 1')
})

test('a second run does nothing, says nothing and takes under 1.5 s', async () => {
  await using workspace = await createTinyWorkspace()
  await workspace.prepare().ended
  const started = performance.now()
  expect(await workspace.prepare().ended).toEqual(silent)
  expect(performance.now() - started).toBeLessThan(1_500)
  expect(await workspace.read('packages/next/bundle.log')).toBe('bundled\n')
})

test('a changed source is built and bundled again', async () => {
  await using workspace = await createTinyWorkspace()
  await workspace.prepare().ended
  await workspace.write('packages/next/src/index.ts', 'export const answer: number = 2\n')
  expect(await workspace.prepare().ended).toMatchObject({ code: 0 })
  expect(await workspace.read('packages/next/dist/bundle.js')).toContain('answer = 2')
})

test('a bundle that was deleted is made again', async () => {
  await using workspace = await createTinyWorkspace()
  await workspace.prepare().ended
  await rm(join(workspace.path, 'packages/next/dist/bundle.js'))
  expect(await workspace.prepare().ended).toMatchObject({ code: 0 })
  expect(existsSync(join(workspace.path, 'packages/next/dist/bundle.js'))).toBe(true)
})

test('--install-only leaves the packages as they were', async () => {
  await using workspace = await createTinyWorkspace()
  await workspace.prepare({ args: ['--install-only'] }).ended
  expect(existsSync(join(workspace.path, 'node_modules/@throughline/next'))).toBe(true)
  expect(existsSync(join(workspace.path, 'packages/next/dist'))).toBe(false)
})

test('a build that fails is shown and fails', async () => {
  await using workspace = await createTinyWorkspace()
  await workspace.write('packages/next/src/index.ts', 'export const answer: number = "two"\n')
  const { code, stderr } = await workspace.prepare().ended
  expect(code).toBe(1)
  expect(stderr).toContain('TS2322')
  expect(stderr).toContain('The build failed: `tsc -b .config/tsconfig.json`')
})

test('a lock file that changed after the install is installed again', async () => {
  await using workspace = await createTinyWorkspace()
  await workspace.prepare().ended
  const newer = (text: string): string => text.replaceAll('"1.0.0"', '"1.0.1"')
  for (const file of ['package-lock.json', 'packages/next/package.json']) {
    await workspace.write(file, newer(await workspace.read(file)))
  }
  const { code, stderr } = await workspace.prepare().ended
  expect(code).toBe(0)
  expect(stderr).toContain('packages/next is 1.0.0, and package-lock.json says 1.0.1')
})

test('a package removed by hand is installed again', async () => {
  await using workspace = await createTinyWorkspace()
  await workspace.prepare().ended
  await rm(join(workspace.path, 'node_modules/@throughline'), { recursive: true })
  const { code, stderr } = await workspace.prepare().ended
  expect(code).toBe(0)
  expect(stderr).toContain('node_modules/@throughline/next has been removed')
})

test('packages installed for another kind of machine are installed again', async () => {
  await using workspace = await createTinyWorkspace()
  await workspace.prepare().ended
  await workspace.write('node_modules/.throughline-machine', 'darwin-mips')
  expect(await workspace.prepare().ended).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('node_modules was installed for darwin-mips'),
  })
})

test('several runs at once install once; the others wait and say for whom', async () => {
  await using workspace = await createTinyWorkspace()
  await using gate = await startGate()
  const first = workspace.prepare({ env: gate.env })
  const arrival = await gate.arrival()
  const others = [1, 2, 3].map(() => workspace.prepare({ env: gate.env }))
  for (const other of others) {
    await other.said(`another run (process ${first.child.pid}) is preparing this checkout`)
  }
  arrival.open()
  for (const run of [first, ...others]) expect(await run.ended).toMatchObject({ code: 0 })
  expect(gate.arrivals).toBe(1)
  expect(await readdir(join(workspace.path, '.throughline'))).toEqual(['bundle'])
})

test('Ctrl-C ends npm and what it started; the next run installs anew', async () => {
  await using workspace = await createTinyWorkspace()
  await using gate = await startGate()
  const interrupted = workspace.prepare({ env: gate.env })
  const script = await gate.arrival()
  interrupted.child.kill('SIGINT')
  await script.gone
  expect(await interrupted.ended).toMatchObject({
    code: 130,
    stderr: expect.stringContaining('stopped; the next run takes up from here'),
  })
  const { code, stderr } = await workspace.prepare().ended
  expect(code).toBe(0)
  expect(stderr).toContain('because an earlier install did not finish')
})

test('Ctrl-C while waiting for another run ends the wait only', async () => {
  await using workspace = await createTinyWorkspace()
  await using gate = await startGate()
  const first = workspace.prepare({ env: gate.env })
  const script = await gate.arrival()
  const waiting = workspace.prepare({ env: gate.env })
  await waiting.said('waiting for it')
  waiting.child.kill('SIGTERM')
  expect(await waiting.ended).toMatchObject({ code: 143 })
  script.open()
  expect(await first.ended).toMatchObject({ code: 0 })
})

test('the install that a killed run left behind is waited for, not raced', async () => {
  await using workspace = await createTinyWorkspace()
  await using gate = await startGate()
  const killed = workspace.prepare({ env: gate.env })
  const script = await gate.arrival()
  killed.child.kill('SIGKILL')
  await killed.ended
  const next = workspace.prepare({ env: gate.env })
  await next.said('left by a killed run, is still working here; waiting for it')
  script.open()
  expect(await next.ended).toMatchObject({ code: 0 })
  expect(gate.arrivals).toBe(1)
  expect(await readdir(join(workspace.path, '.throughline'))).toEqual(['bundle'])
})

test('the lock of a dead run does not stop the next', async () => {
  await using workspace = await createTinyWorkspace()
  const gone = Number(execFileSync('sh', ['-c', 'echo $$'], { encoding: 'utf8' }))
  await workspace.write('.throughline/prepare.lock/owner.json', { id: 'dead', pid: gone })
  await mkdir(join(workspace.path, '.throughline/prepare.lock.never-moved'))
  expect(await workspace.prepare().ended).toMatchObject({ code: 0 })
  expect(existsSync(join(workspace.path, '.throughline/prepare.lock'))).toBe(false)
})

test('without a network it says so and what to do', async () => {
  await using workspace = await createTinyWorkspace()
  const lock = JSON.parse(await workspace.read('package-lock.json'))
  lock.packages[''].dependencies = { 'is-number': '7.0.0' }
  lock.packages['node_modules/is-number'] = {
    version: '7.0.0',
    integrity:
      'sha512-41Cifkg6e8TylSpdtTpeLVMqvSBEVzTttHvERD741+pnZ8ANv0004MRL43QKPDlK9cGvNp6NZWZUBlbGXYxxng==',
  }
  await workspace.write('package-lock.json', lock)
  const manifest = JSON.parse(await workspace.read('package.json'))
  await workspace.write('package.json', { ...manifest, dependencies: { 'is-number': '7.0.0' } })
  const env = { npm_config_registry: 'http://127.0.0.1:9', npm_config_fetch_retries: '0' }
  const { code, stderr } = await workspace.prepare({ env }).ended
  expect(code).toBe(1)
  expect(stderr).toContain('`npm ci` failed with code 1. npm cannot reach its registry.')
  expect(stderr).toContain('Connect to the network')
})

test('a lock file that disagrees with a package.json fails with the mend', async () => {
  await using workspace = await createTinyWorkspace()
  const manifest = JSON.parse(await workspace.read('package.json'))
  await workspace.write('package.json', { ...manifest, dependencies: { 'is-number': '7.0.0' } })
  const { code, stderr } = await workspace.prepare().ended
  expect(code).toBe(1)
  expect(stderr).toContain('Run `npm install` and commit package-lock.json.')
})

test.for([
  { tool: 'node', version: 'v18.20.0', says: 'Node v18.20.0 is too old.' },
  { tool: 'npm', version: '6.14.18', says: 'npm 6.14.18 is too old.' },
])('an old $tool is named before anything is touched', async ({ tool, version, says }) => {
  await using workspace = await createTinyWorkspace()
  await workspace.write(`bin/${tool}`, `#!/bin/sh\necho ${version}\n`)
  execFileSync('chmod', ['+x', join(workspace.path, 'bin', tool)])
  const env = { PATH: `${join(workspace.path, 'bin')}:${process.env['PATH']}` }
  const { code, stderr } = await workspace.prepare({ env }).ended
  expect(code).toBe(1)
  expect(stderr).toContain(says)
  expect(existsSync(join(workspace.path, 'node_modules'))).toBe(false)
})

test('a missing npm is named', async () => {
  await using workspace = await createTinyWorkspace()
  await mkdir(join(workspace.path, 'bin'))
  execFileSync('ln', ['-s', process.execPath, join(workspace.path, 'bin/node')])
  const { code, stderr } = await workspace.prepare({ env: { PATH: join(workspace.path, 'bin') } })
    .ended
  expect(code).toBe(1)
  expect(stderr).toContain('There is no npm in PATH.')
})

const pinned = {
  name: 'node',
  version: '24.21.0',
  bin: { node: 'bin/node' },
  scripts: {
    preinstall:
      'test ! -e mend || (echo "#!/bin/sh\necho v24.21.0" > bin/node && chmod +x bin/node)',
  },
}

test('a pinned Node that does not run is mended, and when that fails it says how', async () => {
  await using workspace = await createTinyWorkspace()
  const lock = JSON.parse(await workspace.read('package-lock.json'))
  const manifest = JSON.parse(await workspace.read('package.json'))
  await workspace.write('package.json', { ...manifest, devDependencies: { node: '24.21.0' } })
  lock.packages[''].devDependencies = { node: '24.21.0' }
  lock.packages['node_modules/node'] = { resolved: 'packages/node', link: true }
  lock.packages['packages/node'] = { version: '24.21.0', hasInstallScript: true, bin: pinned.bin }
  await workspace.write('package-lock.json', lock)
  await workspace.write('packages/node/package.json', pinned)
  await workspace.write('packages/node/bin/node', '#!/bin/sh\necho v24.0.0\n')

  const broken = await workspace.prepare({ args: ['--install-only'] }).ended
  expect(broken.code, broken.stderr).toBe(1)
  expect(broken.stderr).toContain('node_modules/.bin/node is 24.0.0; fetching Node 24.21.0')
  expect(broken.stderr).toContain('`npm rebuild node` did not mend it')

  await workspace.write('packages/node/mend', '')
  expect(await workspace.prepare({ args: ['--install-only'] }).ended).toMatchObject({ code: 0 })
  expect(await workspace.prepare({ args: ['--install-only'] }).ended).toEqual(silent)
})

test('npm itself writes nothing to the stdout of a script', async () => {
  await using workspace = await createTinyWorkspace()
  await cp(join(root, '.npmrc'), join(workspace.path, '.npmrc'))
  const manifest = JSON.parse(await workspace.read('package.json'))
  const scripts = { predemo: 'node .config/prepare.mjs', demo: 'echo one-object' }
  await workspace.write('package.json', { ...manifest, scripts })
  const { stdout } = await execute('npm', ['run', 'demo'], { cwd: workspace.path })
  expect(stdout).toBe('one-object\n')
})
