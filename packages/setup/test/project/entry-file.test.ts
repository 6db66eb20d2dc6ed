import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createTempFolder } from '../../../cli/test/temp-folder.ts'
import { addEntryImport, removeEntryImport } from '../../src/edits/entry-import.ts'
import { readProject } from '../../src/index.ts'

type Files = Readonly<Record<string, string>>

const manifest = (scripts: Files, fields: object = {}): Files => ({
  'package.json': JSON.stringify({ scripts, dependencies: { express: '5' }, ...fields }),
})
const started = (start: string, fields: object = {}): Files => manifest({ start }, fields)
const sources = (...paths: readonly string[]): Files =>
  Object.fromEntries(paths.map(path => [path, '']))
const compiler = (options: object): Files => ({
  'tsconfig.json': `{\n  // As it was made.\n  "compilerOptions": ${JSON.stringify(options)},\n}\n`,
})

const CASES: readonly (readonly [what: string, files: Files, entry: string | undefined])[] = [
  ['a file', { ...started('node a/b.js'), ...sources('a/b.js', 'index.js') }, 'a/b.js'],
  ['a file by ./', { ...started('node ./b.mjs'), ...sources('b.mjs', 'app.js') }, 'b.mjs'],
  ['a file without its ending', { ...started('node b'), ...sources('b.js', 'app.js') }, 'b.js'],
  ['a folder', { ...started('node src'), ...sources('src/index.js', 'app.js') }, 'src/index.js'],
  ['TypeScript', { ...started('node src/b.ts'), ...sources('src/b.ts') }, 'src/b.ts'],
  [
    'express-generator',
    { ...started('node ./bin/www'), ...sources('bin/www', 'app.js') },
    'bin/www',
  ],
  [
    'the main of package.json by node .',
    {
      ...started('NODE_ENV=production node .', { main: 'lib/b.js' }),
      ...sources('lib/b.js', 'index.js'),
    },
    'lib/b.js',
  ],
  [
    'index.js by node .',
    { ...started('node ./'), ...sources('index.js', 'server.js') },
    'index.js',
  ],
  [
    'the main of package.json by nodemon',
    { ...started('nodemon', { main: './b.js' }), ...sources('b.js', 'index.js') },
    'b.js',
  ],
  [
    'what is preloaded is not it',
    {
      ...started('node -r ./trace.js --import ./env.js b.js'),
      ...sources('trace.js', 'env.js', 'b.js'),
    },
    'b.js',
  ],
  [
    'what nodemon watches is not it',
    {
      ...started('nodemon --watch src --ext ts --exec ts-node src/b.ts'),
      ...sources('src/index.ts', 'src/b.ts'),
    },
    'src/b.ts',
  ],
  [
    'a command in quotes',
    { ...started('nodemon --exec "tsx src/b.ts"'), ...sources('src/b.ts', 'src/index.ts') },
    'src/b.ts',
  ],
  [
    'a script that builds first',
    { ...started('npm run build && node dist/b.js'), ...sources('build.js', 'src/b.ts') },
    'src/b.ts',
  ],
  [
    'tsx watch beside a file of that name',
    { ...started('tsx watch src/b.ts'), ...sources('watch.ts', 'src/b.ts') },
    'src/b.ts',
  ],
  [
    'the configuration of PM2 is not it',
    {
      ...started('pm2-runtime start ecosystem.config.js'),
      ...sources('ecosystem.config.js', 'server.js'),
    },
    'server.js',
  ],
  ['compiled from src', { ...started('node dist/b.js'), ...sources('src/b.ts') }, 'src/b.ts'],
  [
    'compiled, and built already',
    { ...started('node dist/b.js'), ...sources('src/b.ts', 'dist/b.js') },
    'src/b.ts',
  ],
  [
    'compiled to another folder',
    {
      ...started('node ./var/js/b.js'),
      ...compiler({ outDir: './var/js' }),
      ...sources('src/b.ts'),
    },
    'src/b.ts',
  ],
  [
    'compiled from another folder',
    {
      ...started('node dist/b.js'),
      ...compiler({ outDir: 'dist', rootDir: 'code' }),
      ...sources('code/b.ts', 'src/b.ts'),
    },
    'code/b.ts',
  ],
  [
    'compiled with src inside of the output',
    {
      ...started('node ./dist/src/b.js'),
      ...compiler({ outDir: 'dist' }),
      ...sources('src/b.ts'),
    },
    'src/b.ts',
  ],
  [
    'compiled as tsconfig.build.json extends the usual one',
    {
      ...started('node out-tsc/b.js'),
      ...compiler({ outDir: 'out-tsc' }),
      'tsconfig.build.json': '{ "extends": "./tsconfig.json", "exclude": ["test"] }',
      ...sources('src/b.ts'),
    },
    'src/b.ts',
  ],
  [
    'compiled to the folder of tsconfig.build.json',
    {
      ...started('node made/b.js'),
      ...compiler({ outDir: 'other' }),
      'tsconfig.build.json': '{ "compilerOptions": { "outDir": "made" } }',
      ...sources('src/b.ts'),
    },
    'src/b.ts',
  ],
  [
    'compiled to .mjs',
    { ...started('node dist/b.mjs'), ...compiler({}), ...sources('src/b.mts') },
    'src/b.mts',
  ],
  [
    'compiled to lib, with TypeScript',
    { ...started('node lib/b.js'), ...compiler({}), ...sources('lib/b.js', 'src/b.ts') },
    'src/b.ts',
  ],
  [
    'lib as it is written, without TypeScript',
    { ...started('node lib/b.js'), ...sources('lib/b.js', 'src/b.js') },
    'lib/b.js',
  ],
  [
    'built by Babel',
    { ...started('node build/b.js'), ...sources('build/b.js', 'src/b.js') },
    'src/b.js',
  ],
  [
    'what is built of something else is not edited',
    { ...started('node dist/bundle.js'), ...sources('dist/bundle.js') },
    undefined,
  ],
  [
    'what is built of something else, with a usual source',
    { ...started('node dist/bundle.js'), ...sources('dist/bundle.js', 'src/server.ts') },
    'src/server.ts',
  ],
  [
    'nest new',
    {
      ...manifest({
        start: 'nest start',
        'start:dev': 'nest start --watch',
        'start:prod': 'node dist/main',
      }),
      ...compiler({ outDir: './dist' }),
      ...sources('src/main.ts', 'src/app.module.ts'),
    },
    'src/main.ts',
  ],
  [
    'fastify generate',
    {
      ...manifest(
        { start: 'fastify start -l info app.js', dev: 'fastify start -w -l info -P app.js' },
        { main: 'app.js' },
      ),
      ...sources('app.js', 'plugins/support.js'),
    },
    'app.js',
  ],
  [
    'fastify generate --lang=ts',
    {
      ...manifest(
        {
          start: 'npm run build:ts && fastify start -l info dist/app.js',
          'watch:ts': 'tsc -w',
          dev: 'npm run build:ts && concurrently -k -p "[{name}]" -n "TypeScript,App" -c "yellow.bold,cyan.bold" "npm:watch:ts" "npm:dev:start"',
          'dev:start': 'fastify start --ignore-watch=.ts$ -w -l info -P dist/app.js',
        },
        { main: 'app.ts' },
      ),
      ...compiler({ outDir: 'dist', rootDir: 'src', sourceMap: true }),
      ...sources('src/app.ts', 'src/plugins/support.ts'),
    },
    'src/app.ts',
  ],
  ['nothing that is there', started('node gone.js'), undefined],
  [
    'a folder that is called like a source',
    { ...started('node b.js'), 'b.js/a.txt': '' },
    undefined,
  ],
]

test.for(CASES)('entry: %s', ([, files, entry]) => {
  const folder = createTempFolder(files)
  expect(readProject(folder).apps).toMatchObject([
    { kind: 'node', entry: entry === undefined ? undefined : join(folder, entry) },
  ])
})

test('the entry of express-generator can be edited, and back', () => {
  const www = "#!/usr/bin/env node\n\nvar app = require('../app');\nvar http = require('http');\n"
  const file = { path: '/app/bin/www', modules: 'cjs' } as const
  const edited = addEntryImport(www, file)
  expect(edited).toEqual({
    ok: true,
    text: www.replace('var app', "require('@throughline/node/register');\nvar app"),
  })
  expect(
    removeEntryImport(
      www.replace('var app', "require('@throughline/node/register');\nvar app"),
      file,
    ),
  ).toEqual({
    kind: 'edited',
    text: www,
  })
})
