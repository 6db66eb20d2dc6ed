import { parseSync } from 'oxc-parser'
import { describe, expect, test } from 'vitest'
import { addEntryImport, removeEntryImport } from '../../src/edits/entry-import.ts'
import { expectRoundTrip, textOf } from './round-trip.ts'
import { inEveryStyle } from './styles.ts'

const IMPORT = "import '@throughline/node/register'"
const REQUIRE = "require('@throughline/node/register')"

const FORMS = [
  {
    name: 'app.js of fastify-cli',
    path: 'app.js',
    modules: 'cjs',
    line: REQUIRE,
    text: `'use strict';\n\nconst path = require('node:path');\nconst AutoLoad = require('@fastify/autoload');\n\n// Pass --options via CLI arguments in command to enable these options.\nconst options = {};\n\nmodule.exports = async function (fastify, opts) {\n  // Place here your custom code!\n\n  fastify.register(AutoLoad, {\n    dir: path.join(__dirname, 'plugins'),\n    options: Object.assign({}, opts),\n  });\n};\n\nmodule.exports.options = options;\n`,
  },
  {
    name: 'app.ts of fastify-cli',
    path: 'src/app.ts',
    modules: 'cjs',
    line: IMPORT,
    text: `import { join } from 'node:path';\nimport AutoLoad, { AutoloadPluginOptions } from '@fastify/autoload';\nimport { FastifyPluginAsync, FastifyServerOptions } from 'fastify';\n\nexport interface AppOptions extends FastifyServerOptions, Partial<AutoloadPluginOptions> {}\n// Pass --options via CLI arguments in command to enable these options.\nconst options: AppOptions = {};\n\nconst app: FastifyPluginAsync<AppOptions> = async (fastify, opts): Promise<void> => {\n  void fastify.register(AutoLoad, { dir: join(__dirname, 'plugins'), options: opts });\n};\n\nexport default app;\nexport { app, options };\n`,
  },
  {
    name: 'src/main.ts of Nest',
    path: 'src/main.ts',
    modules: 'cjs',
    line: IMPORT,
    text: `import { NestFactory } from '@nestjs/core';\nimport { AppModule } from './app.module';\n\nasync function bootstrap() {\n  const app = await NestFactory.create(AppModule);\n  await app.listen(process.env.PORT ?? 3000);\n}\nbootstrap();\n`,
  },
  {
    name: 'src/index.ts of Hono',
    path: 'src/index.ts',
    modules: 'esm',
    line: IMPORT,
    text: `import { serve } from '@hono/node-server';\nimport { Hono } from 'hono';\n\nconst app = new Hono();\n\napp.get('/', (c) => {\n  return c.text('Hello Hono!');\n});\n\nserve({ fetch: app.fetch, port: 3000 }, (info) => {\n  console.log(\`Server is running on http://localhost:\${info.port}\`);\n});\n`,
  },
  {
    name: 'bin/www of express-generator',
    path: 'bin/www',
    modules: 'cjs',
    line: REQUIRE,
    text: `#!/usr/bin/env node\n\n/**\n * Module dependencies.\n */\n\nvar app = require('../app');\nvar debug = require('debug')('app:server');\nvar http = require('http');\n\n/**\n * Get port from environment and store in Express.\n */\n\nvar port = normalizePort(process.env.PORT || '3000');\napp.set('port', port);\n`,
  },
  {
    name: 'an import with a comment of its own',
    path: 'server.mjs',
    modules: 'cjs',
    line: IMPORT,
    text: `/* eslint-disable no-console */\n// Load the environment first\nimport 'dotenv/config';\nimport fastify from 'fastify';\n`,
  },
  {
    name: 'code without an import',
    path: 'server.js',
    modules: 'esm',
    line: IMPORT,
    text: `const { createServer } = process.getBuiltinModule('node:http');\n\ncreateServer().listen(3000);\n`,
  },
  {
    name: 'a directive right above code that begins with a bracket',
    path: 'server.cjs',
    modules: 'esm',
    line: REQUIRE,
    text: `'use strict';\n(async () => {\n  await start();\n})();\n`,
  },
  {
    name: 'imports that a bundler reads as CommonJS',
    path: 'server.js',
    modules: 'cjs',
    line: IMPORT,
    text: `import express from 'express';\n\nexpress().listen(3000);\n`,
  },
  {
    name: 'a require of TypeScript',
    path: 'server.cts',
    modules: 'cjs',
    line: IMPORT,
    text: `import express = require('express');\n\nexpress().listen(3000);\n`,
  },
  {
    name: 'a comment beside the first import',
    path: 'server.ts',
    modules: 'esm',
    line: IMPORT,
    text: `/* eslint-disable */ import a from 'a';\na();\n`,
  },
] as const

/** The first statement that is no directive. */
function firstStatement(text: string, path: string): string {
  const code = text.replace(/^\uFEFF/, '')
  const { program } = parseSync(path, code, { lang: path.endsWith('ts') ? 'ts' : 'jsx' })
  const first = program.body.find(node => !('directive' in node) || node.directive === null)
  return code.slice(first?.start, first?.end)
}

describe('an entry', () => {
  test.for(inEveryStyle(FORMS))(
    'imports the tracer first and gives it back: $name, $style',
    ({ path, modules, line, text }) => {
      const file = { path, modules }
      const added = expectRoundTrip(text, {
        path: path.replace(/cts$/, 'ts'),
        add: given => addEntryImport(given, file),
        remove: given => removeEntryImport(given, file),
      })
      expect(added.replaceAll('"', "'")).toContain(line)
      expect(firstStatement(added, path)).toContain('@throughline/node/register')
    },
  )

  test.for([
    '',
    '// a\n',
    "'use strict'\n",
    '\n\na()\n',
    '[1].x()\n',
    '/* a */ /* b */ a()',
    '// a\n\n// b\na()',
    "// @ts-check\nimport a from 'a'\n",
    "// a\r\n\r\nimport a from 'a'\n",
    "import a from 'a'; import b from 'b'",
    "'use strict'; const a = require('a')",
    'if (a) return\n',
  ])('takes the import and gives it back where the text is odd: %j', text => {
    const file = { path: 'server.js', modules: 'cjs' } as const
    const added = textOf(addEntryImport(text, file))
    expect(added).toContain('@throughline/node/register')
    expect(addEntryImport(added, file)).toEqual({ ok: true, text: added })
    expect(removeEntryImport(added, file)).toEqual({ kind: 'edited', text })
  })

  test('that imports the tracer elsewhere stays', () => {
    const text = `import './env.ts'\nimport '@throughline/node/register'\n`
    const file = { path: 'server.ts', modules: 'esm' } as const
    expect(addEntryImport(text, file)).toEqual({ ok: true, text })
    expect(removeEntryImport(text, file)).toEqual({ kind: 'edited', text: `import './env.ts'\n` })
  })

  test('that cannot be read is refused', () => {
    expect(addEntryImport('const = 1', { path: 'a.js', modules: 'cjs' })).toMatchObject({
      ok: false,
      why: expect.stringMatching(/^line 1: /),
    })
  })
})
