import { describe, expect, test } from 'vitest'
import {
  addToInstrumentation,
  removeFromInstrumentation,
} from '../../src/edits/instrumentation-file.ts'
import { expectRoundTrip, expectSource, textOf } from './round-trip.ts'
import { inEveryStyle } from './styles.ts'

const SENTRY = `import * as Sentry from '@sentry/nextjs';

export async function register() {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    await import('./sentry.server.config');
  }

  if (process.env.NEXT_RUNTIME === 'edge') {
    await import('./sentry.edge.config');
  }
}

export const onRequestError = Sentry.captureRequestError;
`

const FORMS = [
  { name: 'the file of the wizard of Sentry', path: 'instrumentation.ts', text: SENTRY },
  { name: 'the same in JavaScript', path: 'instrumentation.js', text: SENTRY },
  {
    name: 'an empty register',
    path: 'instrumentation.ts',
    text: `export function register() {}\n`,
  },
  {
    name: 'a body on one line',
    path: 'instrumentation.ts',
    text: `export async function register(): Promise<void> { await import('./start'); }\n`,
  },
  {
    name: 'a body of a comment',
    path: 'instrumentation.ts',
    text: `export function register() {\n  // nothing yet\n}\n`,
  },
  {
    name: 'an arrow function with a body',
    path: 'instrumentation.js',
    text: `export const register = async () => {\n  await import('./start');\n};\n`,
  },
  {
    name: 'an arrow function of an expression',
    path: 'instrumentation.js',
    text: `import { start } from './start';\nexport const register = () => start();\n`,
  },
  {
    name: 'an arrow function of an object',
    path: 'instrumentation.ts',
    text: `export const register = async () => ({ a: 1 });\n`,
  },
  {
    name: 'a register that is made elsewhere',
    path: 'instrumentation.ts',
    text: `import { createRegister } from './start';\n\nexport const register = createRegister();\n`,
  },
  {
    name: 'both from another module',
    path: 'instrumentation.ts',
    text: `export { register, onRequestError } from './observability';\n`,
  },
  {
    name: 'both from another module by other names',
    path: 'instrumentation.js',
    text: `export {\n  start as register,\n  report as onRequestError,\n  other,\n} from './observability';\n`,
  },
  {
    name: 'an import that is exported by another name',
    path: 'instrumentation.ts',
    text: `import { start } from './start';\n\nexport { start as register };\n`,
  },
  {
    name: 'a function that is exported in a list',
    path: 'instrumentation.ts',
    text: `function register() {\n  go();\n}\n\nexport { register };\n`,
  },
  {
    name: 'only another export',
    path: 'instrumentation.ts',
    text: `export const runtime = 'nodejs';\n`,
  },
  {
    name: 'only comments',
    path: 'instrumentation.ts',
    text: `// Nothing is here yet.\n`,
  },
  {
    name: 'only onRequestError',
    path: 'instrumentation.js',
    text: `export async function onRequestError(err, request, context) {\n  await report(err);\n}\n`,
  },
  {
    name: 'onRequestError with types of Next.js',
    path: 'instrumentation.ts',
    text: `import { type Instrumentation } from 'next';\n\nexport const onRequestError: Instrumentation.onRequestError = async (\n  err,\n  request,\n  context,\n) => {\n  await report(err, request.path);\n};\n`,
  },
  {
    name: 'onRequestError with types of its own',
    path: 'instrumentation.ts',
    text: `export async function onRequestError(err: Error, request: { path: string }, context: object) {\n  await report(err);\n}\n`,
  },
  {
    name: 'onRequestError of one argument',
    path: 'instrumentation.ts',
    text: `export function onRequestError(err: Error): void {\n  report(err);\n}\n`,
  },
  {
    name: 'onRequestError that takes its arguments apart',
    path: 'instrumentation.js',
    text: `export const onRequestError = (err, { path }, { routeType }) => report(err, path, routeType);\n`,
  },
  {
    name: 'an import with a comment, and code beside an import',
    path: 'instrumentation.js',
    text: `import a from 'a'; // why\nimport b from 'b'; b();\n\nexport function register() {\n  a();\n}\n`,
  },
  {
    name: 'module.exports',
    path: 'instrumentation.js',
    text: `'use strict';\n\nconst start = require('./start');\n\nmodule.exports = {\n  register() {\n    start();\n  },\n};\n`,
  },
  {
    name: 'module.exports of functions by name',
    path: 'instrumentation.js',
    text: `async function register() {\n  await go();\n}\n\nmodule.exports = { register, onRequestError: report };\n`,
  },
  {
    name: 'exports by name',
    path: 'instrumentation.js',
    text: `exports.register = async function () {\n  await go();\n};\n`,
  },
  {
    name: 'module.exports of another module',
    path: 'instrumentation.js',
    text: `module.exports = require('./observability');\n`,
  },
  {
    name: '@vercel/otel',
    path: 'instrumentation.ts',
    text: `import { registerOTel } from '@vercel/otel';\n\nexport function register() {\n  registerOTel('my-app');\n}\n`,
  },
  {
    name: '@vercel/otel with options, a blank line and a comment',
    path: 'instrumentation.ts',
    text: `import { registerOTel } from '@vercel/otel';\n\nexport function register() {\n  // Traces.\n  registerOTel({\n    serviceName: 'my-app', // as in the catalog\n\n    attributes: { a: 1 },\n  }); // at once\n  // Not ours.\n  after();\n}\n`,
  },
  {
    name: '@vercel/otel that is imported late',
    path: 'instrumentation.js',
    text: `export async function register() {\n  if (process.env.NEXT_RUNTIME === 'nodejs') {\n    const { registerOTel } = await import('@vercel/otel');\n    registerOTel({ serviceName: 'my-app' });\n  }\n}\n`,
  },
  {
    name: 'a NodeSDK that is started',
    path: 'instrumentation.ts',
    text: `import { NodeSDK } from '@opentelemetry/sdk-node';\n\nexport function register() {\n  const sdk = new NodeSDK({\n    traceExporter: undefined,\n  });\n\n  sdk.start();\n}\n`,
  },
  {
    name: 'a NodeSDK that is made and started',
    path: 'instrumentation.ts',
    text: `import * as otel from '@opentelemetry/sdk-node';\n\nexport function register() {\n  new otel.NodeSDK({\n    serviceName: \`a\n b\`,\n  }).start();\n}\n`,
  },
]

