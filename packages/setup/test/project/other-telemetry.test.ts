import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createTempFolder } from '../../../cli/test/temp-folder.ts'
import { readProject } from '../../src/index.ts'

type Files = Readonly<Record<string, string>>

const having = (dependency: string, files: Files, start = 'node server.js'): Files => ({
  'package.json': JSON.stringify({
    scripts: { start },
    dependencies: { koa: '3', [dependency]: '1' },
  }),
  ...files,
})
const at = (dependency: string, text: string, path = 'trace.js'): Files =>
  having(dependency, { [path]: text })

const AUTO = '@opentelemetry/auto-instrumentations-node'
const SDK = "import { NodeSDK } from '@opentelemetry/sdk-node'\n\nnew NodeSDK({}).start()\n"
const SENTRY = "import * as Sentry from '@sentry/nextjs'\n\nSentry.init({ dsn: '' })\n"
const SHARED = SENTRY.replace("dsn: ''", 'enableOpenTelemetrySetup: false')

const STARTED: readonly (readonly [what: string, files: Files, name: string, at?: string])[] = [
  ['Sentry', at('@sentry/nextjs', SENTRY), 'sentry'],
  ['Sentry for Node', at('@sentry/node', SENTRY.replace('nextjs', 'node')), 'sentry'],
  ['Sentry for Nest', at('@sentry/nestjs', SENTRY.replace('nextjs', 'nestjs')), 'sentry'],
  [
    'Sentry by a name of its own',
    at('@sentry/node', "import { init } from '@sentry/node'\ninit({})\n"),
    'sentry',
  ],
  [
    'Sentry by require',
    at('@sentry/node', "const Sentry = require('@sentry/node')\nSentry.init({})\n"),
    'sentry',
  ],
  [
    'Sentry on the server',
    having('@sentry/nextjs', {
      'sentry.server.config.ts': SENTRY,
      'sentry.client.config.ts': SENTRY,
    }),
    'sentry',
    'sentry.server.config.ts',
  ],
  [
    'Sentry whose option is in a comment',
    at('@sentry/nextjs', SENTRY.replace("dsn: ''", '// enableOpenTelemetrySetup: false\n')),
    'sentry',
  ],
  [
    '@vercel/otel',
    at('@vercel/otel', "import { registerOTel } from '@vercel/otel'\nregisterOTel('a')\n"),
    'vercel-otel',
  ],
  ['NodeSDK', at('@opentelemetry/sdk-node', SDK), 'opentelemetry-sdk'],
  [
    'NodeTracerProvider',
    at('@opentelemetry/sdk-trace-node', 'new NodeTracerProvider({}).register()\n'),
    'opentelemetry-sdk',
  ],
  ['auto-instrumentations', at(AUTO, `import '${AUTO}/register'\n`), 'opentelemetry-sdk'],
  [
    'auto-instrumentations by a script',
    having(AUTO, {}, `node --require ${AUTO}/register server.js`),
    'opentelemetry-sdk',
    'package.json',
  ],
  [
    'auto-instrumentations by NODE_OPTIONS',
    having(AUTO, {}, `NODE_OPTIONS='--import ${AUTO}/register' node server.js`),
    'opentelemetry-sdk',
    'package.json',
  ],
  ['dd-trace', at('dd-trace', "import tracer from 'dd-trace'\ntracer.init()\n"), 'dd-trace'],
  ['dd-trace by require', at('dd-trace', "require('dd-trace').init()\n"), 'dd-trace'],
  ['dd-trace/init', at('dd-trace', "import 'dd-trace/init'\n"), 'dd-trace'],
  [
    'dd-trace by a script',
    having('dd-trace', {}, 'node --import dd-trace/initialize.mjs server.js'),
    'dd-trace',
    'package.json',
  ],
  ['newrelic', at('newrelic', "require('newrelic')\n"), 'newrelic'],
  ['newrelic by import', at('newrelic', "import 'newrelic'\n"), 'newrelic'],
  ['newrelic with its name', at('newrelic', "import agent from 'newrelic'\n"), 'newrelic'],
  [
    'newrelic by a script',
    having('newrelic', {}, 'node -r newrelic server.js'),
    'newrelic',
    'package.json',
  ],
  [
    'newrelic by its loader',
    having('newrelic', {}, 'node --experimental-loader newrelic/esm-loader.mjs server.js'),
    'newrelic',
    'package.json',
  ],
  ['Elastic APM', at('elastic-apm-node', "require('elastic-apm-node').start({})\n"), 'elastic-apm'],
  ['its start', at('elastic-apm-node', "import 'elastic-apm-node/start.js'\n"), 'elastic-apm'],
  [
    'Elastic APM by a script',
    having('elastic-apm-node', {}, 'node -r elastic-apm-node/start server.js'),
    'elastic-apm',
    'package.json',
  ],
  [
    'what stands after an address and a pattern',
    at('@opentelemetry/sdk-node', `const a = ['https://a', '/*', /'/]\n${SDK}/* */\n`),
    'opentelemetry-sdk',
  ],
  ['a source with a mistake', at('@opentelemetry/sdk-node', `${SDK}}`), 'opentelemetry-sdk'],
  ['with CRLF', at('newrelic', "'use strict'\r\nrequire('newrelic')\r\n"), 'newrelic'],
]

