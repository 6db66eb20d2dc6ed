import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import type { NodeApp, Project } from '../src/project/project.ts'

/** An application in a folder of its own, in which the packages of this repository are found. */
export interface TempApp {
  readonly app: NodeApp
  readonly project: Project
  /** Command lines of processes that it has left running. */
  leftovers(): readonly string[]
}

/** What a temporary application is made of. */
export interface TempAppOptions {
  /** What stands behind `node` in the script `dev`; `server.mjs` is its file. */
  readonly start?: string
  readonly source: string
  readonly dependencies?: readonly string[]
}

const HERE = fileURLToPath(new URL('.', import.meta.url))

/** Writes an application that is removed after the test. */
export function createTempApp({
  start = '--import @throughline/node/register server.mjs',
  source,
  dependencies = ['@throughline/node', 'fastify'],
}: TempAppOptions): TempApp {
  const folder = mkdtempSync(join(HERE, '.app-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  // Known by its arguments, as the processes of others are running, too.
  const mark = basename(folder)
  const scripts = { dev: `node ${start} ${mark}` }
  const versions = Object.fromEntries(dependencies.map(name => [name, '*']))
  const text = JSON.stringify({
    name: 'orders',
    private: true,
    type: 'module',
    scripts,
    dependencies: versions,
  })
  writeFileSync(join(folder, 'package.json'), text)
  writeFileSync(join(folder, 'server.mjs'), source)
  const app: NodeApp = {
    kind: 'node',
    path: '',
    folder,
    service: 'orders',
    manifest: {
      path: join(folder, 'package.json'),
      text,
      name: 'orders',
      scripts,
      dependencies: versions,
    },
    modules: 'esm',
    isTypeScript: false,
    others: [],
    isInstalled: dependencies.includes('@throughline/node'),
    framework: 'fastify',
    entry: join(folder, 'server.mjs'),
    starts: [{ name: 'dev', command: scripts.dev, takesImport: true }],
  }
  return {
    app,
    project: {
      root: folder,
      packageManager: { name: 'npm', major: 10, hasNodeModules: true },
      apps: [app],
      remarks: [],
    },
    leftovers: () =>
      execFileSync('ps', ['-A', '-o', 'args='], { encoding: 'utf8' })
        .split('\n')
        .filter(line => line.includes(mark)),
  }
}

/** A server of Fastify with one route; `listen` is what it is given to listen at. */
export const fastifyServer = (listen = '{ port: Number(process.env.PORT) }'): string => `
import fastify from 'fastify'
const server = fastify()
server.get('/orders', async () => ({ orders: [] }))
await server.listen(${listen})
`