describe('an instrumentation file', () => {
  test.for(inEveryStyle(FORMS))(
    'takes ours in and gives it back: $name, $style',
    ({ path, text }) => {
      const added = expectRoundTrip(text, {
        path,
        add: given => addToInstrumentation(given, { path }),
        remove: given => removeFromInstrumentation(given, { path }),
      })
      expect(added).toContain('@throughline/next')
    },
  )

  test.for([
    'export const register = () => (a(), b())',
    'export const register = function () { foo() }\n',
    'export function register() { }',
    "export function register() {\n  'use strict'\n  foo()\n}\n",
    "import a from 'a' /* x\n y */\nexport const b = 1\n",
    '\n\nexport function register() {}\n',
    "import a from 'a'\r\nimport b from 'b'\nexport function register() {\n  a()\r\n}\n",
    'export let onRequestError\n',
    "export { default as register } from './x'\n",
    'export {\n  register,\n  onRequestError\n}\nfunction register() {}\nfunction onRequestError() {}\n',
    'export const register = async () => {\n  ;[1].map(go)\n}\n',
    'export const register = async () => {\n  (await x).y()\n}\n',
    "const a = require('a')\n;(() => 1)()\nexports.register = () => a\n",
    'export function register() {\n  /* a\n b */ foo()\n}\n',
    'module.exports = { ...base }\n',
    'export const onRequestError = async (e, r, c) => ({ e })\n',
    'export async function onRequestError(err, request = {}, ...rest) {}\n',
    'export const register = start\nexport const onRequestError = start',
    'export function register() {\n\n\n  foo()\n}\n\n\n',
    "import { registerOTel } from '@vercel/otel'\nexport function register() {\n  registerOTel('a')\n  // registerOTel('b')\n}\n",
    "import { registerOTel } from '@vercel/otel'\nexport function register() {\n  registerOTel('a')\n  ;[1].x()\n}\n",
    "import { registerOTel } from '@vercel/otel'\nregisterOTel('a')\n",
  ])('takes ours in and gives it back where the text is odd: %j', text => {
    const path = 'instrumentation.js'
    const added = textOf(addToInstrumentation(text, { path }))
    expectSource(added, path)
    expect(addToInstrumentation(added, { path })).toEqual({ ok: true, text: added })
    expect(removeFromInstrumentation(added, { path })).toEqual({ kind: 'edited', text })
  })

  test.for([
    {
      name: 'an object without its brackets',
      formatted:
        "import { register as startThroughline } from '@throughline/next'\n\nexport const register = () => (startThroughline(), { a: 1 })\n",
      text: 'export const register = () => ({ a: 1 })\n',
    },
    {
      name: 'a sequence without its brackets',
      formatted:
        "import { register as startThroughline } from '@throughline/next'\n\nexport const register = () => (startThroughline(), a(), b())\n",
      text: 'export const register = () => (a(), b())\n',
    },
    {
      name: 'comments without spaces at their ends',
      formatted:
        "import { register as startThroughline } from '@throughline/next'\n\nexport const register = () => {\n  startThroughline()\n  // throughline init set this aside, since one tracer runs at a time; throughline uninstall puts it back.\n  // registerOTel({\n  //\n  //   a: 1,\n  // })\n}\n",
      text: 'export const register = () => {\n  registerOTel({\n  \n    a: 1,\n  })\n}\n',
    },
    {
      name: 'a function of both on lines of its own',
      formatted:
        "import { onRequestError as recordRequestError } from '@throughline/next'\n\n/* export */ const onRequestError = report\n\nconst onRequestErrorWithThroughline = (...args) => (\n  recordRequestError(...args), onRequestError(...args)\n)\nexport { onRequestErrorWithThroughline as onRequestError }\nexport { register } from '@throughline/next'\n",
      text: 'export const onRequestError = report\n',
    },
  ])('gives back what a formatter went over: $name', ({ formatted, text }) => {
    expect(removeFromInstrumentation(formatted, { path: 'instrumentation.js' })).toEqual({
      kind: 'edited',
      text,
    })
  })

  test('that is none is made, and is empty without ours', () => {
    const text = textOf(addToInstrumentation(undefined, { path: 'instrumentation.ts' }))
    expect(text).toBe(`export { register, onRequestError } from '@throughline/next'\n`)
    expect(addToInstrumentation(text, { path: 'instrumentation.ts' })).toEqual({ ok: true, text })
    expect(removeFromInstrumentation(text, { path: 'instrumentation.ts' })).toEqual({
      kind: 'empty',
    })
  })

  test('of Sentry reads as a person would write it', () => {
    const path = 'instrumentation.ts'
    expect(textOf(addToInstrumentation(SENTRY, { path }))).toMatchInlineSnapshot(`
      "import * as Sentry from '@sentry/nextjs';
      import { onRequestError as recordRequestError, register as startThroughline } from '@throughline/next';

      export async function register() {
        startThroughline();
        if (process.env.NEXT_RUNTIME === 'nodejs') {
          await import('./sentry.server.config');
        }

        if (process.env.NEXT_RUNTIME === 'edge') {
          await import('./sentry.edge.config');
        }
      }

      /* export */ const onRequestError = Sentry.captureRequestError;

      const onRequestErrorWithThroughline: typeof onRequestError = (...args) => (recordRequestError(...args), onRequestError(...args));
      export { onRequestErrorWithThroughline as onRequestError };
      "
    `)
  })

  test.for([
    ['(err, request, context)', 'recordRequestError(err, request, context)'],
    [
      '(err: Error, request: { path: string }, context: object)',
      'recordRequestError(err, request as never, context as never)',
    ],
    ['(err: Error)', '(args as unknown as Parameters<typeof recordRequestError>)'],
  ] as const)('gives ours the arguments of %s in TypeScript', ([given, call]) => {
    const text = `export function onRequestError${given} {\n  report(err)\n}\n`
    expect(textOf(addToInstrumentation(text, { path: 'instrumentation.ts' }))).toContain(call)
  })

  test('of @vercel/otel has its start set aside', () => {
    const text = `import { registerOTel } from '@vercel/otel'\n\nexport function register() {\n  registerOTel({\n    serviceName: 'a',\n  })\n}\n`
    expect(textOf(addToInstrumentation(text, { path: 'instrumentation.ts' })))
      .toMatchInlineSnapshot(`
      "import { registerOTel } from '@vercel/otel'
      import { register as startThroughline } from '@throughline/next'

      export function register() {
        startThroughline()
        // throughline init set this aside, since one tracer runs at a time; throughline uninstall puts it back.
        // registerOTel({
        //   serviceName: 'a',
        // })
      }

      export { onRequestError } from '@throughline/next'
      "
    `)
  })

  test('keeps what was written in it later', () => {
    const path = 'instrumentation.ts'
    const later = (text: string): string =>
      text
        .replace("await import('./sentry.edge.config')", "await import('./edge')")
        .replace('import * as Sentry', "import './first'\nimport * as Sentry")
        .concat("\nexport const added = 'later';\n")
    const added = later(textOf(addToInstrumentation(SENTRY, { path })))
    expect(removeFromInstrumentation(added, { path })).toEqual({
      kind: 'edited',
      text: later(SENTRY),
    })
  })

  test.for([
    {
      name: 'a start that is returned',
      text: `import { registerOTel } from '@vercel/otel'\nexport function register() {\n  return registerOTel('a')\n}\n`,
      why: 'line 3: registerOTel(…) starts another tracer, in a place that cannot be set aside',
    },
    {
      name: 'a start on the line of its function',
      text: `import { registerOTel } from '@vercel/otel'\nexport function register() { registerOTel('a') }\n`,
      why: 'line 2: registerOTel(…) starts another tracer, in a place that cannot be set aside',
    },
    {
      name: 'a start with code after it',
      text: `import { registerOTel } from '@vercel/otel'\nexport function register() {\n  registerOTel('a'); go()\n}\n`,
      why: 'line 3: registerOTel(…) starts another tracer, in a place that cannot be set aside',
    },
    {
      name: 'a start without braces',
      text: `import { registerOTel } from '@vercel/otel'\nexport function register() {\n  if (on)\n    registerOTel('a')\n}\n`,
      why: 'line 4: registerOTel(…) starts another tracer, in a place that cannot be set aside',
    },
    {
      name: 'exports of all of a module',
      text: `export * from './observability'\n`,
      why: 'line 1: all of "./observability" is exported, in which onRequestError may be',
    },
    {
      name: 'a declaration of two exports',
      text: `export const register = make(),\n  onRequestError = report\n`,
      why: 'line 1: onRequestError is exported in one statement with others',
    },
    {
      name: 'a pattern of two exports',
      text: `export const { register, onRequestError } = make()\n`,
      why: 'line 1: onRequestError is exported in one statement with others',
    },
    {
      name: 'a comment that ours cannot go around',
      text: `export { register /* x */, onRequestError } from './x'\nexport { onRequestError /* y */ as b }\n`,
      why: 'line 1: instrumentation.ts is written in a way that an edit could not be taken out of exactly',
    },
    {
      name: 'no source',
      text: `export function {\n`,
      why: 'line 1: Expected `(` but found `{`',
    },
  ])('is refused with a reason: $name', ({ text, why }) => {
    expect(addToInstrumentation(text, { path: 'instrumentation.ts' })).toMatchObject({
      ok: false,
      why: expect.stringContaining(why),
      fix: expect.stringMatching(/^[A-Z].*\.$/),
    })
  })

  test.for([
    `import { register as start } from '@throughline/next'\nexport const register = start\n`,
    `import * as throughline from '@throughline/next'\nexport const { register } = throughline\n`,
    `export * from '@throughline/next'\n`,
    `const { register: start } = require('@throughline/next')\nexports.register = start\n`,
  ])('that has ours by hand stays: %j', text => {
    const path = 'instrumentation.js'
    expect(addToInstrumentation(text, { path })).toEqual({ ok: true, text })
    expect(removeFromInstrumentation(text, { path })).toMatchObject({ kind: 'left' })
  })

  test.for([
    `import { setActor } from '@throughline/next'\nexport const register = () => setActor({})\n`,
    `const { setActor } = require('@throughline/next')\nexports.register = () => setActor({})\n`,
  ])('that has something else of the package takes ours in: %j', text => {
    const path = 'instrumentation.js'
    const added = textOf(addToInstrumentation(text, { path }))
    expect(added).toContain('(startThroughline(), setActor({}))')
    expect(removeFromInstrumentation(added, { path })).toEqual({ kind: 'edited', text })
  })

  test('is left where ours is used in another way', () => {
    const path = 'instrumentation.ts'
    const added = `${textOf(addToInstrumentation('export function register() {\n  a()\n}\n', { path }))}export const b = startThroughline\n`
    expect(removeFromInstrumentation(added, { path })).toMatchObject({ kind: 'left' })
  })
})
