import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { checkAlertmanagerConfig } from '../src/amtool.ts'
import { renderComposeConfig } from '../src/compose/docker-compose.ts'
import { BASE, EXAMPLES, PAGING } from '../src/compose/stack.ts'
import { ensureDebianBinary } from '../src/debian.ts'
import { runTool, type ToolResult } from '../src/run-tool.ts'
import { root } from '../src/workspace.ts'

// Tempo, Loki and the Collector have checkers of their own that neither npm nor Debian brings: their configuration is
// held against itself and against the stack, in test/compose.test.ts.

test.for([
  ['apps on this machine', 'services-on-host'],
  ['apps in containers', 'services-in-containers'],
] as const)('promtool accepts the configuration with the rules, for %s', async ([, services]) => {
  const { ok, output } = await checkPrometheus(services)
  expect(output).toContain('rules found')
  expect(output).not.toMatch(/FAILED|does not point to an existing file/)
  expect(ok, output).toBe(true)
})

test('promtool refuses a configuration with a key that there is not', async () => {
  const mistake = (text: string): string => text.replace('rule_files:', 'rules:')
  const { ok, output } = await checkPrometheus('services-on-host', mistake)
  expect(ok).toBe(false)
  expect(output).toContain('field rules not found')
})

test('amtool accepts the configuration that Alertmanager is given', async () => {
  expect(await checkAlertmanagerConfig(join(root, 'alerts/alertmanager.yaml'))).toBeUndefined()
})

test.for([
  { name: 'the stack', paths: [BASE] },
  { name: 'the stack with keys', paths: [BASE, PAGING] },
  { name: 'the stack with the example apps', paths: [BASE, EXAMPLES] },
])('Docker Compose accepts $name, and lays its files over one another', async ({ paths }) => {
  const { ok, output } = await renderComposeConfig(paths)
  expect(ok, output).toBe(true)
  const services = paths.includes(EXAMPLES) ? 'services-in-containers' : 'services-on-host'
  expect(output.match(/services-[a-z-]+/g)).toEqual([services])
})

test('the front door hands on what comes from outside, and says nothing of an app that is down', async () => {
  const app = createServer((request, response) => response.end(`${request.url} served`))
  app.listen(0, '127.0.0.1')
  await once(app, 'listening')
  const { port } = app.address() as AddressInfo
  const door = spawn(process.execPath, ['compose/examples/front-door.mjs', '::1', String(port)], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void door.kill('SIGKILL'))
  await once(door.stdout, 'data')

  const outside = `http://[::1]:${port}/invoices`
  const answer = await fetch(outside, { headers: { connection: 'close' } })
  expect(await answer.text()).toBe('/invoices served')

  app.close()
  await once(app, 'close')
  await expect(fetch(outside)).rejects.toThrow('fetch failed')

  door.kill('SIGTERM')
  expect(await once(door, 'exit')).toEqual([0, null])
})

/** Checks the files laid out as compose.yaml mounts them, below a folder in place of /etc/prometheus. */
async function checkPrometheus(
  services: string,
  change: (text: string) => string = text => text,
): Promise<ToolResult> {
  const folder = await mkdtemp(join(tmpdir(), 'throughline-prometheus-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const source = join(root, 'compose/prometheus')
  const text = await readFile(join(source, 'prometheus.yaml'), 'utf8')
  const config = join(folder, 'prometheus.yaml')
  await writeFile(config, change(text).replaceAll('/etc/prometheus', folder))
  await cp(join(source, services), join(folder, 'services'), { recursive: true })
  await cp(join(root, 'alerts'), join(folder, 'alerts'), { recursive: true })
  const promtool = await ensureDebianBinary('promtool', { packageName: 'prometheus' })
  return await runTool(promtool, ['check', 'config', config])
}
