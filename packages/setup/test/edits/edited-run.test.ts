import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addEntryImport } from '../../src/edits/entry-import.ts'
import { addToInstrumentation } from '../../src/edits/instrumentation-file.ts'
import { wrapNextConfig } from '../../src/edits/next-config.ts'
import { textOf } from './round-trip.ts'

/** Packages that say when they are called; what the sources import. */
const PACKAGES = {
  'node_modules/@throughline/next/package.json': `{
    "type": "module", "exports": { ".": "./index.js", "./config": "./config.js" }
  }`,
  'node_modules/@throughline/next/index.js': `
    export const register = () => console.log('ours: register')
    export const onRequestError = (...args) => console.log('ours:', ...args)
  `,
  'node_modules/@throughline/next/config.js': `
    export const withThroughline = config => async phase =>
      ({ ...(typeof config === 'function' ? await config(phase) : config), ours: true })
  `,
  'node_modules/@throughline/node/package.json': `{
    "type": "module", "exports": { "./register": "./register.js" }
  }`,
  'node_modules/@throughline/node/register.js': `console.log('ours: start')`,
  'node_modules/@vercel/otel/package.json': `{ "exports": "./index.js" }`,
  'node_modules/@vercel/otel/index.js': `exports.registerOTel = () => console.log('theirs: registerOTel')`,
  'node_modules/wrap/package.json': `{ "exports": "./index.js" }`,
  'node_modules/wrap/index.js': `exports.wrap = config => ({ ...config, wrapped: true })`,
  'own.mjs': `
    export const register = async () => { console.log('theirs: register'); return 'registered' }
    export const onRequestError = async (...args) => { console.log('theirs:', ...args); return 'reported' }
  `,
  'own.cjs': `
    exports.register = async () => { console.log('theirs: register'); return 'registered' }
    exports.onRequestError = async (...args) => { console.log('theirs:', ...args); return 'reported' }
  `,
}

let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'edited-run-'))
  for (const [path, text] of Object.entries(PACKAGES)) await write(path, text)
})

afterAll(() => rm(folder, { recursive: true }))

async function write(path: string, text: string): Promise<void> {
  await mkdir(join(folder, dirname(path)), { recursive: true })
  await writeFile(join(folder, path), text)
}

/** Lines that Node prints when it runs a program in the folder. */
async function run(...args: string[]): Promise<string[]> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--no-warnings', ...args], {
    cwd: folder,
  })
  return stdout.trim().split('\n')
}

const REPORTED = ['ours: error request context', 'theirs: error request context', '"reported"']
const REGISTERED = ['ours: register', 'theirs: register', '"registered"']

