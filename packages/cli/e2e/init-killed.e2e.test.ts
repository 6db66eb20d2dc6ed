import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { createWorkspace, type Workspace } from './throughline.ts'

const KILLER = pathToFileURL(join(import.meta.dirname, 'kill-at-write.mjs')).href

/** An application of Next.js and one of Fastify, in one repository. */
const FILES = {
  'package.json': '{ "name": "shop", "private": true, "workspaces": ["apps/*"] }\n',
  'package-lock.json': '{ "name": "shop", "lockfileVersion": 3, "packages": {} }\n',
  'apps/web/package.json': `${JSON.stringify(
    {
      name: 'web',
      scripts: { dev: 'next dev', build: 'next build', start: 'next start' },
      dependencies: { next: '16.4.5', react: '19.3.1', 'react-dom': '19.3.1' },
    },
    null,
    2,
  )}\n`,
  'apps/web/next.config.mjs': 'export default { reactStrictMode: true }\n',
  'apps/web/app/page.js': 'export default function Page() {\n  return <p>hello</p>\n}\n',
  'apps/web/app/layout.js':
    'export default function Layout({ children }) {\n  return <html><body>{children}</body></html>\n}\n',
  'apps/api/package.json': `${JSON.stringify(
    {
      name: 'api',
      type: 'module',
      scripts: { dev: 'node --watch server.js', start: 'node server.js' },
      dependencies: { fastify: '5.12.8' },
    },
    null,
    2,
  )}\n`,
  'apps/api/server.js':
    "import Fastify from 'fastify'\n\nconst app = Fastify()\napp.get('/v1/things', async () => [])\nawait app.listen({ port: Number(process.env.PORT ?? 3001) })\n",
}

const INIT = ['init', '--yes', '--no-install', '--no-run']

/** Texts of all files by path. */
function readAll({ folder }: Workspace): Readonly<Record<string, string>> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return Object.fromEntries(
    paths
      .filter(path => statSync(join(folder, path)).isFile())
      .toSorted()
      .map(path => [path, readFileSync(join(folder, path), 'utf8')]),
  )
}

test('an init that is killed at any write leaves each file as it was or as it should be, and the next one goes on', async () => {
  const whole = createWorkspace(FILES)
  expect((await whole.run(INIT)).code).toBe(0)
  const finished = readAll(whole)
  expect(finished).not.toEqual(FILES)

  const killAt = async (write: number): Promise<number | null> => {
    const workspace = createWorkspace(FILES)
    const env = { NODE_OPTIONS: `--import ${KILLER}`, KILL_AT: String(write) }
    const { code } = await workspace.run(INIT, { env })
    const left = Object.entries(readAll(workspace)).filter(([path]) => !path.endsWith('.tmp'))
    const broken = left.filter(
      ([path, text]) => text !== finished[path] && text !== FILES[path as keyof typeof FILES],
    )
    expect(broken).toEqual([])
    // Nothing uses a package before the manifest names it.
    const [web, api] = ['web', 'api'].map(app => readAll(workspace)[`apps/${app}/package.json`])
    const uses = Object.fromEntries(left)['apps/web/instrumentation.js'] !== undefined
    expect([
      uses && !web?.includes('@throughline/next'),
      api?.includes('--import') && !api.includes('"@throughline/node"'),
    ]).not.toContain(true)
    expect((await workspace.run(INIT)).code).toBe(0)
    expect(readAll(workspace)).toEqual(finished)
    return code
  }
  // Each of five files is written beside its place, then moved there; the eleventh write never comes.
  const writes = Array.from({ length: 11 }, (_, index) => index + 1)
  const codes = await Promise.all(writes.map(killAt))
  expect(codes).toEqual([...writes.slice(1).map(() => null), 0])
}, 120_000)
