import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createTempFolder } from '../../cli/test/temp-folder.ts'
import {
  applyInstall,
  applyRemoval,
  changesOf,
  planInstall,
  planRemoval,
  readProject,
  renderDiff,
} from '../src/index.ts'

type Files = Readonly<Record<string, string>>

const manifest = (fields: object): string =>
  `${JSON.stringify({ name: 'web', ...fields }, null, 2)}\n`

const NEXT: Files = {
  'package.json': manifest({
    scripts: { dev: 'next dev', build: 'next build', start: 'next start' },
    dependencies: { next: '16.4.5', react: '19.3.1', 'react-dom': '19.3.1' },
    devDependencies: { typescript: '^5' },
  }),
  'tsconfig.json': '{}\n',
  'app/page.tsx': 'export default function Page() {\n  return null\n}\n',
  'app/layout.tsx': 'export default function Layout() {\n  return null\n}\n',
  'next.config.ts':
    'import type { NextConfig } from "next";\n\nconst nextConfig: NextConfig = {\n  /* config options here */\n};\n\nexport default nextConfig;\n',
}

const FASTIFY: Files = {
  'package.json': manifest({
    name: 'api',
    type: 'module',
    scripts: { dev: 'node --watch server.js', start: 'node server.js' },
    dependencies: { fastify: '5.12.8' },
  }),
  'server.js':
    "import Fastify from 'fastify'\n\nconst app = Fastify()\nawait app.listen({ port: 3001 })\n",
}

const NEST: Files = {
  'package.json': manifest({
    name: 'nest',
    scripts: { start: 'nest start', 'start:prod': 'node dist/main' },
    dependencies: { '@nestjs/core': '11.0.0', '@nestjs/common': '11.0.0' },
  }),
  'tsconfig.json': '{ "compilerOptions": { "outDir": "./dist", "module": "commonjs" } }\n',
  'src/main.ts':
    "import { NestFactory } from '@nestjs/core';\nimport { AppModule } from './app.module';\n\nasync function bootstrap() {\n  const app = await NestFactory.create(AppModule);\n  await app.listen(process.env.PORT ?? 3000);\n}\nbootstrap();\n",
}

const inside = (folder: string, files: Files): Files =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]))

const APPS: readonly (readonly [what: string, files: Files, changed: readonly string[]])[] = [
  ['Next.js, app router', NEXT, ['instrumentation.ts', 'next.config.ts', 'package.json']],
  [
    'Next.js in src, without a configuration',
    {
      'package.json': NEXT['package.json'] ?? '',
      'src/app/page.js': 'export default function Page() {\n  return null\n}\n',
      'src/app/layout.js': 'export default function Layout() {\n  return null\n}\n',
    },
    ['next.config.mjs', 'package.json', 'src/instrumentation.js'],
  ],
  ['Fastify by node', FASTIFY, ['package.json']],
  ['Nest by its own command', NEST, ['package.json', 'src/main.ts']],
  [
    'a monorepo of both',
    {
      'package.json': '{ "name": "shop", "private": true, "workspaces": ["apps/*"] }\n',
      ...inside('apps/web', NEXT),
      ...inside('apps/api', FASTIFY),
    },
    [
      'apps/api/package.json',
      'apps/web/instrumentation.ts',
      'apps/web/next.config.ts',
      'apps/web/package.json',
    ],
  ],
]

const NO_INSTALL = { installs: false, say: () => undefined }
const plan = (root: string, catalogDraft?: string) =>
  planInstall(readProject(root), { version: '0.1.0', catalogDraft })

function readAll(root: string): Files {
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' }).toSorted()
  return Object.fromEntries(
    paths
      .filter(path => statSync(join(root, path)).isFile())
      .map(path => [path, readFileSync(join(root, path), 'utf8')]),
  )
}

