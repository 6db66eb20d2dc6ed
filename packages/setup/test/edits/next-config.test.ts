import { describe, expect, test } from 'vitest'
import { unwrapNextConfig, wrapNextConfig } from '../../src/edits/next-config.ts'
import { expectRoundTrip, expectSource, textOf } from './round-trip.ts'
import { inEveryStyle } from './styles.ts'

const FORMS = [
  {
    name: 'create-next-app in TypeScript',
    path: 'next.config.ts',
    text: `import type { NextConfig } from 'next';\n\nconst nextConfig: NextConfig = {\n  /* config options here */\n  reactCompiler: true,\n};\n\nexport default nextConfig;\n`,
    wrapped: 'export default withThroughline(nextConfig)',
  },
  {
    name: 'create-next-app in JavaScript',
    path: 'next.config.mjs',
    text: `/** @type {import('next').NextConfig} */\nconst nextConfig = {\n  /* config options here */\n};\n\nexport default nextConfig;\n`,
    wrapped: 'export default withThroughline(nextConfig)',
  },
  {
    name: 'the wizard of Sentry',
    path: 'next.config.ts',
    text: `import { withSentryConfig } from '@sentry/nextjs';\nimport type { NextConfig } from 'next';\n\nconst nextConfig: NextConfig = {\n  /* config options here */\n};\n\nexport default withSentryConfig(nextConfig, {\n  // For all available options, see:\n  // https://www.npmjs.com/package/@sentry/webpack-plugin#options\n\n  org: 'acme',\n  project: 'web',\n\n  // Only print logs for uploading source maps in CI\n  silent: !process.env.CI,\n  widenClientFileUpload: true,\n});\n`,
    wrapped: 'export default withThroughline(withSentryConfig(nextConfig, {',
  },
  {
    name: 'Sentry in CommonJS, appended',
    path: 'next.config.js',
    text: `/** @type {import('next').NextConfig} */\nconst nextConfig = {};\n\nmodule.exports = nextConfig;\n`,
    wrapped: 'module.exports = withThroughline(nextConfig)',
  },
  {
    name: 'Sentry in CommonJS',
    path: 'next.config.js',
    text: `const { withSentryConfig } = require('@sentry/nextjs/config');\n\nmodule.exports = withSentryConfig({ reactStrictMode: true }, { silent: true });\n`,
    wrapped:
      'module.exports = withThroughline(withSentryConfig({ reactStrictMode: true }, { silent: true }))',
  },
  {
    name: '@next/bundle-analyzer',
    path: 'next.config.js',
    text: `const withBundleAnalyzer = require('@next/bundle-analyzer')({\n  enabled: process.env.ANALYZE === 'true',\n});\n\nmodule.exports = withBundleAnalyzer({\n  reactStrictMode: true,\n});\n`,
    wrapped: 'module.exports = withThroughline(withBundleAnalyzer({',
  },
  {
    name: 'next-intl',
    path: 'next.config.ts',
    text: `import { NextConfig } from 'next';\nimport createNextIntlPlugin from 'next-intl/plugin';\n\nconst nextConfig: NextConfig = {};\n\nconst withNextIntl = createNextIntlPlugin();\nexport default withNextIntl(nextConfig);\n`,
    wrapped: 'export default withThroughline(withNextIntl(nextConfig))',
  },
  {
    name: '@next/mdx',
    path: 'next.config.mjs',
    text: `import createMDX from '@next/mdx';\n\n/** @type {import('next').NextConfig} */\nconst nextConfig = {\n  pageExtensions: ['js', 'jsx', 'md', 'mdx'],\n};\n\nconst withMDX = createMDX({\n  // Add markdown plugins here, as desired\n});\n\n// Merge MDX config with Next.js config\nexport default withMDX(nextConfig);\n`,
    wrapped: 'export default withThroughline(withMDX(nextConfig))',
  },
  {
    name: 'several wrappers',
    path: 'next.config.mjs',
    text: `import { a } from 'a';\nimport { b } from 'b';\nexport default a(b({}));\n`,
    wrapped: 'export default withThroughline(a(b({})))',
  },
  {
    name: 'an empty object',
    path: 'next.config.mjs',
    text: `export default {};\n`,
    wrapped: 'export default withThroughline({})',
  },
  {
    name: 'an empty object in CommonJS',
    path: 'next.config.js',
    text: `module.exports = {};\n`,
    wrapped: 'module.exports = withThroughline({})',
  },
  {
    name: 'an object that satisfies its type',
    path: 'next.config.ts',
    text: `import type { NextConfig } from 'next';\n\nexport default {\n  reactStrictMode: true,\n} satisfies NextConfig;\n`,
    wrapped: '} satisfies NextConfig)',
  },
  {
    name: 'an object as its type',
    path: 'next.config.ts',
    text: `import type { NextConfig } from 'next';\n\nexport default { reactStrictMode: true } as NextConfig;\n`,
    wrapped: 'export default withThroughline({ reactStrictMode: true } as NextConfig)',
  },
  {
    name: 'defineConfig',
    path: 'next.config.ts',
    text: `import { defineConfig } from './tools/define-config';\n\nexport default defineConfig({ reactStrictMode: true });\n`,
    wrapped: 'export default withThroughline(defineConfig({ reactStrictMode: true }))',
  },
  {
    name: 'a function',
    path: 'next.config.mjs',
    text: `// @ts-check\n\nexport default (phase, { defaultConfig }) => {\n  return { reactStrictMode: true };\n};\n`,
    wrapped: 'export default withThroughline((phase, { defaultConfig }) => {',
  },
  {
    name: 'a declared async function',
    path: 'next.config.mjs',
    text: `export default async function config(phase) {\n  return { reactStrictMode: true };\n}\n`,
    wrapped: 'export default withThroughline(async function config(phase) {',
  },
  {
    name: 'an async function in CommonJS',
    path: 'next.config.cjs',
    text: `'use strict';\nmodule.exports = async (phase) => ({ reactStrictMode: true });\n`,
    wrapped: 'module.exports = withThroughline(async (phase) => ({ reactStrictMode: true }))',
  },
  {
    name: 'a promise',
    path: 'next.config.mjs',
    text: `export default (async () => ({ reactStrictMode: true }))();\n`,
    wrapped: 'withThroughline(() => (async () => ({ reactStrictMode: true }))())',
  },
  {
    name: 'a default in the middle',
    path: 'next.config.mjs',
    text: `import a from 'a';\n\nexport default a({ headers });\n\nasync function headers() {\n  return [];\n}\n`,
    wrapped: 'export default withThroughline(a({ headers }))',
  },
  {
    name: 'a licence, and a require after the export',
    path: 'next.config.js',
    text: `/*! Copyright Acme */\nmodule.exports = { env: {} };\nconst late = require('late');\nlate();\n`,
    wrapped: 'module.exports = withThroughline({ env: {} })',
  },
  {
    name: 'exports and module.exports',
    path: 'next.config.js',
    text: `module.exports = exports = { reactStrictMode: true };\n`,
    wrapped: 'module.exports = exports = withThroughline({ reactStrictMode: true })',
  },
  {
    name: 'export =',
    path: 'next.config.ts',
    text: `const config = { reactStrictMode: true };\n\nexport = config;\n`,
    wrapped: 'export = withThroughline(config)',
  },
  {
    name: 'an expression that starts its line after the import',
    path: 'next.config.js',
    text: `const a = require('a');\n(() => a())();\nmodule.exports = {};\n`,
    wrapped: 'module.exports = withThroughline({})',
  },
]

