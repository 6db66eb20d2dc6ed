import { existsSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { sentryFiles } from './sentry-files.ts'

/** The parts of Next.js's configuration that are changed. */
interface NextConfig {
  output?: string
  serverExternalPackages?: string[]
  transpilePackages?: string[]
  outputFileTracingIncludes?: Record<string, string[]>
  experimental?: { clientTraceMetadata?: string[] }
}

type NextConfigFunction<Config> = (phase: string, context: object) => Config | Promise<Config>

/**
 * Libraries that are traced as Node loads them, and that Next.js does not leave to Node by itself
 * (next/dist/lib/server-external-packages.jsonc has those that it does).
 */
const TRACED_LIBRARIES = [
  'amqplib',
  'bunyan',
  'cassandra-driver',
  'graphql',
  'ioredis',
  'kafkajs',
  'knex',
  'memcached',
  'mysql',
  'mysql2',
  'oracledb',
  'pg-boss',
  'redis',
  '@redis/client',
  'tedious',
  'winston',
]

/** What a page that is rendered for its visitor holds, so that its browser continues the trace. */
const PAGE_METADATA = ['traceparent', 'tracestate']

/** The phase in which Next.js calls a configuration to build. */
const BUILD = 'phase-production-build'

/** What a standalone build has to carry for register() and the preload to be found. */
const CARRIED = ['package.json', 'dist/runtime.cjs', 'dist/preload.cjs', 'dist/exit-sender.cjs']

/**
 * Adds to a configuration of Next.js what tracing needs: libraries that are traced stay outside of bundles, a standalone
 * build carries the runtime, and the Sentry of the application, and pages tell browsers their trace. Takes an object or a
 * function, as Next.js does; what is there stays, and wrapping twice changes nothing.
 *
 * @example
 * // next.config.ts
 * import { withThroughline } from '@throughline/next/config'
 * export default withThroughline({ reactStrictMode: true })
 */
export function withThroughline<Config extends object>(
  config: Config | NextConfigFunction<Config>,
): NextConfigFunction<Config> {
  return async (phase, context) => {
    const given = typeof config === 'function' ? await config(phase, context) : config
    const folder = process.cwd()
    const carried = carriedFiles(folder)
    // It takes seconds, and any other build finds Sentry where it is installed.
    if (phase === BUILD && (given as NextConfig).output === 'standalone')
      carried.push(...(await sentryFiles(folder)))
    return extend(given, carried)
  }
}

function extend<Config extends object>(config: Config, carried: readonly string[]): Config {
  const {
    serverExternalPackages = [],
    transpilePackages = [],
    outputFileTracingIncludes = {},
    experimental = {},
  } = config as NextConfig
  const external = TRACED_LIBRARIES.filter(name => !transpilePackages.includes(name))
  return {
    ...config,
    serverExternalPackages: union(serverExternalPackages, external),
    outputFileTracingIncludes: {
      ...outputFileTracingIncludes,
      '/**': union(outputFileTracingIncludes['/**'] ?? [], carried),
    },
    experimental: {
      ...experimental,
      clientTraceMetadata: union(experimental.clientTraceMetadata ?? [], PAGE_METADATA),
    },
  }
}

const union = (a: readonly string[], b: readonly string[]): string[] => [...new Set([...a, ...b])]

/** The files to carry, as paths from `folder` through the node_modules that it resolves the package in. */
function carriedFiles(folder: string): string[] {
  for (let at = folder; ; at = dirname(at)) {
    const root = join(at, 'node_modules', '@throughline', 'next')
    if (existsSync(root)) return CARRIED.map(file => relative(folder, join(root, file)))
    if (dirname(at) === at) return []
  }
}
