import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { findFreePort } from '../../src/server/free-port.ts'
import { send, served } from './otlp-body.ts'
import { ask, makeFolder, makePage, readJson, start } from './running-viewer.ts'

const SOURCES = fileURLToPath(new URL('../../src/', import.meta.url))

/** Runs a script that has `runViewer` in a process of its own, with a temporary folder of its own. */
async function run(
  script: string,
  folder: string,
): Promise<{ readonly code: number | null; readonly out: string; readonly err: string }> {
  const whole = `
    import { runViewer } from ${JSON.stringify(join(SOURCES, 'server/run-viewer.ts'))}
    const start = options => runViewer({ port: 0, ...options }, { pageFolder: ${JSON.stringify(makePage())} })
    ${script}`
  const file = join(folder, 'script.mjs')
  writeFileSync(file, whole)
  const child = spawn(process.execPath, ['--conditions=@throughline/source', file], {
    env: { ...process.env, TMPDIR: folder, NODE_OPTIONS: '' },
    cwd: SOURCES,
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let out = ''
  let err = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, out, err }
}

const stores = (folder: string): string[] =>
  readdirSync(folder).filter(name => name.startsWith('throughline-view-'))

test('a viewer that was stopped keeps no process, leaves no folder, and warns of nothing', async () => {
  const folder = makeFolder()
  const ended = await run(
    `
    import { readdirSync } from 'node:fs'
    const viewer = await start({ metricsPages: ['http://127.0.0.1:1/metrics'] })
    const live = await fetch(viewer.url + '/api/live')
    console.log((await fetch(viewer.url + '/api/traces')).status)
    console.log(readdirSync(process.env.TMPDIR).length)
    await Promise.all([viewer.stop(), viewer.stop()])
    await viewer.stop()
    console.log(await live.text() !== '')`,
    folder,
  )
  expect(ended).toEqual({ code: 0, out: '200\n2\ntrue\n', err: '' })
  expect(stores(folder)).toEqual([])
})

test('what a viewer left that was killed goes when the next one starts, and what others have stays', async () => {
  const folder = makeFolder()
  await run(`await start(); process.kill(process.pid, 'SIGKILL')`, folder)
  expect(stores(folder)).toHaveLength(1)
  mkdirSync(join(folder, `throughline-view-${process.pid}-abcdef`))
  mkdirSync(join(folder, 'throughline-view-other'))
  const next = await run(`const viewer = await start(); await viewer.stop()`, folder)
  expect([next.code, next.err]).toEqual([0, ''])
  expect(stores(folder).toSorted()).toEqual(
    [`throughline-view-${process.pid}-abcdef`, 'throughline-view-other'].toSorted(),
  )
})

test('a viewer that cannot start keeps no process and leaves no folder', async () => {
  const folder = makeFolder()
  const { code, err } = await run(`await start({ file: '/no/such/folder/x.sqlite' })`, folder)
  expect([code, err]).toEqual([1, expect.stringContaining('/no/such/folder/x.sqlite')])
  expect(stores(folder)).toEqual([])
})

test('a viewer that stops frees its port, and answers nobody any more', async () => {
  const viewer = await start()
  await send(viewer, served())
  expect(viewer.stop()).toBe(viewer.stop())
  await viewer[Symbol.asyncDispose]()
  await expect(ask(viewer, '/api/meta')).rejects.toThrow(/ECONNREFUSED/)
  expect(await findFreePort(viewer.port)).toBe(viewer.port)
})

test('a store in a file stays when the viewer stops', async () => {
  const file = join(makeFolder(), 'kept.sqlite')
  const viewer = await start({ file })
  await readJson(viewer, '/api/meta')
  await viewer.stop()
  expect(existsSync(file)).toBe(true)
})