describe('a configuration of Next.js', () => {
  test.for(inEveryStyle(FORMS))(
    'is wrapped and unwrapped: $name, $style',
    ({ path, text, wrapped }) => {
      const file = { path, modules: 'cjs' } as const
      const added = expectRoundTrip(text, {
        path,
        add: given => wrapNextConfig(given, file),
        remove: given => unwrapNextConfig(given, file),
      })
      expect(added.replaceAll('"', "'")).toContain(wrapped)
    },
  )

  test.for([
    'export default {}\n\n',
    '\nexport default {}\n',
    '/* a */ export default {}\n',
    '/* a */\nexport default {}\n',
    '// @ts-check\nexport default {}\n',
    'export default (\n  a\n)\n',
    "import a from 'a'; import b from 'b'; export default a\n",
    "const a = require('a'), b = 1\nmodule.exports = a",
    'export default await make()\n',
    'export default function () {}\n',
    'export default a ? b : c',
    "import a from 'a'\r\nexport default a\n",
    "import { createRequire } from 'node:module'\n\nconst require = createRequire(import.meta.url)\nconst a = require('a')\n\nexport default a\n",
    "const a = require('a')\n\nexport default a\n",
    "const a = require('a')\n;(() => 1)()\nmodule.exports = a\n",
    "'use strict'\n\n;[1]\nmodule.exports = a\n",
    "import x from 'x'\n// c\n\n// d\nexport default x // e\n",
    "import x from './x.json' with { type: 'json' }\nexport default x\n",
  ])('is wrapped and unwrapped where the text is odd: %j', text => {
    const file = { path: 'next.config.js', modules: 'cjs' } as const
    const added = textOf(wrapNextConfig(text, file))
    expectSource(added, file.path)
    expect(wrapNextConfig(added, file)).toEqual({ ok: true, text: added })
    expect(unwrapNextConfig(added, file)).toEqual({ kind: 'edited', text })
  })

  test('is unwrapped where a formatter went over it', () => {
    const formatted = `import a from 'a'\nimport { withThroughline } from '@throughline/next/config'\n\nexport default withThroughline(\n  a({ b: 1 }),\n)\n`
    expect(unwrapNextConfig(formatted, { path: 'next.config.mjs', modules: 'cjs' })).toEqual({
      kind: 'edited',
      text: `import a from 'a'\n\nexport default a({ b: 1 })\n`,
    })
  })

  test.for([
    {
      file: { path: 'next.config.ts', modules: 'cjs' },
      text: `import { withThroughline } from '@throughline/next/config'\n\nexport default withThroughline({})\n`,
    },
    {
      file: { path: 'next.config.mjs', modules: 'cjs' },
      text: `import { withThroughline } from '@throughline/next/config'\n\nexport default withThroughline({})\n`,
    },
    {
      file: { path: 'next.config.js', modules: 'cjs' },
      text: `const { withThroughline } = require('@throughline/next/config')\n\nmodule.exports = withThroughline({})\n`,
    },
  ] as const)('that is none is made, and is empty without ours: $file.path', ({ file, text }) => {
    expect(wrapNextConfig(undefined, file)).toEqual({ ok: true, text })
    expect(wrapNextConfig(text, file)).toEqual({ ok: true, text })
    expect(unwrapNextConfig(text, file)).toEqual({ kind: 'empty' })
    const closed = text.replaceAll("'", '"').replaceAll(/(?<=.)\n/g, ';\n')
    expect(unwrapNextConfig(closed, file)).toEqual({ kind: 'empty' })
  })

  test('stays what it became when a made one is filled', () => {
    const file = { path: 'next.config.ts', modules: 'cjs' } as const
    const filled = textOf(wrapNextConfig(undefined, file)).replace('{}', '{ output: "standalone" }')
    expect(unwrapNextConfig(filled, file)).toEqual({
      kind: 'edited',
      text: 'export default { output: "standalone" }\n',
    })
  })

  test('keeps what was written in it later', () => {
    const file = { path: 'next.config.ts', modules: 'cjs' } as const
    const later = (text: string): string =>
      text
        .replace('import type', "import './first'\nimport type")
        .replace('reactCompiler: true', 'reactCompiler: false')
    const text = FORMS[0]?.text ?? ''
    const added = later(textOf(wrapNextConfig(text, file)))
    expect(unwrapNextConfig(added, file)).toEqual({ kind: 'edited', text: later(text) })
  })

  test.for([
    { name: 'nothing exported', text: `const a = 1\nexport { a }\n`, why: 'line 2: nothing in' },
    { name: 'parts exported', text: `exports.env = {}\n`, why: 'line 1: nothing in' },
    {
      name: 'two exports',
      text: `module.exports = {}\nmodule.exports = a(module.exports)\n`,
      why: 'line 2: next.config.js exports a second configuration',
    },
    {
      name: 'a function that is used by its name',
      text: `export default function config() {}\nconfig()\n`,
      why: 'line 1: the function "config" is exported and used by its name',
    },
    {
      name: 'a function of a promise, which would be taken for ours',
      text: `export default () => (async () => ({}))()`,
      why: 'line 1: next.config.js is written in a way',
    },
    { name: 'no source', text: `export default {`, why: 'line 1: ' },
  ])('is refused with a reason: $name', ({ text, why }) => {
    const file = { path: 'next.config.js', modules: 'cjs' } as const
    expect(wrapNextConfig(text, file)).toMatchObject({
      ok: false,
      why: expect.stringContaining(why),
      fix: expect.stringMatching(/^[A-Z].*\.$/),
    })
  })

  test.for([
    `import { withThroughline } from '@throughline/next/config'\nexport const wrap = withThroughline\nexport default wrap({})\n`,
    `import { withThroughline as wrap } from '@throughline/next/config'\nexport default wrap({})\n`,
    `import * as throughline from '@throughline/next/config'\nexport default throughline.withThroughline({})\n`,
    `const { withThroughline: wrap } = require('@throughline/next/config')\nmodule.exports = wrap({})\n`,
    `import { withThroughline, other } from '@throughline/next/config'\nexport default withThroughline({})\n`,
    `import { withThroughline } from '@throughline/next/config'\nexport default withThroughline({\n`,
  ])('is left where ours stands in another way: %j', text => {
    const file = { path: 'next.config.ts', modules: 'cjs' } as const
    expect(unwrapNextConfig(text, file)).toMatchObject({ kind: 'left' })
  })
})