test.for(STARTED)('%s conflicts', ([, files, name, place = 'trace.js']) => {
  const [app] = readProject(createTempFolder(files)).apps
  expect(app?.others).toEqual([
    { name, at: place, conflicts: true, fix: expect.stringMatching(/^\w/) as unknown },
  ])
})

const QUIET: readonly (readonly [what: string, files: Files])[] = [
  ['nothing of the kind', having('pino', { 'trace.js': SDK })],
  ...[
    '@sentry/nextjs',
    '@vercel/otel',
    '@opentelemetry/sdk-node',
    'dd-trace',
    'newrelic',
    'elastic-apm-node',
  ].map(name => [`${name}, only installed`, having(name, { 'a.js': '' })] as const),
  ['a line in comments', at('@sentry/nextjs', SENTRY.replace('Sentry.init', '// Sentry.init'))],
  ['a comment behind code', at('newrelic', "start() // require('newrelic')\n")],
  ['a block in comments', at('@opentelemetry/sdk-node', `/*\n${SDK}*/\n`)],
  ['Sentry of browsers', at('@sentry/nextjs', SENTRY, 'instrumentation-client.ts')],
  ['Sentry of browsers, as it was', at('@sentry/nextjs', SENTRY, 'sentry.client.config.ts')],
  ['Sentry at the edge', at('@sentry/nextjs', SENTRY, 'sentry.edge.config.ts')],
  ['Sentry in a file for browsers', at('@sentry/nextjs', SENTRY, 'src/sentry.client.js')],
  ['Sentry that is used', at('@sentry/node', SENTRY.replace('init', 'captureException'))],
  ['types', at('newrelic', "import type { Agent } from 'newrelic'\n")],
  ['the interface of dd-trace', at('dd-trace', "import tracer from 'dd-trace'\ntracer.scope()\n")],
  ['tests', at('@opentelemetry/sdk-node', SDK, 'test/trace.js')],
  ['a test beside its source', at('@opentelemetry/sdk-node', SDK, 'src/trace.test.ts')],
  ['what is built', at('@opentelemetry/sdk-node', SDK, 'dist/trace.js')],
  ['what is installed', at('@opentelemetry/sdk-node', SDK, 'node_modules/a/trace.js')],
]

test.for(QUIET)('no conflict: %s', ([, files]) => {
  const [app] = readProject(createTempFolder(files)).apps
  expect(app?.others).toEqual([])
})

test('Sentry that leaves OpenTelemetry alone is there, and does not conflict', () => {
  const [app] = readProject(createTempFolder(at('@sentry/nextjs', SHARED))).apps
  expect(app?.others).toEqual([
    { name: 'sentry', at: 'trace.js', conflicts: false, fix: undefined },
  ])
})

test('each place is found, as a path from the root', () => {
  const { 'package.json': manifest = '' } = having('@opentelemetry/sdk-node', {})
  const folder = createTempFolder({
    'package.json': '{ "workspaces": ["apps/*"] }',
    'apps/api/package.json': manifest,
    'apps/api/a.ts': SDK,
    'apps/api/src/b.js': SDK,
  })
  const [app] = readProject(folder).apps
  expect(app?.others.map(other => other.at)).toEqual(['apps/api/a.ts', 'apps/api/src/b.js'])
})

test('what cannot be read is left out', () => {
  const folder = createTempFolder(at('@opentelemetry/sdk-node', SDK))
  symlinkSync('self.js', join(folder, 'self.js'))
  symlinkSync('nowhere.js', join(folder, 'gone.js'))
  symlinkSync('.', join(folder, 'loop'))
  mkdirSync(join(folder, 'folder.js'))
  const [app] = readProject(folder).apps
  expect(app?.others.map(other => other.at)).toEqual(['trace.js'])
})
