import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { readCatalog } from '@throughline/catalog'
import { onTestFinished } from 'vitest'
import type { ExamineContext } from '../../src/doctor/check.ts'
import { examineFiles } from '../../src/doctor/examine-files.ts'
import { examineProject } from '../../src/doctor/examine-project.ts'
import type { Finding } from '../../src/doctor/finding.ts'
import { readProject } from '../../src/project/read-project.ts'

/** Texts of the files of a repository, by path. */
export type Files = Readonly<Record<string, string>>

const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`

/** An installed package, as far as its package.json goes. */
export const installed = (
  name: string,
  version: string,
  more: object = {},
  inside = 'node_modules',
): Files => ({ [`${inside}/${name}/package.json`]: json({ name, version, ...more }) })

const NODE_PACKAGES: Files = {
  ...installed('@throughline/node', '0.1.0', {
    dependencies: {
      '@opentelemetry/api': '1.10.0',
      '@opentelemetry/core': '3.1.1',
      '@opentelemetry/sdk-trace': '3.1.1',
      '@throughline/catalog': '0.1.0',
    },
  }),
  ...installed('@throughline/catalog', '0.1.0'),
  ...installed('@opentelemetry/api', '1.10.0'),
  ...installed('@opentelemetry/core', '3.1.1'),
  ...installed('@opentelemetry/sdk-trace', '3.1.1', {
    dependencies: { '@opentelemetry/core': '3.1.1' },
    peerDependencies: { '@opentelemetry/api': '>=1.10.0 <1.11.0' },
  }),
  ...installed('pg', '8.23.1'),
}

const catalogOf = (
  service: string,
  kind: string,
  paths: string,
  routes: readonly string[],
): string =>
  `version: 1
org: { defaultTeam: platform }
teams:
  platform: { name: Platform }
services:
  ${service}:
    kind: ${kind}
    paths: ["${paths}"]
    routes:
${routes.map(route => `      - { match: "${route}", team: platform, audience: public }\n`).join('')}`

/** A Next.js application that is as init leaves it. */
export const GOOD_NEXT: Files = {
  'package.json': json({
    name: 'web',
    scripts: { dev: 'next dev', build: 'next build', start: 'next start' },
    dependencies: {
      '@throughline/next': '^0.1.0',
      next: '16.4.5',
      pg: '8.23.1',
      react: '19.3.1',
    },
    devDependencies: { typescript: '7.0.2' },
    engines: { node: '>=22.15' },
  }),
  'package-lock.json': json({ lockfileVersion: 3 }),
  'tsconfig.json': '{}\n',
  'instrumentation.ts': `export { register, onRequestError } from '@throughline/next'\n`,
  'next.config.ts': `import { withThroughline } from '@throughline/next/config'\n\nexport default withThroughline({ reactStrictMode: true })\n`,
  'app/page.tsx': 'export default function Page() {\n  return <p>hello</p>\n}\n',
  'app/layout.tsx':
    'export default function Layout({ children }) {\n  return <html><body>{children}</body></html>\n}\n',
  '.env': 'OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4318\n',
  Dockerfile: 'FROM node:24-slim\nCOPY . .\nCMD ["npm", "start"]\n',
  'ownership.yaml': catalogOf('web', 'next', '**', ['GET /']),
  ...NODE_PACKAGES,
  ...installed('@throughline/next', '0.1.0', {
    dependencies: { '@throughline/node': '0.1.0' },
    peerDependencies: { next: '>=15' },
  }),
  ...installed('next', '16.4.5', { peerDependencies: { '@opentelemetry/api': '^1.1.0' } }),
  ...installed('react', '19.3.1'),
}

/** A Fastify application that is as init leaves it. */
export const GOOD_NODE: Files = {
  'package.json': json({
    name: 'api',
    type: 'module',
    scripts: {
      dev: 'tsx watch --import @throughline/node/register src/server.ts',
      build: 'tsc',
      start: 'OTEL_SERVICE_NAME=api node --import @throughline/node/register src/server.ts',
    },
    dependencies: { '@throughline/node': '^0.1.0', fastify: '5.12.8', pg: '8.23.1' },
    engines: { node: '>=22.15' },
  }),
  'package-lock.json': json({ lockfileVersion: 3 }),
  '.nvmrc': '24\n',
  'src/server.ts': `import Fastify from 'fastify'\nimport pg from 'pg'\n\nconst app = Fastify()\nconst pool = new pg.Pool()\napp.get('/invoices', async () => (await pool.query('SELECT 1')).rows)\nawait app.listen({ port: 3001 })\n`,
  Dockerfile:
    'FROM --platform=linux/amd64 node:24-slim AS base\nFROM base\nCOPY . .\nCMD ["node", "--import", "@throughline/node/register", "src/server.ts"]\n',
  'ownership.yaml': catalogOf('api', 'node', 'src/**', ['GET /invoices']),
  ...NODE_PACKAGES,
  ...installed('fastify', '5.12.8'),
}

const inFolder = (folder: string, files: Files): Files =>
  Object.fromEntries(
    Object.entries(files)
      .filter(([path]) => !/^(package-lock\.json|ownership\.yaml)$/.test(path))
      .map(([path, text]) => [path.startsWith('node_modules/') ? path : `${folder}/${path}`, text]),
  )

/** Both of them in one repository. */
export const GOOD_WORKSPACE: Files = {
  ...inFolder('apps/web', GOOD_NEXT),
  ...inFolder('apps/api', GOOD_NODE),
  'package.json': json({ name: 'acme', private: true, workspaces: ['apps/*'] }),
  'package-lock.json': json({ lockfileVersion: 3 }),
  'ownership.yaml':
    catalogOf('web', 'next', 'apps/web/**', ['GET /']) +
    catalogOf('api', 'node', 'apps/api/src/**', ['GET /invoices']).split('services:\n')[1],
}

export function writeFiles(files: Files): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'throughline-doctor-')))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return root
}

/** Everything that the files of a repository, and this environment, say. */
export function examine(root: string, given: Partial<ExamineContext> = {}): Finding[] {
  const project = readProject(root)
  const context: ExamineContext = {
    nodeVersion: '24.21.0',
    env: {},
    catalog: readCatalog(join(root, 'ownership.yaml'), { file: 'ownership.yaml' }),
    ...given,
  }
  return [
    ...examineProject(project, context),
    ...project.apps.flatMap(app => examineFiles(app, project, context)),
  ]
}
