import { type Files, GOOD_NEXT, GOOD_NODE, installed } from './good-installs.ts'

const inNext = (files: Files): Files => ({ ...GOOD_NEXT, ...files })
const inNode = (files: Files): Files => ({ ...GOOD_NODE, ...files })
const manifest = (files: Files, changes: object): Files => ({
  ...files,
  'package.json': JSON.stringify(
    { ...JSON.parse(files['package.json'] ?? '{}'), ...changes },
    null,
    2,
  ),
})
const without = (files: Files, path: string): Files =>
  Object.fromEntries(Object.entries(files).filter(([key]) => key !== path))

const PLAIN_STARTS = { scripts: { dev: 'tsx watch src/server.ts', start: 'node src/server.ts' } }
const PLAIN_IMAGE = { Dockerfile: 'FROM node:24\nCMD ["node", "src/server.ts"]\n' }
const SERVER = GOOD_NODE['src/server.ts'] ?? ''
const CONFIG = "import { withThroughline } from '@throughline/next/config'\n\n"

/** Installs that are made in another way and are as good. */
export const GOOD_VARIANTS: Readonly<Record<string, Files>> = {
  'register() of the application calls ours, with Sentry after it': inNext({
    'instrumentation.ts': `import * as Sentry from '@sentry/nextjs'\nimport { register as startThroughline } from '@throughline/next'\n\nexport { onRequestError } from '@throughline/next'\n\nexport async function register() {\n  startThroughline()\n  if (process.env.NEXT_RUNTIME === 'nodejs') {\n    Sentry.init({ dsn: process.env.SENTRY_DSN, enableOpenTelemetrySetup: false })\n  }\n}\n`,
  }),
  'ours is imported, and called in functions that are assigned': inNext({
    'instrumentation.ts': `import * as throughline from '@throughline/next'\n\nexport const register = () => {\n  throughline.register()\n}\nexport const onRequestError: typeof throughline.onRequestError = (...all) => throughline.onRequestError(...all)\n`,
  }),
  'register() loads a file of its own for Node': inNext({
    'instrumentation.ts': `export { onRequestError } from '@throughline/next'\n\nexport async function register() {\n  if (process.env.NEXT_RUNTIME === 'nodejs') await import('./instrumentation.node')\n}\n`,
    'instrumentation.node.ts': `import { register } from '@throughline/next'\n\nregister()\n`,
  }),
  'an instrumentation file in CommonJS': inNext({
    'instrumentation.ts': `const { register, onRequestError } = require('@throughline/next')\n\nmodule.exports = { register, onRequestError }\n`,
  }),
  'the preload instead of register()': manifest(
    inNext({ 'instrumentation.ts': `export { onRequestError } from '@throughline/next'\n` }),
    {
      scripts: {
        dev: "NODE_OPTIONS='--import @throughline/next/preload' next dev",
        start: 'node --import @throughline/next/preload node_modules/next/dist/bin/next start',
      },
    },
  ),
  'sources in src/': {
    ...without(without(without(GOOD_NEXT, 'app/page.tsx'), 'app/layout.tsx'), 'instrumentation.ts'),
    'src/app/page.tsx': GOOD_NEXT['app/page.tsx'] ?? '',
    'src/instrumentation.ts': GOOD_NEXT['instrumentation.ts'] ?? '',
  },
  'a configuration in CommonJS': {
    ...without(GOOD_NEXT, 'next.config.ts'),
    'next.config.js': `const { withThroughline } = require('@throughline/next/config')\n\nmodule.exports = withThroughline({ serverExternalPackages: ['sharp'] })\n`,
  },
  'a configuration that is wrapped by others as well': inNext({
    'next.config.ts': `${CONFIG}import { withSentryConfig } from '@sentry/nextjs/config'\n\nconst config = withThroughline({})\n\nexport default withSentryConfig(config, { silent: true })\n`,
  }),
  'what is left to Node is added to ours': inNext({
    'next.config.ts': `${CONFIG}export default async (phase, context) => {\n  const base = await withThroughline({})(phase, context)\n  return { ...base, serverExternalPackages: [...base.serverExternalPackages, 'sharp'] }\n}\n`,
  }),
  'a standalone build with the catalog beside it': inNext({
    'next.config.ts': `${CONFIG}export default withThroughline({ output: 'standalone' })\n`,
    Dockerfile:
      'FROM node:24 AS build\nRUN npm run build\nFROM node:24\nCOPY --from=build /app/.next/standalone ./\nCOPY ownership.yaml ./\nCMD ["node", "server.js"]\n',
  }),
  'the name of the service is in .env': manifest(inNext({ '.env': 'OTEL_SERVICE_NAME=web\n' }), {
    name: '@acme/web',
  }),
  'the source imports ours first, after variables': manifest(
    inNode({
      ...PLAIN_IMAGE,
      'src/server.ts': `import 'dotenv/config'\nimport '@throughline/node/register'\n${SERVER}`,
    }),
    PLAIN_STARTS,
  ),
  'the source imports a file that starts ours': manifest(
    inNode({
      ...PLAIN_IMAGE,
      'src/server.ts': `import './telemetry.js'\n${SERVER}`,
      'src/telemetry.ts': `import { start } from '@throughline/node'\n\nexport const telemetry = start({ service: 'api' })\n`,
    }),
    PLAIN_STARTS,
  ),
  'a file that starts ours is preloaded': manifest(
    inNode({
      Dockerfile:
        'FROM node:24\nENV NODE_OPTIONS="--import ./telemetry.js"\nCMD node src/server.ts\n',
      'telemetry.js': `import { start } from '@throughline/node'\n\nstart()\n`,
    }),
    { scripts: { start: 'node --import ./telemetry.js src/server.ts' } },
  ),
  'tests run without telemetry': manifest(GOOD_NODE, {
    scripts: {
      ...JSON.parse(GOOD_NODE['package.json'] ?? '{}').scripts,
      test: 'OTEL_SDK_DISABLED=true vitest',
    },
  }),
  'Sentry of @sentry/node, which leaves tracing alone': manifest(
    inNode({
      'src/sentry.ts': `import * as Sentry from '@sentry/node'\n\nSentry.init({ dsn: process.env.SENTRY_DSN })\n`,
      ...installed('@sentry/node', '11.12.0'),
    }),
    {
      dependencies: {
        ...JSON.parse(GOOD_NODE['package.json'] ?? '{}').dependencies,
        '@sentry/node': '11.12.0',
      },
    },
  ),
  'a share of traces is kept': inNode({
    '.env': 'OTEL_TRACES_SAMPLER=parentbased_traceidratio\nOTEL_TRACES_SAMPLER_ARG=0.1\n',
  }),
  'a bundle that leaves dependencies to Node': manifest(GOOD_NODE, {
    scripts: {
      start: 'node --import @throughline/node/register src/server.ts',
      build:
        'esbuild src/server.ts --bundle --platform=node --packages=external --outfile=dist/a.js',
      slim: 'esbuild src/server.ts --bundle --platform=node --external:pg --outfile=dist/b.js',
      page: 'esbuild src/page.ts --bundle --outfile=dist/page.js',
      pack: 'tsup src/server.ts',
    },
  }),
  'ranges that let a new Node in': manifest(inNode({ '.nvmrc': 'lts/*\n' }), {
    engines: { node: '^18.19 || ^20 || >=22' },
  }),
  'two copies of the API in one version': manifest(
    inNode({
      ...installed('errors-too', '1.0.0', { dependencies: { '@opentelemetry/api': '^1.9.1' } }),
      ...installed('@opentelemetry/api', '1.10.0', {}, 'node_modules/errors-too/node_modules'),
    }),
    {
      dependencies: {
        ...JSON.parse(GOOD_NODE['package.json'] ?? '{}').dependencies,
        'errors-too': '1.0.0',
      },
    },
  ),
  'an older OpenTelemetry that only a tool brings': manifest(
    inNode(installed('@opentelemetry/sdk-node', '0.57.0')),
    { devDependencies: { '@opentelemetry/sdk-node': '0.57.0' } },
  ),
  'the address of the collector is filled in by a shell': inNode({
    '.env': 'OTEL_EXPORTER_OTLP_ENDPOINT=${COLLECTOR}:4317\n',
  }),
}