describe('an edited source, run by Node', () => {
  test.for([
    {
      name: 'own functions',
      path: 'a.mjs',
      text: `import * as own from './own.mjs'\nexport async function register() {\n  return own.register()\n}\nexport async function onRequestError(error, request, context) {\n  return own.onRequestError(error, request, context)\n}\n`,
    },
    {
      name: 'values of another module',
      path: 'b.mjs',
      text: `import * as own from './own.mjs'\nexport const register = own.register\nexport const onRequestError = own.onRequestError\n`,
    },
    {
      name: 'exports of another module',
      path: 'c.mjs',
      text: `export { register, onRequestError } from './own.mjs'\n`,
    },
    {
      name: 'imports that are exported',
      path: 'd.mjs',
      text: `import { register, onRequestError as report } from './own.mjs'\nexport { register, report as onRequestError }\n`,
    },
    {
      name: 'arrow functions',
      path: 'e.mjs',
      text: `import * as own from './own.mjs'\nexport const register = async () => await own.register()\nexport const onRequestError = async (...args) => own.onRequestError(...args)\n`,
    },
    {
      name: 'types, by Node itself',
      path: 'f.ts',
      text: `import * as own from './own.mjs'\nexport const register = () => own.register()\nexport const onRequestError = (error: Error, { path }: { path?: string }, context: object) =>\n  own.onRequestError(error, 'request', context)\n`,
    },
    {
      name: 'CommonJS',
      path: 'g.cjs',
      text: `const own = require('./own.cjs')\nmodule.exports = { register: () => own.register(), onRequestError: own.onRequestError }\n`,
    },
    {
      name: 'CommonJS of another module',
      path: 'h.cjs',
      text: `module.exports = require('./own.cjs')\n`,
    },
    {
      name: 'a start that is set aside',
      path: 'i.mjs',
      text: `import { registerOTel } from '@vercel/otel'\nimport * as own from './own.mjs'\nexport async function register() {\n  registerOTel({\n    serviceName: 'a',\n  })\n  return own.register()\n}\nexport const onRequestError = own.onRequestError\n`,
    },
  ])('calls ours, then theirs, and gives what theirs gives: $name', async ({ path, text }) => {
    await write(path, textOf(addToInstrumentation(text, { path })))
    const lines = await run(
      '--input-type=module',
      '-e',
      `const { register, onRequestError } = await import('./${path}').then(all => ({ ...all.default, ...all }))
      console.log(JSON.stringify(await register()))
      console.log(JSON.stringify(await onRequestError('error', 'request', 'context')))`,
    )
    expect(lines).toEqual([...REGISTERED, ...REPORTED])
  })

  test('calls ours alone where the application has none', async () => {
    await write('j.mjs', textOf(addToInstrumentation(undefined, { path: 'j.mjs' })))
    expect(await run('--input-type=module', '-e', `(await import('./j.mjs')).register()`)).toEqual([
      'ours: register',
    ])
  })

  test.for([
    { path: 'a.config.mjs', text: `const config = { a: 1 }\nexport default config\n` },
    { path: 'b.config.mjs', text: `export default async () => ({ a: 1 })\n` },
    { path: 'c.config.mjs', text: `export default (async () => ({ a: 1 }))()\n` },
    { path: 'd.config.mjs', text: `export default function config() {\n  return { a: 1 }\n}\n` },
    { path: 'e.config.cjs', text: `'use strict'\nmodule.exports = { a: 1 }\n` },
    {
      path: 'f.config.cjs',
      text: `const base = require('wrap')\n;(() => 0)()\nmodule.exports = { a: 1 }\nconst late = require('wrap')\n`,
    },
    { path: 'g.config.ts', text: `export default { a: 1 } satisfies { a: number }\n` },
  ])('is a configuration with ours in it: $path', async ({ path, text }) => {
    await write(path, textOf(wrapNextConfig(text, { path, modules: 'cjs' })))
    const lines = await run(
      '--input-type=module',
      '-e',
      `const { default: config } = await import('./${path}')
      console.log(JSON.stringify(await config('build')))`,
    )
    expect(lines).toEqual(['{"a":1,"ours":true}'])
  })

  test('keeps the wrappers that a configuration has', async () => {
    const text = `const { wrap } = require('wrap')\nmodule.exports = wrap({ a: 1 })\n`
    const file = { path: 'h.config.cjs', modules: 'cjs' } as const
    await write(file.path, textOf(wrapNextConfig(text, file)))
    expect(
      await run('-e', `require('./h.config.cjs')().then(all => console.log(JSON.stringify(all)))`),
    ).toEqual(['{"a":1,"wrapped":true,"ours":true}'])
  })

  test.for([
    { path: 'entry.mjs', text: `import './first.mjs'\nconsole.log('theirs: start')\n` },
    { path: 'entry.cjs', text: `'use strict'\n;(() => console.log('theirs: start'))()\n` },
    {
      path: 'entry',
      text: `#!/usr/bin/env node\n\nvar fs = require('fs')\nconsole.log('theirs: start')\n`,
    },
  ])('starts ours first: $path', async ({ path, text }) => {
    await write('first.mjs', '')
    await write(path, textOf(addEntryImport(text, { path, modules: 'cjs' })))
    expect(await run(path)).toEqual(['ours: start', 'theirs: start'])
  })
})