test.for(APPS)(
  '%s: is changed in few files, once, and is as it was without',
  async ([, files, changed]) => {
    const root = createTempFolder(files)
    const before = readAll(root)
    const first = plan(root)
    expect(first.apps.flatMap(({ remarks }) => remarks)).toEqual([])
    expect(
      changesOf(first)
        .map(({ path }) => path)
        .toSorted(),
    ).toEqual(changed)
    await applyInstall(readProject(root), first, NO_INSTALL)
    expect(readAll(root)).not.toEqual(before)
    expect(changesOf(plan(root))).toEqual([])
    await applyRemoval(readProject(root), planRemoval(readProject(root)), NO_INSTALL)
    expect(readAll(root)).toEqual(before)
  },
)

test('what was written since stays, and what is ours goes', async () => {
  const root = createTempFolder(NEXT)
  await applyInstall(readProject(root), plan(root), NO_INSTALL)
  const config = join(root, 'next.config.ts')
  const edited = readFileSync(config, 'utf8').replace(
    '/* config options here */',
    'reactStrictMode: true,',
  )
  writeFileSync(config, edited)
  await applyRemoval(readProject(root), planRemoval(readProject(root)), NO_INSTALL)
  expect(readAll(root)).toEqual({
    ...NEXT,
    'next.config.ts': NEXT['next.config.ts']?.replace(
      '/* config options here */',
      'reactStrictMode: true,',
    ),
  })
})

test('a tracer that cannot be set aside is said, and the application is left alone', () => {
  const root = createTempFolder({
    ...FASTIFY,
    'package.json': manifest({
      name: 'api',
      type: 'module',
      scripts: { start: 'node --import dd-trace/initialize.mjs server.js' },
      dependencies: { fastify: '5.12.8', 'dd-trace': '5.0.0' },
    }),
  })
  const [app] = plan(root).apps
  expect(app).toMatchObject({ isRefused: true, changes: [] })
  expect(app?.remarks[0]?.what).toMatch(/^dd-trace traces this process already \(package\.json/)
})

test('nothing is written where a file has changed since it was looked at', async () => {
  const root = createTempFolder(FASTIFY)
  const stale = plan(root)
  writeFileSync(join(root, 'package.json'), manifest({ name: 'other' }))
  const before = readAll(root)
  await expect(applyInstall(readProject(root), stale, NO_INSTALL)).rejects.toThrow(
    'changed while you were asked: package.json; nothing was written',
  )
  expect(readAll(root)).toEqual(before)
})

test('where packages cannot be installed all is as it was, and what the package manager said is told', async () => {
  const root = createTempFolder({
    ...FASTIFY,
    'package-lock.json': '{ "name": "api", "lockfileVersion": 3, "packages": {} }\n',
    '.npmrc': 'registry=http://127.0.0.1:9/\nfetch-retries=0\noffline=true\n',
  })
  const before = readAll(root)
  const project = readProject(root)
  const all = { installs: true, say: () => undefined }
  await expect(applyInstall(project, plan(root), all)).rejects.toThrow(
    /^npm install ended with 1\n {2}npm/,
  )
  expect(readAll(root)).toEqual(before)
}, 60_000)

test('the diff shows each file with what is around its lines', () => {
  const root = createTempFolder(FASTIFY)
  expect(renderDiff(changesOf(plan(root)))).toBe(
    [
      '--- a/package.json',
      '+++ b/package.json',
      '@@ -2,10 +2,11 @@',
      '   "name": "api",',
      '   "type": "module",',
      '   "scripts": {',
      '-    "dev": "node --watch server.js",',
      '-    "start": "node server.js"',
      '+    "dev": "node --import @throughline/node/register --watch server.js",',
      '+    "start": "node --import @throughline/node/register server.js"',
      '   },',
      '   "dependencies": {',
      '+    "@throughline/node": "^0.1.0",',
      '     "fastify": "5.12.8"',
      '   }',
      ' }',
      '',
    ].join('\n'),
  )
})
