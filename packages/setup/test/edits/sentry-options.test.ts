import { describe, expect, test } from 'vitest'
import { shareWithSentry, unshareWithSentry } from '../../src/edits/sentry-options.ts'
import { expectRoundTrip } from './round-trip.ts'
import { inEveryStyle } from './styles.ts'

const FORMS = [
  {
    name: 'the wizard of Sentry',
    path: 'sentry.server.config.ts',
    text: `// This file configures the initialization of Sentry on the server.\n// https://docs.sentry.io/platforms/javascript/guides/nextjs/\n\nimport * as Sentry from '@sentry/nextjs';\n\nSentry.init({\n  dsn: 'https://a@o1.ingest.sentry.io/1',\n\n  // Define how likely traces are sampled.\n  tracesSampleRate: 1,\n  sendDefaultPii: true,\n});\n`,
  },
  {
    name: 'one line',
    path: 'sentry.ts',
    text: `import * as Sentry from '@sentry/node';\nSentry.init({ dsn: process.env.DSN });\n`,
  },
  {
    name: 'one line without spaces',
    path: 'sentry.ts',
    text: `import Sentry from '@sentry/node';\nSentry.init({dsn: process.env.DSN});\n`,
  },
  {
    name: 'no options',
    path: 'sentry.ts',
    text: `import { init } from '@sentry/node';\ninit({});\n`,
  },
  {
    name: 'a comment for options',
    path: 'sentry.ts',
    text: `import { init as start } from '@sentry/node';\nstart({ // none yet\n});\n`,
  },
  {
    name: 'CommonJS',
    path: 'instrument.js',
    text: `const Sentry = require('@sentry/node');\n\nSentry.init({\n  dsn: 'a',\n});\n`,
  },
  {
    name: 'CommonJS, by name',
    path: 'instrument.js',
    text: `const { init } = require('@sentry/node');\n\ninit({\n  dsn: 'a'\n});\n`,
  },
  {
    name: 'a late import, twice',
    path: 'start.ts',
    text: `export async function start() {\n  const Sentry = await import('@sentry/node');\n  if (a) Sentry.init({ dsn: 'a' });\n  else\n    Sentry.init({\n      ...base,\n      dsn: 'b',\n    });\n}\n`,
  },
] as const

describe('options of Sentry', () => {
  test.for(inEveryStyle(FORMS))('are shared and given back: $name, $style', ({ path, text }) => {
    const added = expectRoundTrip(text, {
      path,
      add: given => shareWithSentry(given, { path }),
      remove: given => unshareWithSentry(given, { path }),
    })
    expect(added).toContain('enableOpenTelemetrySetup: false')
  })

  test.for([
    `import * as Sentry from '@sentry/node'\nSentry.init({ enableOpenTelemetrySetup: false, dsn })\n`,
    `import * as Sentry from '@sentry/node'\nSentry.init({ /* ours */ enableOpenTelemetrySetup: false, dsn })\n`,
    `import * as Sentry from './sentry'\nSentry.init({ dsn })\n`,
    `import * as Sentry from '@sentry/node'\nSentry.captureException(error)\nother.init({})\n`,
  ])('that are not ours to set stay: %s', text => {
    expect(shareWithSentry(text, { path: 'a.ts' })).toEqual({ ok: true, text })
    expect(unshareWithSentry(text, { path: 'a.ts' })).toEqual({ kind: 'untouched' })
  })

  test.for([
    { text: 'Sentry.init(options)', why: 'line 2: init of Sentry is called with "options"' },
    { text: 'Sentry.init()', why: 'line 2: init of Sentry is called with no options' },
    {
      text: 'Sentry.init({\n  enableOpenTelemetrySetup: true })',
      why: 'line 3: enableOpenTelemetrySetup is not false',
    },
    { text: 'Sentry.init({', why: 'line 3: ' },
  ])('that cannot be read are refused: $text', ({ text, why }) => {
    expect(
      shareWithSentry(`import * as Sentry from '@sentry/node'\n${text}\n`, { path: 'a.ts' }),
    ).toMatchObject({ ok: false, why: expect.stringContaining(why) })
  })
})
