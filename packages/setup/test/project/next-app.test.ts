import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createTempFolder } from '../../../cli/test/temp-folder.ts'
import { readProject } from '../../src/index.ts'

type Files = Readonly<Record<string, string>>

/** As create-next-app makes it. */
const MANIFEST = {
  name: 'shop',
  version: '0.1.0',
  private: true,
  scripts: { dev: 'next dev', build: 'next build', start: 'next start', lint: 'eslint' },
  dependencies: { next: '16.4.5', react: '19.3.1', 'react-dom': '19.3.1' },
}

const inNext = (files: Files, fields: object = {}): Files => ({
  'package.json': JSON.stringify({ ...MANIFEST, ...fields }),
  ...files,
})
const pages = (...paths: readonly string[]): Files =>
  Object.fromEntries(paths.map(path => [path, 'export default function Page() {}\n']))
const ranged = (next: string): Files => inNext(pages('app/page.tsx'), { dependencies: { next } })

const APPS: readonly (readonly [what: string, files: Files, app: object])[] = [
  ['app/', inNext(pages('app/page.tsx')), { routers: ['app'], sourceFolder: '' }],
  ['pages/', inNext(pages('pages/index.js')), { routers: ['pages'], sourceFolder: '' }],
  [
    'both',
    inNext(pages('app/page.tsx', 'pages/index.tsx')),
    { routers: ['app', 'pages'], sourceFolder: '' },
  ],
  ['src/app/', inNext(pages('src/app/page.tsx')), { routers: ['app'], sourceFolder: 'src' }],
  ['src/pages/', inNext(pages('src/pages/a.js')), { routers: ['pages'], sourceFolder: 'src' }],
  [
    'src/app/ and src/pages/',
    inNext(pages('src/app/page.tsx', 'src/pages/a.tsx')),
    { routers: ['app', 'pages'], sourceFolder: 'src' },
  ],
  [
    'app/ beside a src/app/ that Next.js ignores',
    inNext(pages('app/page.tsx', 'src/app/page.tsx')),
    { routers: ['app'], sourceFolder: '' },
  ],
  [
    'a file that is called app beside src/app/',
    inNext({ app: '', ...pages('src/app/page.tsx') }),
    { routers: ['app'], sourceFolder: 'src' },
  ],
  [
    'next among devDependencies',
    inNext(pages('app/page.tsx'), { dependencies: {}, devDependencies: { next: '^15.1.0' } }),
    { major: 15 },
  ],
  ['a version', ranged('16.4.5'), { major: 16 }],
  ['a range', ranged('>=14.2 <16'), { major: 14 }],
  ['a tag', ranged('latest'), { major: undefined }],
  ['a catalog of pnpm', ranged('catalog:'), { major: undefined }],
  [
    'a version that is installed',
    { ...ranged('latest'), 'node_modules/next/package.json': '{"name":"next","version":"15.5.2"}' },
    { major: 15 },
  ],
  [
    'express beside it',
    inNext(pages('app/page.tsx'), { dependencies: { next: '16', express: '5', pg: '8' } }),
    { modules: 'cjs' },
  ],
]

test.for(APPS)('%s is a Next.js application', ([, files, app]) => {
  expect(readProject(createTempFolder(files))).toMatchObject({
    apps: [{ kind: 'next', service: 'shop', ...app }],
    remarks: [],
  })
})

const NO_APPS: readonly (readonly [what: string, files: Files])[] = [
  ['no pages', inNext({ 'next.config.ts': '' })],
  [
    'a design system, which has next as a peer',
    inNext(pages('src/pages/a.tsx'), {
      scripts: { dev: 'storybook dev' },
      dependencies: {},
      peerDependencies: { next: '>=15' },
    }),
  ],
  [
    'a design system with next for its types',
    inNext(pages('src/link.tsx'), {
      scripts: {},
      dependencies: {},
      devDependencies: { next: '16' },
    }),
  ],
  [
    'another framework with an app/',
    inNext(pages('app/root.tsx'), { dependencies: { remix: '2' } }),
  ],
]

test.for(NO_APPS)('no Next.js application: %s', ([, files]) => {
  expect(readProject(createTempFolder(files)).apps).toEqual([])
})

const FILES: readonly (readonly [
  what: string,
  files: readonly string[],
  config: string | undefined,
  instrumentation: string | undefined,
])[] = [
  ['neither', ['app/page.tsx'], undefined, undefined],
  ['next.config.js', ['app/page.tsx', 'next.config.js'], 'next.config.js', undefined],
  ['next.config.mjs', ['app/page.tsx', 'next.config.mjs'], 'next.config.mjs', undefined],
  ['next.config.ts', ['app/page.tsx', 'next.config.ts'], 'next.config.ts', undefined],
  ['next.config.mts', ['app/page.tsx', 'next.config.mts'], 'next.config.mts', undefined],
  ['next.config.cjs', ['app/page.tsx', 'next.config.cjs'], 'next.config.cjs', undefined],
  [
    'two, of which Next.js reads the first',
    ['app/page.tsx', 'next.config.ts', 'next.config.js'],
    'next.config.js',
    undefined,
  ],
  [
    'beside app/',
    ['app/page.tsx', 'instrumentation.ts', 'src/instrumentation.ts'],
    undefined,
    'instrumentation.ts',
  ],
  [
    'beside src/app/',
    ['src/app/page.tsx', 'instrumentation.ts', 'src/instrumentation.js'],
    undefined,
    'src/instrumentation.js',
  ],
  [
    'where Next.js does not look',
    ['src/app/page.tsx', 'instrumentation.ts', 'src/instrumentation.mjs'],
    undefined,
    undefined,
  ],
]

test.for(FILES)('configuration and instrumentation: %s', ([, paths, config, instrumentation]) => {
  const folder = createTempFolder(inNext(pages(...paths)))
  const [app] = readProject(folder).apps
  const place = (path: string | undefined) => path && join(folder, path)
  expect(app).toMatchObject({
    config: place(config),
    instrumentation: place(instrumentation),
  })
})

test('the version of a copy that is installed in the root counts', () => {
  const { 'package.json': manifest = '' } = ranged('catalog:')
  const folder = createTempFolder({
    'package.json': '{ "workspaces": ["apps/*"] }',
    'node_modules/next/package.json': '{ "version": "16.0.1" }',
    'apps/web/package.json': manifest,
    ...pages('apps/web/app/page.tsx'),
  })
  expect(readProject(folder).apps).toMatchObject([{ path: 'apps/web', major: 16 }])
})

const OWN_SERVER =
  "const next = require('next')\nconst app = next({ dev: false })\napp.prepare().then(() => http.createServer(app.getRequestHandler()).listen(3000))\n"
const own = (start: string, server: string): Files =>
  inNext({ ...pages('pages/index.js'), 'server.js': server }, { scripts: { start } })

test('a server of its own is remarked on with what to do', () => {
  const { apps, remarks } = readProject(createTempFolder(own('node server.js', OWN_SERVER)))
  expect(apps).toMatchObject([{ kind: 'next' }])
  expect(remarks).toEqual([
    {
      at: 'package.json',
      what: 'the script "start" starts Next.js by server.js, a server of its own',
      fix: 'write --import @throughline/next/preload behind node in it',
    },
  ])
})

test.for([
  ['that preloads ours', own('node --import @throughline/next/preload server.js', OWN_SERVER)],
  ['that is of another kind', own('node server.js', "import { api } from './next'\n")],
  ['of a standalone build', own('node .next/standalone/server.js', '')],
] as const)('a server %s is not', ([, files]) => {
  expect(readProject(createTempFolder(files)).remarks).toEqual([])
})
