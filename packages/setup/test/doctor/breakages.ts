import type { ExamineContext } from '../../src/doctor/check.ts'
import { type Files, GOOD_NEXT, GOOD_NODE, GOOD_WORKSPACE, installed } from './good-installs.ts'

/** A good install with one thing changed, and what is found then. */
export interface Breakage {
  readonly name: string
  readonly files: Files
  readonly context?: Partial<ExamineContext>
  /** Code, place and the heart of what to do, of each finding. */
  readonly found: readonly (readonly [code: string, at: string | undefined, fix: RegExp])[]
  /** Whether every finding can be mended, and is gone then. */
  readonly isMended?: true
}

const swap = (files: Files, path: string, from: string | RegExp, to: string): Files => {
  const before = files[path] ?? ''
  const after = before.replace(from, to)
  if (after === before) throw new Error(`${path} holds no ${from}`)
  return { ...files, [path]: after }
}
const without = (files: Files, ...paths: readonly string[]): Files =>
  Object.fromEntries(
    Object.entries(files).filter(
      ([path]) => !paths.some(gone => path === gone || path.startsWith(`${gone}/`)),
    ),
  )
const move = (files: Files, from: string, to: string): Files => ({
  ...without(files, from),
  [to]: files[from] ?? '',
})

const SCRIPT = '  "scripts": {'
const DEPENDENCIES = '  "dependencies": {'
const withDependency = (files: Files, name: string, version: string): Files =>
  swap(files, 'package.json', DEPENDENCIES, `${DEPENDENCIES}\n    "${name}": "${version}",`)
const withScript = (files: Files, name: string, command: string): Files =>
  swap(files, 'package.json', SCRIPT, `${SCRIPT}\n    "${name}": "${command}",`)

