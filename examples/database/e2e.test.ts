import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { Client } from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { isAlive } from './src/process.ts'
import { chooseServerUser } from './src/server-user.ts'

const LAUNCHER = `
import { startDatabase } from ${JSON.stringify(new URL('src/index.ts', import.meta.url).href)}
const { url, reused } = await startDatabase({ folder: process.argv[1] })
console.log(JSON.stringify({ url, reused }))
setInterval(() => undefined, 1 << 30)
`

/** What a launcher says once its server is up. */
interface Started {
  readonly launcher: ChildProcess
  readonly url: string
  readonly reused: boolean
  /** Process id of the server. */
  readonly server: number
}

const launchers: ChildProcess[] = []
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'throughline-database-'))
  chmodSync(folder, 0o755)
})
afterEach(async () => {
  for (const launcher of launchers.splice(0)) {
    if (launcher.exitCode === null && launcher.signalCode === null) launcher.kill('SIGKILL')
  }
  await gone(readServerPid())
  rmSync(folder, { recursive: true, force: true })
})

/** Starts a launcher in a process of its own, that can be killed; as whom `user` says. */
async function launch(user?: ReturnType<typeof chooseServerUser>): Promise<Started> {
  const args = ['--input-type=module', '--eval', LAUNCHER, folder]
  const [program, ...rest] = user?.command(process.execPath, args) ?? [process.execPath, ...args]
  const launcher = spawn(program, rest, { ...user?.options, stdio: ['ignore', 'pipe', 'inherit'] })
  launchers.push(launcher)
  const [line] = (await once(
    createInterface(launcher.stdout as NodeJS.ReadableStream),
    'line',
  )) as [string]
  const said = JSON.parse(line) as { url: string; reused: boolean }
  return { ...said, launcher, server: readServerPid() }
}

/** Process id of the server, as it writes it; 0 when there is none. */
function readServerPid(): number {
  try {
    return Number(readFileSync(join(folder, 'data', 'postmaster.pid'), 'utf8').split('\n')[0])
  } catch {
    // A server that has stopped takes the file with it.
    return 0
  }
}

async function gone(pid: number): Promise<void> {
  const deadline = Date.now() + 10_000
  if (pid === 0) return
  while (isAlive(pid)) {
    if (Date.now() > deadline) throw new Error(`process ${pid} still runs`)
    await delay(20)
  }
}

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

test('it is a real PostgreSQL, and a normal user can start it', async () => {
  const user = chooseServerUser(process.execPath)
  user.own(folder)
  const { url } = await launch(user)
  const [row] = await query(url, 'select version()')
  expect(row).toEqual({ version: expect.stringMatching(/^PostgreSQL 18\./) })
})

test('a launcher that is killed leaves no server, and its data to the next', async () => {
  const first = await launch()
  await query(first.url, 'create table kept as select 7 as value')
  first.launcher.kill('SIGKILL')
  await gone(first.server)
  const second = await launch()
  expect(await query(second.url, 'select value from kept')).toEqual([{ value: 7 }])
})

test('a launcher that starts while the server of a killed one is going down gets one that stays', async () => {
  const first = await launch()
  first.launcher.kill('SIGKILL')
  const second = await launch()
  await gone(first.server)
  expect(await query(second.url, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('a server that is killed comes up again with what was committed', async () => {
  const first = await launch()
  await query(first.url, 'create table kept as select 8 as value')
  process.kill(first.server, 'SIGKILL')
  first.launcher.kill('SIGKILL')
  await gone(first.server)
  const second = await launch()
  expect(second.reused).toBe(false)
  expect(await query(second.url, 'select value from kept')).toEqual([{ value: 8 }])
})

test('a second launcher on the same data shares the server of the first', async () => {
  const first = await launch()
  const second = await launch()
  expect(second).toMatchObject({ url: first.url, reused: true, server: first.server })
})