/** What goes wrong with any application. */
export const SHARED_BREAKAGES: readonly Breakage[] = [
  {
    name: 'Node 20 runs',
    files: GOOD_NODE,
    context: { nodeVersion: 'v20.20.0' },
    found: [['NODE_TOO_OLD', undefined, /install Node 24/]],
  },
  {
    name: '.nvmrc asks for Node 20',
    files: { ...GOOD_NODE, '.nvmrc': 'lts/iron\n' },
    found: [['NODE_TOO_OLD', '.nvmrc:1', /write 24 there/]],
  },
  {
    name: 'engines leave out every Node that is new enough',
    files: swap(GOOD_NEXT, 'package.json', '>=22.15', '^20.9 || <22.15'),
    found: [['NODE_TOO_OLD', 'package.json:18', />=22\.15/]],
  },
  {
    name: 'the image has Node 20',
    files: swap(GOOD_NODE, 'Dockerfile', 'node:24', 'node:20'),
    found: [['NODE_TOO_OLD', 'Dockerfile:2', /node:24/]],
  },
  {
    name: 'nothing is installed',
    files: without(GOOD_NEXT, 'node_modules'),
    found: [['PACKAGE_NOT_INSTALLED', 'package.json:9', /^run npm install$/]],
  },
  {
    name: 'the package is not in package.json',
    files: swap(GOOD_NODE, 'package.json', /\s*"@throughline\/node": "[^"]+",/, ''),
    found: [['PACKAGE_MISSING', 'package.json:5', /^run npm install @throughline\/node$/]],
  },
  {
    name: 'the package of an app of a workspace is not in its package.json',
    files: swap(GOOD_WORKSPACE, 'apps/web/package.json', /\s*"@throughline\/next": "[^"]+",/, ''),
    found: [['PACKAGE_MISSING', 'apps/web/instrumentation.ts', /@throughline\/next in apps\/web$/]],
  },
  {
    name: 'an app of a workspace has nothing of ours',
    files: swap(
      swap(GOOD_WORKSPACE, 'apps/api/package.json', /\s*"@throughline\/node": "[^"]+",/, ''),
      'apps/api/package.json',
      / --import @throughline\/node\/register/g,
      '',
    ),
    found: [['NOT_INSTALLED', 'apps/api/package.json', /throughline init apps\/api/]],
  },
  {
    name: 'packages of ours have two versions',
    files: withDependency(
      { ...GOOD_NEXT, ...installed('@throughline/conventions', '0.2.0') },
      '@throughline/conventions',
      '0.2.0',
    ),
    found: [['VERSIONS_DIFFER', 'package.json', /version 0\.2\.0/]],
  },
  {
    name: 'OpenTelemetry 2.x makes spans beside ours',
    files: withDependency(
      {
        ...GOOD_NODE,
        ...installed('traces-too', '1.0.0', {
          dependencies: { '@opentelemetry/sdk-trace-base': '2.12.0' },
        }),
        ...installed('@opentelemetry/sdk-trace-base', '2.12.0'),
      },
      'traces-too',
      '1.0.0',
    ),
    found: [['OTEL_GENERATIONS', 'package.json', /^remove traces-too/]],
  },
  {
    name: 'an older copy of the API lies inside of a package',
    files: withDependency(
      {
        ...GOOD_NODE,
        ...installed('errors-too', '1.0.0', { dependencies: { '@opentelemetry/api': '^1.9.1' } }),
        ...installed('@opentelemetry/api', '1.9.1', {}, 'node_modules/errors-too/node_modules'),
      },
      'errors-too',
      '1.0.0',
    ),
    found: [['API_COPIES', 'package.json', /"@opentelemetry\/api": "1\.10\.0"/]],
  },
  {
    name: 'Next.js is older than ours is made for',
    files: swap(
      { ...GOOD_NEXT, ...installed('next', '14.2.3') },
      'package.json',
      '"16.4.5"',
      '"14.2.3"',
    ),
    found: [['KNOWN_BAD_VERSION', 'package.json', /update next to 16/]],
  },
  {
    name: 'the hooks of Fastify make spans of their own',
    files: withDependency(
      { ...GOOD_NODE, ...installed('@fastify/otel', '0.21.2') },
      '@fastify/otel',
      '0.21.2',
    ),
    found: [['KNOWN_BAD_VERSION', 'package.json', /^remove @fastify\/otel$/]],
  },
  {
    name: 'NODE_OPTIONS of the environment loads another tracer',
    files: GOOD_NODE,
    context: { env: { NODE_OPTIONS: '--max-old-space-size=512 -r dd-trace/init' } },
    found: [['NODE_OPTIONS_OF_OTHERS', undefined, /^take dd-trace\/init out of NODE_OPTIONS$/]],
  },
  {
    name: 'NODE_OPTIONS of the image loads another tracer',
    files: swap(
      GOOD_NODE,
      'Dockerfile',
      'COPY . .',
      'ENV NODE_OPTIONS="--require newrelic"\nCOPY . .',
    ),
    found: [['NODE_OPTIONS_OF_OTHERS', 'Dockerfile:3', /^take newrelic out/]],
  },
  {
    name: 'the environment switches all off',
    files: GOOD_NODE,
    context: { env: { OTEL_SDK_DISABLED: 'true' } },
    found: [['SDK_DISABLED', undefined, /^remove OTEL_SDK_DISABLED$/]],
  },
  {
    name: 'an .env file sends spans nowhere',
    files: { ...GOOD_NEXT, '.env.local': '# local\nOTEL_TRACES_EXPORTER="none"\n' },
    found: [['SDK_DISABLED', '.env.local:2', /^remove OTEL_TRACES_EXPORTER$/]],
  },
  {
    name: 'a script keeps no trace',
    files: swap(
      GOOD_NODE,
      'package.json',
      '"OTEL_SERVICE_NAME=api',
      '"OTEL_TRACES_SAMPLER=traceidratio OTEL_TRACES_SAMPLER_ARG=0 OTEL_SERVICE_NAME=api',
    ),
    found: [['SDK_DISABLED', 'package.json:7', /a share from 0 to 1/]],
  },
  {
    name: 'the address of the collector is that for gRPC',
    files: swap(GOOD_NEXT, '.env', '4318', '4317'),
    found: [['ENDPOINT_WRONG', '.env:1', /http:\/\/localhost:4318$/]],
  },
  {
    name: 'the address of the collector has the path that is appended',
    files: swap(GOOD_NEXT, '.env', '4318', '4318/v1/traces'),
    found: [['ENDPOINT_WRONG', '.env:1', /=http:\/\/localhost:4318$/]],
  },
  {
    name: 'the address of the collector has no scheme',
    files: GOOD_NODE,
    context: { env: { OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' } },
    found: [['ENDPOINT_WRONG', undefined, /=http:\/\/collector:4318$/]],
  },
  {
    name: 'the whole address for traces lacks its path',
    files: {
      ...GOOD_NEXT,
      '.env': 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=https://otlp.example.com/\n',
    },
    found: [['ENDPOINT_WRONG', '.env:1', /=https:\/\/otlp\.example\.com\/v1\/traces$/]],
  },
  {
    name: 'an address that is wrong has a password, which is not shown',
    files: GOOD_NEXT,
    context: { env: { OTEL_EXPORTER_OTLP_ENDPOINT: 'https://me:hunter2@otlp.example.com:4317' } },
    found: [['ENDPOINT_WRONG', undefined, /^write \S+=https:\/\/…@otlp\.example\.com:4318$/]],
  },
  {
    name: 'spans are to go by gRPC',
    files: { ...GOOD_NEXT, '.env': 'OTEL_EXPORTER_OTLP_PROTOCOL=grpc\n' },
    found: [['ENDPOINT_WRONG', '.env:1', /^remove OTEL_EXPORTER_OTLP_PROTOCOL/]],
  },
  {
    name: 'a service has no name',
    files: swap(GOOD_NEXT, 'package.json', '"name": "web",', '"private": true,'),
    found: [['SERVICE_UNNAMED', 'package.json', /OTEL_SERVICE_NAME/]],
  },
  {
    name: 'a service is not in the catalog by the name that it has',
    files: swap(GOOD_NODE, 'package.json', 'OTEL_SERVICE_NAME=api', 'OTEL_SERVICE_NAME=apis'),
    found: [['SERVICE_NOT_IN_CATALOG', 'package.json:7', /OTEL_SERVICE_NAME=api,/]],
  },
  {
    name: 'two apps report by one name',
    files: swap(
      GOOD_WORKSPACE,
      'apps/api/package.json',
      'OTEL_SERVICE_NAME=api',
      'OTEL_SERVICE_NAME=web',
    ),
    found: [['SERVICES_SAME_NAME', 'apps/web/package.json', /its own OTEL_SERVICE_NAME/]],
  },
  {
    name: 'the catalog has a mistake',
    files: swap(
      GOOD_NODE,
      'ownership.yaml',
      'team: platform, audience',
      'team: platfrom, audience',
    ),
    found: [['CATALOG_BROKEN', 'ownership.yaml:10:41', /platform/]],
  },
  {
    name: 'there is no catalog',
    files: without(GOOD_NODE, 'ownership.yaml'),
    context: { catalog: undefined },
    found: [['CATALOG_MISSING', undefined, /throughline init/]],
  },
  {
    name: 'a route has no owner',
    files: swap(GOOD_NODE, 'ownership.yaml', 'GET /invoices', 'GET /bills'),
    found: [['ROUTES_UNOWNED', 'src/server.ts:6', /throughline owners lint/]],
  },
  {
    name: "packages are in no node_modules (Plug'n'Play)",
    files: {
      ...without(GOOD_NODE, 'node_modules', 'package-lock.json'),
      'yarn.lock': '__metadata:\n  version: 8\n',
      '.pnp.cjs': '',
    },
    found: [['PNP', undefined, /nodeLinker: node-modules/]],
  },
]

/** What goes wrong with a Next.js application. */
export const NEXT_BREAKAGES: readonly Breakage[] = [
  {
    name: 'there is no instrumentation file',
    files: without(GOOD_NEXT, 'instrumentation.ts'),
    found: [['INSTRUMENTATION_MISSING', undefined, /^write instrumentation\.ts with: export/]],
    isMended: true,
  },
  {
    name: 'the instrumentation file is at the root, and app/ in src/',
    files: move(
      move(GOOD_NEXT, 'app/page.tsx', 'src/app/page.tsx'),
      'app/layout.tsx',
      'src/app/layout.tsx',
    ),
    found: [
      ['INSTRUMENTATION_MISPLACED', 'instrumentation.ts', /^move it to src\/instrumentation\.ts/],
    ],
    isMended: true,
  },
  {
    name: 'the instrumentation file is in src/, and app/ at the root',
    files: move(GOOD_NEXT, 'instrumentation.ts', 'src/instrumentation.ts'),
    found: [
      ['INSTRUMENTATION_MISPLACED', 'src/instrumentation.ts', /^move it to instrumentation\.ts/],
    ],
    isMended: true,
  },
  {
    name: 'the instrumentation file is inside app/',
    files: move(GOOD_NEXT, 'instrumentation.ts', 'app/instrumentation.ts'),
    found: [
      ['INSTRUMENTATION_MISPLACED', 'app/instrumentation.ts', /^move it to instrumentation\.ts/],
    ],
    isMended: true,
  },
  {
    name: 'register is not exported',
    files: swap(GOOD_NEXT, 'instrumentation.ts', 'register, ', ''),
    found: [['REGISTER_MISSING', 'instrumentation.ts', /export \{ register \}/]],
    isMended: true,
  },
  {
    name: 'register is one that does not call ours',
    files: {
      ...GOOD_NEXT,
      'instrumentation.ts': `import { onRequestError } from '@throughline/next'\n\nexport function register() {\n  console.log('up')\n}\n\nexport { onRequestError }\n`,
    },
    found: [['REGISTER_MISSING', 'instrumentation.ts', /export \{ register \}/]],
  },
  {
    name: 'the instrumentation file has nothing of ours',
    files: {
      ...GOOD_NEXT,
      'instrumentation.ts': `export function register() {\n  console.log('up')\n}\n`,
    },
    found: [
      ['REGISTER_MISSING', 'instrumentation.ts', /export \{ register \}/],
      ['REQUEST_ERRORS_MISSING', 'instrumentation.ts', /export \{ onRequestError \}/],
    ],
    isMended: true,
  },
  {
    name: 'onRequestError is not exported',
    files: swap(GOOD_NEXT, 'instrumentation.ts', ', onRequestError', ''),
    found: [['REQUEST_ERRORS_MISSING', 'instrumentation.ts', /export \{ onRequestError \}/]],
    isMended: true,
  },
  {
    name: 'the configuration is not wrapped',
    files: { ...GOOD_NEXT, 'next.config.ts': 'export default { reactStrictMode: true }\n' },
    found: [['CONFIG_UNWRAPPED', 'next.config.ts', /withThroughline/]],
    isMended: true,
  },
  {
    name: 'the wrapper is imported and not called',
    files: {
      ...GOOD_NEXT,
      'next.config.ts': `import { withThroughline } from '@throughline/next/config'\n\nexport default {}\n`,
    },
    found: [['CONFIG_UNWRAPPED', 'next.config.ts', /withThroughline/]],
  },
  {
    name: 'there is no configuration',
    files: without(GOOD_NEXT, 'next.config.ts'),
    found: [['CONFIG_UNWRAPPED', undefined, /withThroughline/]],
    isMended: true,
  },
  {
    name: 'a driver is bundled on request',
    files: swap(
      GOOD_NEXT,
      'next.config.ts',
      'reactStrictMode: true',
      "transpilePackages: ['ui', 'pg']",
    ),
    found: [['CONFIG_TRANSPILES_DRIVER', 'next.config.ts:3', /take "pg" out/]],
  },
  {
    name: 'what is left to Node is set again over ours',
    files: {
      ...GOOD_NEXT,
      'next.config.ts': `import { withThroughline } from '@throughline/next/config'\n\nconst wrapped = withThroughline({})\n\nexport default async (phase, context) => ({\n  ...(await wrapped(phase, context)),\n  serverExternalPackages: ['sharp'],\n})\n`,
    },
    found: [
      ['EXTERNALS_OVERRIDDEN', 'next.config.ts:7', /into the configuration that withThroughline/],
    ],
  },
  {
    name: 'a standalone build leaves the catalog behind',
    files: swap(GOOD_NEXT, 'next.config.ts', 'reactStrictMode: true', "output: 'standalone'"),
    found: [['STANDALONE_CATALOG', 'next.config.ts:3', /THROUGHLINE_CATALOG/]],
  },
  {
    name: 'the preload for Node is loaded into Next.js',
    files: swap(
      GOOD_NEXT,
      'package.json',
      '"next start"',
      `"NODE_OPTIONS='--import @throughline/node/register' next start"`,
    ),
    found: [['PRELOAD_OF_NODE_IN_NEXT', 'package.json:6', /@throughline\/next\/preload/]],
    isMended: true,
  },
  {
    name: 'the image starts the server without the preload that a script has',
    files: {
      ...swap(
        swap(GOOD_NEXT, 'instrumentation.ts', 'register, ', ''),
        'package.json',
        '"next start"',
        '"node --import @throughline/next/preload node_modules/next/dist/bin/next start"',
      ),
      Dockerfile: 'FROM node:24-slim\nCMD ["node", "server.js"]\n',
    },
    found: [['DOCKERFILE_STARTS_NODE', 'Dockerfile:2', /--import @throughline\/next\/preload/]],
    isMended: true,
  },
]

/** What goes wrong with an application of Node. */
export const NODE_BREAKAGES: readonly Breakage[] = [
  {
    name: 'no script has the preload',
    files: {
      ...swap(GOOD_NODE, 'package.json', / --import @throughline\/node\/register/g, ''),
      Dockerfile: 'FROM node:24-slim\nCMD ["npm", "start"]\n',
    },
    found: [['PRELOAD_MISSING', 'package.json:5', /node --import @throughline\/node\/register/]],
    isMended: true,
  },
  {
    name: 'one script lacks the preload',
    files: swap(
      GOOD_NODE,
      'package.json',
      'tsx watch --import @throughline/node/register',
      'tsx watch',
    ),
    found: [['PRELOAD_MISSING', 'package.json:5', /--import @throughline\/node\/register/]],
    isMended: true,
  },
  {
    name: 'the source imports ours after others',
    files: swap(
      swap(GOOD_NODE, 'package.json', / --import @throughline\/node\/register/g, ''),
      'src/server.ts',
      "import pg from 'pg'\n",
      "import pg from 'pg'\nimport '@throughline/node/register'\n",
    ),
    found: [['PRELOAD_AFTER', 'src/server.ts:3', /first import/]],
    isMended: true,
  },
  {
    name: 'the preload is required',
    files: swap(GOOD_NODE, 'package.json', 'node --import', 'node --require'),
    found: [
      ['PRELOAD_BY_REQUIRE', 'package.json:7', /^write --import @throughline\/node\/register$/],
    ],
    isMended: true,
  },
  {
    name: 'the image starts Node past the scripts',
    files: swap(GOOD_NODE, 'Dockerfile', '"--import", "@throughline/node/register", ', ''),
    found: [['DOCKERFILE_STARTS_NODE', 'Dockerfile:4', /--import @throughline\/node\/register/]],
    isMended: true,
  },
  {
    name: 'esbuild takes the driver into the bundle',
    files: withScript(
      GOOD_NODE,
      'bundle',
      'esbuild src/server.ts --bundle --platform=node --outfile=dist/server.js',
    ),
    found: [['BUNDLED_SERVER', 'package.json:5', /--packages=external/]],
  },
  {
    name: 'ncc takes the driver into the bundle',
    files: withScript(GOOD_NODE, 'bundle', 'ncc build dist/server.js -o out'),
    found: [['BUNDLED_SERVER', 'package.json:5', /ncc build --external/]],
  },
  {
    name: 'tsup takes all into the bundle',
    files: withScript(
      {
        ...GOOD_NODE,
        'tsup.config.ts': 'export default { entry: ["src/server.ts"], noExternal: [/.*/] }\n',
      },
      'bundle',
      'tsup',
    ),
    found: [['BUNDLED_SERVER', 'tsup.config.ts', /noExternal/]],
  },
  {
    name: 'a build by the API of esbuild takes the driver into the bundle',
    files: withScript(
      {
        ...GOOD_NODE,
        'build.mjs':
          "import { build } from 'esbuild'\n\nawait build({ entryPoints: ['src/server.ts'], bundle: true, platform: 'node' })\n",
      },
      'bundle',
      'node build.mjs',
    ),
    found: [['BUNDLED_SERVER', 'build.mjs', /--packages=external/]],
  },
  {
    name: 'webpack takes the driver into the bundle',
    files: withScript(
      { ...GOOD_NODE, 'webpack.config.cjs': "module.exports = { target: 'node' }\n" },
      'bundle',
      'webpack --mode production',
    ),
    found: [['BUNDLED_SERVER', 'webpack.config.cjs', /externals/]],
  },
  {
    name: 'vite takes all into the bundle',
    files: withScript(
      { ...GOOD_NODE, 'vite.config.ts': 'export default { ssr: { noExternal: true } }\n' },
      'bundle',
      'vite build --ssr src/server.ts',
    ),
    found: [['BUNDLED_SERVER', 'vite.config.ts', /noExternal/]],
  },
  {
    name: 'rollup takes the driver into the bundle',
    files: withScript(
      {
        ...GOOD_NODE,
        'rollup.config.js':
          "import resolve from '@rollup/plugin-node-resolve'\n\nexport default { input: 'src/server.ts', plugins: [resolve()] }\n",
      },
      'bundle',
      'rollup -c',
    ),
    found: [['BUNDLED_SERVER', 'rollup.config.js', /external/]],
  },
]

/** What goes wrong with others beside us. */
export const OTHER_BREAKAGES: readonly Breakage[] = [
  {
    name: '@vercel/otel registers a tracer',
    files: withDependency(
      {
        ...GOOD_NEXT,
        'instrumentation.ts': `import { registerOTel } from '@vercel/otel'\nimport { register as startThroughline } from '@throughline/next'\n\nexport { onRequestError } from '@throughline/next'\n\nexport function register() {\n  startThroughline()\n  registerOTel('web')\n}\n`,
        ...installed('@vercel/otel', '2.1.3'),
      },
      '@vercel/otel',
      '2.1.3',
    ),
    found: [['OTHER_TRACER', 'instrumentation.ts', /@vercel\/otel|registerOTel/]],
  },
  {
    name: 'a script loads dd-trace by NODE_OPTIONS',
    files: withDependency(
      swap(
        { ...GOOD_NODE, ...installed('dd-trace', '6.21.0') },
        'package.json',
        'OTEL_SERVICE_NAME=api node',
        "OTEL_SERVICE_NAME=api NODE_OPTIONS='-r dd-trace/init' node",
      ),
      'dd-trace',
      '6.21.0',
    ),
    found: [['OTHER_TRACER', 'package.json', /dd-trace/]],
  },
  {
    name: 'a script loads an agent of the machine by NODE_OPTIONS',
    files: swap(
      GOOD_NODE,
      'package.json',
      'OTEL_SERVICE_NAME=api node',
      "OTEL_SERVICE_NAME=api NODE_OPTIONS='-r /opt/dd-trace/init' node",
    ),
    found: [['NODE_OPTIONS_OF_OTHERS', 'package.json:7', /dd-trace/]],
  },
  {
    name: 'Sentry sets up its own tracing',
    files: withDependency(
      {
        ...GOOD_NEXT,
        'instrumentation.ts': `import * as Sentry from '@sentry/nextjs'\nimport { register as startThroughline } from '@throughline/next'\n\nexport { onRequestError } from '@throughline/next'\n\nexport function register() {\n  startThroughline()\n  Sentry.init({ dsn: process.env.SENTRY_DSN })\n}\n`,
        ...installed('@sentry/nextjs', '11.8.0'),
      },
      '@sentry/nextjs',
      '11.8.0',
    ),
    found: [['SENTRY_SETS_UP_TRACING', 'instrumentation.ts', /enableOpenTelemetrySetup: false/]],
    isMended: true,
  },
  {
    name: 'Sentry is too old to leave tracing to us',
    files: withDependency(
      { ...GOOD_NODE, ...installed('@sentry/node', '9.1.0') },
      '@sentry/node',
      '9.1.0',
    ),
    found: [['KNOWN_BAD_VERSION', 'package.json', /update @sentry\/node to 11/]],
  },
]
